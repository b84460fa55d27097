"""The choices of results that reviews report: which of them enter for an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from umbrella_review.appraisal.amstar2 import RATINGS
from umbrella_review.effects.reported import LATER, evidence_sets
from umbrella_review.filters import reaches_minimum
from umbrella_review.multiverse.grid import Axis, Option, leave_out_axis
from umbrella_review.overlap.one_review import ALL, RULES, one_review_per_outcome
from umbrella_review.review import Review

GROUP = "outcome_group"


@dataclass(frozen=True)
class Choices:
    """What is varied between specifications, besides the model; the first of each is the reference.

    Parameters
    ----------
    minimum_ratings : tuple of str
        Lowest AMSTAR 2 ratings of a review; one whose rating is open counts by its worst.
    formats_alone : tuple of str
        Formats of the intervention that are also looked at alone, after all together.
    overlap_rules : tuple of str
        ``all`` or rules of `umbrella_review.overlap.one_review.one_review_per_outcome`.
    """

    minimum_ratings: tuple[str, ...]
    formats_alone: tuple[str, ...]
    overlap_rules: tuple[str, ...]

    @classmethod
    def of(
        cls,
        minimum_ratings: Sequence[str],
        formats_alone: Sequence[str],
        overlap_rules: Sequence[str],
    ) -> Choices:
        """Return the choices of a notebook's parameters, each option once.

        Parameters
        ----------
        minimum_ratings, formats_alone, overlap_rules : sequence of str
            Without ratings there is no filter, without rules all are taken.

        Returns
        -------
        Choices
            In the given order.
        """
        return cls(
            tuple(dict.fromkeys(minimum_ratings)) or (RATINGS[0],),
            tuple(dict.fromkeys(formats_alone)),
            tuple(dict.fromkeys(overlap_rules)) or (ALL, *RULES),
        )


@dataclass(frozen=True)
class Sources:
    """Tables that choices refer to.

    Parameters
    ----------
    reviews, amstar2, reported_overlap : DataFrame
        The tables of these names.
    names : Series of str
        Short citations, indexed by review id.
    review : Review
        Labels.
    """

    reviews: pd.DataFrame
    amstar2: pd.DataFrame
    reported_overlap: pd.DataFrame
    names: pd.Series
    review: Review


def review_axes(rows: pd.DataFrame, choices: Choices, sources: Sources) -> tuple[Axis, ...]:
    """Return the choices of results for one outcome.

    Parameters
    ----------
    rows : DataFrame
        Its results, from `poolable`.
    choices : Choices
        What is varied.
    sources : Sources
        Tables that choices refer to.

    Returns
    -------
    tuple of Axis
        Rating, format, time, shared evidence, review left out and overlap rule, in this order, so
        that the rule chooses among the reviews that the others leave.
    """
    review = sources.review
    labels = {str(key): str(name) for key, name in sources.names.items()}
    return (
        _rating_axis(rows, choices, sources),
        Axis(
            "Format",
            (
                Option("Any format"),
                *(
                    Option(
                        review.label("intervention_format", name), {"intervention_format": [name]}
                    )
                    for name in choices.formats_alone
                ),
            ),
        ),
        Axis(
            "Time",
            (
                Option("First result of a review", _first_results),
                Option("All results of a review"),
                Option("Follow-up alone", {"followup_class": [LATER]}),
            ),
        ),
        leave_out_axis("Review left out", rows["review_id"], labels),
        _evidence_axis(evidence_sets(rows, sources.reported_overlap)),
        Axis(
            "Overlap",
            tuple(_overlap_option(rule, sources) for rule in choices.overlap_rules),
        ),
    )


def _rating_axis(rows: pd.DataFrame, choices: Choices, sources: Sources) -> Axis:
    labels = sources.review.vocabulary("rating")
    options = []
    for rating in choices.minimum_ratings:
        reached = reaches_minimum(sources.amstar2, rating)
        keep = rows["review_id"].isin(reached.index[reached])
        lowest = rating == RATINGS[0]
        name = "Any rating" if lowest else f"{labels[rating]} or better"
        options.append(Option(name, None if lowest else keep))
    return Axis("Rating", tuple(options))


def _evidence_axis(sets: pd.Series) -> Axis:
    """Return the axis of evidence that two reviews pooled; without any there is no choice."""
    once = Option("Counts once", lambda left: _once(sets.loc[left.index]))
    each = (Option("Counts each time"),) if sets.notna().any() else ()
    return Axis("Same evidence in two reviews", (once, *each))


def _overlap_option(rule: str, sources: Sources) -> Option:
    def keep(left: pd.DataFrame) -> pd.Series:
        if left["review_id"].nunique() < 2:
            return pd.Series(True, index=left.index)  # nothing to choose between
        return one_review_per_outcome(left, [GROUP], rule, sources.reviews, sources.amstar2)

    return Option(sources.review.label("overlap_rule", rule), keep)


def _first_results(rows: pd.DataFrame) -> pd.Series:
    """Mark the first result of each review: early before later ones, then as they stand."""
    in_time = rows.loc[rows["followup_class"].eq(LATER).sort_values(kind="stable").index]
    return ~in_time["review_id"].duplicated()


def _once(sets: pd.Series) -> pd.Series:
    """Mark all rows but repeats of a set of evidence."""
    return ~(sets.notna() & sets.duplicated())
