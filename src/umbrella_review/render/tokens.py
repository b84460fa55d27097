"""The palette as pages and print name it, for a light and for a dark ground."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from umbrella_review import palette

_FILLS = {
    "favours-intervention": palette.DIRECTION["favours_intervention"],
    "no-effect": palette.DIRECTION["no_effect"],
    "mixed": palette.DIRECTION["mixed"],
    "favours-control": palette.DIRECTION["favours_control"],
    "not-known": palette.DIRECTION["not_known"],
    "rating-high": palette.RATING["high"],
    "rating-moderate": palette.RATING["moderate"],
    "rating-low": palette.RATING["low"],
    "rating-critically-low": palette.RATING["critically_low"],
}

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "paper": palette.PAPER,
        "raised": "#F5F6F8",  # boxes, heads of tables, code
        "ink": palette.INK,
        "faint": palette.FAINT,
        "line": "#D9DDE3",
        "strong-line": palette.FAINT,
        "link": palette.ACCENT,
        "mark": "#FFF3CF",  # behind what an address points at, and what a search found
        "alarm": "#B3261E",
        "caution": "#A85F00",
        "good": "#1C7C54",
        "code-word": "#7B3F98",
        "code-text": "#23703F",
        "code-number": "#A34A00",
        **_FILLS,
    }
)

# The same hues, light enough for a dark ground: the inner steps of the same scales.
DARK: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#16191D",
        "raised": "#20252B",
        "ink": "#E4E6E9",
        "faint": "#A3ABB6",
        "line": "#363D46",
        "strong-line": "#8A94A1",
        "link": "#8FC1F2",
        "mark": "#4A3D14",
        "alarm": "#FF9B92",
        "caution": "#F0B25A",
        "good": "#7FD1A8",
        "code-word": "#D3A4EA",
        "code-text": "#8FD6A8",
        "code-number": "#F0B27A",
        "favours-intervention": "#67A9CF",
        "no-effect": "#9AA3AE",
        "mixed": "#F0C244",
        "favours-control": "#EF8A62",
        "not-known": "#3A424C",
        "rating-high": "#35978F",
        "rating-moderate": "#80CDC1",
        "rating-low": "#DFC27D",
        "rating-critically-low": "#BF812D",
    }
)

_SHEET = """\
/* Made by tools/tokens.py from the palette of the package; do not edit. Print is always light. */

:root {{
  color-scheme: light dark;
{light}
}}

@media screen and (prefers-color-scheme: dark) {{
  :root {{
{dark}
  }}
}}
"""
# Names of print, which must not be those of Typst's own functions.
_PRINT = {
    "ink": "ink",
    "faint": "faint",
    "rule": "line",
    "raised": "raised",
    "link-colour": "link",
    "alarm": "alarm",
}


def css_tokens() -> str:
    """Return the colours of pages as a style sheet of custom properties.

    Returns
    -------
    str
        A light scheme, and a dark one for screens whose reader prefers it.
    """
    return _SHEET.format(light=_properties(LIGHT, "  "), dark=_properties(DARK, "    "))


def typst_tokens() -> str:
    """Return the colours of print as Typst.

    Returns
    -------
    str
        One definition a line.
    """
    return "\n".join(f'#let {own} = rgb("{LIGHT[name]}")' for own, name in _PRINT.items())


def _properties(colours: Mapping[str, str], indent: str) -> str:
    return "\n".join(f"{indent}--{name}: {colour};" for name, colour in colours.items())
