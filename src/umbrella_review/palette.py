"""The colours of figures, pages and print, each with one meaning that holds everywhere.

Colour never speaks alone: marks, letters, hatches or words say the same.

The families keep apart for all common kinds of colour vision. Directions of effect and ratings
are diverging scales of Brewer (2003, `RdBu` and `BrBG`); the domains of the framework are the
muted qualitative scheme of Tol (2021); bands of overlap are a sequential scale of Brewer.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

INK, FAINT, GREY, PALE, PAPER = "#1B1E23", "#59616D", "#767676", "#E3E6EA", "#FFFFFF"
ACCENT = "#1A5A96"  # links, our own summary marks, whatever stands for the page itself

DIRECTION: Mapping[str, str] = MappingProxyType(
    {
        "favours_intervention": "#2166AC",
        "no_effect": GREY,
        "mixed": "#E0A100",
        "favours_control": "#B2182B",
        "not_known": PALE,
    }
)

RATING: Mapping[str, str] = MappingProxyType(
    {
        "high": "#01665E",
        "moderate": "#5AB4AC",
        "low": "#D8B365",
        "critically_low": "#8C510A",
        "not_known": PALE,
    }
)

# Answers to an item of an appraisal are read on the scale of the ratings.
ANSWER: Mapping[str, str] = MappingProxyType(
    {
        "yes": RATING["high"],
        "partial_yes": RATING["moderate"],
        "no": RATING["critically_low"],
        "not_applicable": PAPER,
        "not_known": PALE,
    }
)

# In the order of the review's vocabulary of domains: one colour a domain, up to nine.
DOMAINS = (
    "#332288",
    "#999933",
    "#117733",
    "#CC6677",
    "#AA4499",
    "#88CCEE",
    "#44AA99",
    "#DDCC77",
    "#882255",
)

# From slight to very high.
OVERLAP_BANDS = ("#F2F0F7", "#CBC9E2", "#9E9AC8", "#54278F")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it.

    Parameters
    ----------
    one, other : str
        As ``#RRGGBB``.

    Returns
    -------
    float
        From 1, the same luminance, to 21, black on white.
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(ground: str) -> str:
    """Return the colour of letters on a ground, white or ink, whichever is read better.

    Parameters
    ----------
    ground : str
        As ``#RRGGBB``.

    Returns
    -------
    str
        `PAPER` or `INK`.
    """
    return max((PAPER, INK), key=lambda letters: contrast(letters, ground))


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
