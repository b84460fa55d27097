"""The colours of pages and print are those of the palette, and can be told from their ground."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from umbrella_review.palette import DIRECTION, RATING, contrast, ink_on
from umbrella_review.render.tokens import DARK, LIGHT, css_tokens, typst_tokens

SHEET = Path(__file__).parents[2] / "assets" / "tokens.css"
GROUNDS = ("paper", "raised")
TEXT = (
    *("ink", "faint", "link", "alarm", "caution", "good"),
    *("code-word", "code-text", "code-number"),
)
MARKS = ("strong-line", "favours-intervention", "no-effect", "favours-control")
RATINGS = tuple(name for name in LIGHT if name.startswith("rating-"))
FILLS = (*RATINGS, "mixed", "not-known")
SCHEMES = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])


def test_the_sheet_is_what_the_palette_gives() -> None:
    assert SHEET.read_text(encoding="utf-8") == css_tokens(), "run tools/tokens.py"


def test_meanings_have_the_colours_of_the_figures() -> None:
    named = {**DIRECTION, **{f"rating_{key}": value for key, value in RATING.items()}}
    for key, colour in named.items():
        if key != "rating_not_known":
            assert LIGHT[key.replace("_", "-")] == colour
    assert 'rgb("#1A5A96")' in typst_tokens()


def test_both_schemes_name_the_same() -> None:
    assert LIGHT.keys() == DARK.keys()


@SCHEMES
def test_text_is_read_on_each_of_its_grounds(scheme: Mapping[str, str]) -> None:
    low = {
        (name, ground): round(contrast(scheme[name], scheme[ground]), 2)
        for name in TEXT
        for ground in GROUNDS
        if contrast(scheme[name], scheme[ground]) < 4.5
    }
    assert not low
    assert contrast(scheme["ink"], scheme["mark"]) >= 4.5
    assert contrast(scheme["link"], scheme["mark"]) >= 4.5


@SCHEMES
def test_marks_that_stand_without_letters_are_seen(scheme: Mapping[str, str]) -> None:
    assert not [name for name in MARKS if contrast(scheme[name], scheme["paper"]) < 3]


@SCHEMES
def test_letters_are_read_on_every_fill(scheme: Mapping[str, str]) -> None:
    fills = {name: scheme[name] for name in (*MARKS, *FILLS)}
    assert not [name for name, fill in fills.items() if contrast(ink_on(fill), fill) < 4.5]
