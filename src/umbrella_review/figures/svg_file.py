"""A figure as SVG: for pages with letters as outlines, for print with letters of a font."""

from __future__ import annotations

import io

import matplotlib as mpl
from matplotlib.figure import Figure

from umbrella_review.figures.compact_svg import compact


def draw_svg(figure: Figure, *, letters: bool = False) -> str:
    """Return a figure as SVG; the same figure gives the same bytes.

    Parameters
    ----------
    figure : Figure
        What is drawn.
    letters : bool, optional
        Whether text stays text, for a typesetter that has the fonts: a PDF then holds each letter
        once, and its figures can be searched. Else letters are outlines, the same picture
        whatever fonts a reader has.

    Returns
    -------
    str
        SVG that ends with a line break.
    """
    drawn = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none"} if letters else {}):
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    return compact(drawn.getvalue())
