"""What became of the published numbers, as stacked bars by topic."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd
from matplotlib.figure import Figure

from umbrella_review.audit.summary import LABELS
from umbrella_review.figures.bars import stack_bars
from umbrella_review.figures.style import FULL_WIDTH, RATING, new_figure

# A colour and a hatch each, so that the parts can be told apart without colour.
_LOOKS = MappingProxyType(
    {
        "reproduced": (RATING["high"], ""),
        "circular": (RATING["moderate"], "..."),
        "differs": (RATING["critically_low"], "////"),
        "partly": (RATING["low"], "xxx"),
        "cannot": (RATING["not_known"], ""),
    }
)
_LABEL_WIDTH = 1.9  # inches


def draw_reproduction(counts: pd.DataFrame) -> Figure:
    """Draw a bar a topic, its parts by what became of the numbers.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.audit.summary.by_topic` gives it.

    Returns
    -------
    Figure
        A row a topic, from top to bottom as in `counts`.
    """
    figure = new_figure(FULL_WIDTH, 0.36 * len(counts) + 1.3)
    axes = figure.add_subplot()
    looks = {
        kind: {"color": colour, "hatch": hatch, "label": LABELS[kind]}
        for kind, (colour, hatch) in _LOOKS.items()
    }
    stack_bars(axes, counts, looks, _LABEL_WIDTH)
    axes.set_xlabel("Published numbers")
    figure.legend(loc="outside upper left", ncols=3)
    return figure
