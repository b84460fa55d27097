"""The figure that stands where filters have left nothing to draw."""

from __future__ import annotations

from matplotlib.figure import Figure

from umbrella_review.figures.style import GREY, new_figure

MESSAGE = "Nothing is left to draw with the parameters of this notebook."


def empty_figure() -> Figure:
    """Return a low figure that says that nothing is left.

    Returns
    -------
    Figure
        Of text width, an inch high.
    """
    figure = new_figure(height=1.0)
    axes = figure.subplots()
    axes.set_axis_off()
    axes.text(0.5, 0.5, MESSAGE, ha="center", va="center", color=GREY, fontsize=10)
    return figure
