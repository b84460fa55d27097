"""One visual language for all figures: type, palette with fixed meanings, sizes."""

from __future__ import annotations

from types import MappingProxyType

import matplotlib as mpl
from matplotlib.figure import Figure

from umbrella_review.appraisal.amstar2 import UNKNOWN

# Okabe and Ito (2008): eight colours that stay distinct for all kinds of colour vision.
BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, YELLOW = "#56B4E9", "#CC79A7", "#F0E442"
INK, GREY, PALE = "#222222", "#767676", "#E3E6EA"

RATING = MappingProxyType(
    {
        "high": BLUE,
        "moderate": SKY,
        "low": ORANGE,
        "critically_low": RED,
        UNKNOWN: PALE,
    }
)

FULL_WIDTH = 7.2  # inches: the text width of the printed page

_RC = {
    "font.family": "DejaVu Sans",  # ships with matplotlib, so it is the same on every machine
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
    mpl.rcdefaults()  # a file matplotlibrc, of the user or in the folder, changes no figure
    mpl.rcParams.update(_RC)  # type: ignore[arg-type]  # the stubs want literal names
    return Figure(figsize=(width, height), layout="constrained")
