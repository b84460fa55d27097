"""One visual language for all figures: type, sizes, and the colours of the palette."""

from __future__ import annotations

import matplotlib as mpl
from matplotlib.figure import Figure

from umbrella_review.figures import fonts
from umbrella_review.palette import (
    ACCENT,
    ANSWER,
    DIRECTION,
    FAINT,
    GREY,
    INK,
    OVERLAP_BANDS,
    PALE,
    PAPER,
    RATING,
    ink_on,
)

__all__ = [
    "ACCENT",
    "ANSWER",
    "DIRECTION",
    "FAINT",
    "FULL_WIDTH",
    "GREY",
    "INK",
    "OVERLAP_BANDS",
    "PALE",
    "PAPER",
    "RATING",
    "TONES",
    "ink_on",
    "new_figure",
]

# For kinds that have no colour of their own: tones of the accent, from dark to light.
TONES = (ACCENT, "#5E8CB8", "#A9C4DE", "#DCE7F1", PAPER)

FULL_WIDTH = 7.2  # inches: the text width of the printed page

_RC = {
    "font.family": list(fonts.FAMILIES),
    "font.size": 8.5,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8.5,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": INK,
    "text.hinting": "none",  # letters are as wide on a test's pixels as in the SVG
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "figure.dpi": 100,
    "svg.fonttype": "path",  # glyphs as outlines: the same picture whatever fonts a reader has
    "svg.hashsalt": "umbrella-review",  # stable ids: the same figure gives the same bytes
}


def new_figure(width: float = FULL_WIDTH, height: float = 4.0) -> Figure:
    """Return an empty figure in the house style, not known to pyplot.

    Parameters
    ----------
    width, height : float
        In inches.

    Returns
    -------
    Figure
        With automatic layout and without axes.
    """
    fonts.register()
    mpl.rcdefaults()  # a file matplotlibrc, of the user or in the folder, changes no figure
    mpl.rcParams.update(_RC)  # type: ignore[arg-type]  # the stubs want literal names
    return Figure(figsize=(width, height), layout="constrained")
