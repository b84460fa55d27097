"""What a forest plot says: the words it is drawn with, its message, and the message told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from umbrella_review.figures.frame import Frame
from umbrella_review.tables.numbers import number
from umbrella_review.words import agreeing, counted, enumerate_words, uncapitalised


@dataclass(frozen=True)
class ForestWords:
    """Words of a forest plot.

    Parameters
    ----------
    intervention : str
        Its name within a sentence.
    favours : mapping of str to str
        For ``intervention`` and ``control``.
    measures : mapping of str to str
        Label per code of a measure.
    ratings : mapping of str to str
        Label per rating, best first, with ``not_known``.
    level : float
        Confidence level of the intervals.
    """

    intervention: str
    favours: Mapping[str, str]
    measures: Mapping[str, str]
    ratings: Mapping[str, str]
    level: float


def forest_frame(rows: pd.DataFrame, words: ForestWords) -> Frame:
    """Return the frame of a forest plot.

    Parameters
    ----------
    rows : DataFrame
        As `umbrella_review.figures.forest_rows.forest_rows` gives them, not empty.
    words : ForestWords
        Labels.

    Returns
    -------
    Frame
        The message counts estimates by side and intervals by whether they hold no effect.
    """
    n, on_side = len(rows), int(rows["favours"].gt(0).sum())
    clear = int((rows["favours_lb"].gt(0) | rows["favours_ub"].lt(0)).sum())
    reviews = rows["review_id"].nunique()
    whole = agreeing(n, "the only estimate", f"all {n} estimates")
    side = whole if on_side == n else f"{on_side} of {counted(n, 'estimate')}"
    first, *others = rows["domain"].unique()
    domains = enumerate_words([first, *map(uncapitalised, others)])
    return Frame(
        f"{domains} outcomes: {side} {agreeing(on_side, 'lies', 'lie')} on the side of "
        f"{words.intervention}; {counted(clear, 'interval')} "
        f"{agreeing(clear, 'lies', 'lie')} on one side of no effect",
        f"Estimates of reviews with {words.level:.0%} confidence intervals, "
        f"n = {n} from {counted(reviews, 'review')}, "
        f"{agreeing(reviews, 'not pooled', 'which overlap and are not pooled')}",
        ("estimates", "reviews", "amstar2", "reported_overlap"),
        "k studies, n participants",
        " ".join(_told(rows, words)),
    )


def _told(rows: pd.DataFrame, words: ForestWords) -> Iterator[str]:
    for measure, part in rows.groupby("measure", sort=False):
        label = words.measures[str(measure)]
        if measure == "SMD":
            low, high = part["favours"].min(), part["favours"].max()
            yield f"{label}: {number(low)} to {number(high)}, n = {len(part)}."
        else:
            yield f"{label}: n = {len(part)}."
    counts = rows["rating"].value_counts()
    named = [
        f"{uncapitalised(label)} {counts[rating]}"
        for rating, label in words.ratings.items()
        if rating in counts
    ]
    yield f"Estimates by rating of the review: {enumerate_words(named)}."
    known = rows[rows["pi_lb"].notna()]
    holding = int((known["pi_lb"].le(0) & known["pi_ub"].ge(0)).sum())
    include = agreeing(holding, "includes", "include")
    yield f"Prediction intervals: {len(known)}, of which {holding} {include} no effect."
    if rows["repeated"].any():
        yield f"Estimates whose evidence enters twice: {int(rows['repeated'].sum())}."
