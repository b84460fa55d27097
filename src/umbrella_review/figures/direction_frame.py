"""What plots of directions say: their words, the message, and the message told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from umbrella_review.figures.frame import Frame
from umbrella_review.narrative.directions import first_results
from umbrella_review.words import agreeing, counted, enumerate_words, uncapitalised

_FAVOURS, _NONE, _MIXED, _AGAINST = "favours_intervention", "no_effect", "mixed", "favours_control"


@dataclass(frozen=True)
class DirectionWords:
    """Words of plots of directions.

    Parameters
    ----------
    directions, ratings, groups, domains : mapping of str to str
        Label per value, in the order of print; ratings best first, with ``not_known``.
    syntheses : mapping of str to str
        Label per kind of synthesis.
    intervention : str
        Its name within a sentence.
    """

    directions: Mapping[str, str]
    ratings: Mapping[str, str]
    groups: Mapping[str, str]
    domains: Mapping[str, str]
    syntheses: Mapping[str, str]
    intervention: str


def direction_frame(cells: pd.DataFrame, words: DirectionWords) -> Frame:
    """Return the frame of an effect direction plot.

    Parameters
    ----------
    cells : DataFrame
        As `umbrella_review.figures.direction_cells.direction_cells` gives them, not empty.
    words : DirectionWords
        Labels.

    Returns
    -------
    Frame
        The message counts the first result of each review for each outcome.
    """
    first = first_results(cells)
    named = first["review_id"].dropna()
    some = "" if len(named) == len(first) else f", of which {len(named)}"
    kinds = [label for name, label in words.syntheses.items() if cells["synthesis"].eq(name).any()]
    kind = f"{kinds[0]}: " if len(kinds) == 1 else ""
    return Frame(
        kind + message(first["direction"], words.intervention),
        f"First results of reviews by outcome, n = {len(first)}{some} from "
        f"{counted(named.nunique(), 'named review')}; "
        f"beside them {len(cells) - len(first)} at follow-up",
        ("effect_directions", "reviews", "amstar2"),
        "Size of a mark: fewer than 10, 10 to 20, or more than 20 primary studies in the review; "
        "medium where not known (–). Small numbers: statements that a mark sums up, where more "
        "than one. Ground of a row: rating",
        " ".join(_told(first, words)),
    )


def message(directions: pd.Series, intervention: str) -> str:
    """Return how many directions there are of each kind, as a title.

    Parameters
    ----------
    directions : Series of str
        One a result.
    intervention : str
        Its name within a sentence.

    Returns
    -------
    str
        Without a full stop.
    """
    counts = directions.value_counts()
    verbs = {_NONE: ("shows", "show"), _MIXED: ("is", "are"), _AGAINST: ("favours", "favour")}
    rest = {_NONE: "no effect", _MIXED: "mixed", _AGAINST: "control"}
    others = [
        f"{counts[name]} {agreeing(int(counts[name]), *verbs[name])} {what}"
        for name, what in rest.items()
        if name in counts
    ]
    if _AGAINST not in counts:
        others.append("none favours control")
    n = int(counts.get(_FAVOURS, 0))
    favour = f"{agreeing(n, 'favours', 'favour')} {intervention}"
    return f"{n} of {counted(len(directions), 'result')} {favour}, {enumerate_words(others)}"


def _told(first: pd.DataFrame, words: DirectionWords) -> Iterator[str]:
    parts = []
    for group, label in words.groups.items():
        found = first.loc[first["outcome_group"].eq(group), "direction"]
        if len(found):
            n = int(found.eq(_FAVOURS).sum())
            parts.append(f"{uncapitalised(label)} {n} of {len(found)}")
    yield f"Results in favour, by outcome: {enumerate_words(parts)}."
