"""What became of the published numbers, as stacked bars by topic."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd
from matplotlib.figure import Figure

from umbrella_review.audit.summary import LABELS
from umbrella_review.counting import ALL
from umbrella_review.figures.bars import stack_bars
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.style import ACCENT, FULL_WIDTH, INK, PALE, PAPER, new_figure
from umbrella_review.words import agreeing, counted, enumerate_words, uncapitalised

# Tones of one colour and hatches: what became of a number is neither a rating nor a direction.
_LOOKS = MappingProxyType(
    {
        "reproduced": (ACCENT, ""),
        "circular": ("#A9C4DE", "\\\\\\\\"),
        "differs": (INK, ""),
        "partly": (PAPER, "xxx"),
        "cannot": (PALE, ""),
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
    return framed(figure, _frame(counts))


def _frame(counts: pd.DataFrame) -> Frame:
    whole = counts.sum()
    parts = [f"{uncapitalised(label)} {int(whole[kind])}" for kind, label in LABELS.items()]
    differing = [f"{topic} {int(n)}" for topic, n in counts["differs"].items() if n]
    n, same, other = (int(whole[kind]) for kind in (ALL, "reproduced", "differs"))
    return Frame(
        f"{same} of {counted(n, 'published number')} {agreeing(same, 'is', 'are')} reproduced, "
        f"{other} {agreeing(other, 'differs', 'differ')}",
        f"Published numbers by topic, n = {n}: {enumerate_words(parts)}",
        ("published_results",),
        "Circular: the rule could not fail, so that it proves nothing",
        f"Numbers that differ, by topic: {enumerate_words(differing)}.",
    )
