"""How often primary studies recur, as bars."""

from __future__ import annotations

from typing import cast

import pandas as pd
import seaborn as sns
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.style import ACCENT, INK, new_figure
from umbrella_review.overlap.recurrence import spans
from umbrella_review.words import agreeing, enumerate_words


def draw(counts: pd.DataFrame) -> Figure:
    """Draw a bar per number of reviews; hatched where the number is known only as a range.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.overlap.recurrence.recurrence` gives it.

    Returns
    -------
    Figure
        Of text width; bars in rising order of the number of reviews.
    """
    figure = new_figure(height=3.0)
    axes = figure.add_subplot()
    shown = {
        "Reviews that include the study": spans(counts),
        "Primary studies": counts["n_studies"],
    }
    sns.barplot(
        pd.DataFrame(shown), x="Reviews that include the study", y="Primary studies", ax=axes,
        color=ACCENT, edgecolor=INK, saturation=1, width=0.7, errorbar=None,
    )  # fmt: skip
    bars = cast(BarContainer, axes.containers[0])
    for bar, derived in zip(bars, counts["derived"], strict=True):
        if derived:
            bar.set(facecolor="white", hatch="///")
    axes.bar_label(bars, padding=2)
    axes.margins(y=0.12)
    return framed(figure, _frame(counts))


def _frame(counts: pd.DataFrame) -> Frame:
    n = int(counts["n_studies"].sum())
    once = int(counts.loc[counts["highest"] == 1, "n_studies"].sum())
    bars = zip(spans(counts), counts["n_studies"], strict=True)
    return Frame(
        f"{once} of {n} primary {agreeing(n, 'study', 'studies')} "
        f"{agreeing(once, 'stands', 'stand')} in one review alone",
        f"Primary studies by the number of reviews that include them, n = {n}",
        ("reported_overlap",),
        "Hatched: what the reported counts leave over" if counts["derived"].any() else "",
        f"By the number of reviews: {enumerate_words([f'{n} in {span}' for span, n in bars])}",
    )
