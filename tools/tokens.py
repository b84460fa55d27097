"""Renew ``assets/tokens.css`` after the palette has changed."""

from pathlib import Path

from umbrella_review.render.tokens import css_tokens

TARGET = Path(__file__).parents[1] / "assets" / "tokens.css"

if __name__ == "__main__":
    TARGET.write_text(css_tokens(), encoding="utf-8", newline="\n")
