"""Tables on what overlap does to the results of reviews."""

from __future__ import annotations

import pandas as pd

from umbrella_review.ledger import format_value
from umbrella_review.overlap.dependence import SAME_EVIDENCE
from umbrella_review.overlap.one_review import RULES
from umbrella_review.overlap.outcomes import group_names
from umbrella_review.review import Review
from umbrella_review.tables.citation import cite
from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.numbers import DASH, integer, number
from umbrella_review.tables.overlap import area_cell
from umbrella_review.tables.rows import RowIds, group_rows, many_rows, one_row, together
from umbrella_review.tables.view import TableView, escape
from umbrella_review.words import capitalised

RULE_NAMES = {"latest": "Latest", "largest": "Largest", "best_rated": "Best rated"}
_SAME = {True: "Same", False: "Differs"}
_NOTE = (
    "Variance too small by: the variance of the average of the two estimates over the variance "
    "that it would have if they were independent. The two are taken to be equally precise."
)


def outcomes_table(
    outcomes: pd.DataFrame, pooled: pd.DataFrame, study_outcomes: pd.DataFrame, review: Review
) -> TableView:
    """Return the overlap of each outcome, or why it is not known.

    Parameters
    ----------
    outcomes : DataFrame
        As `umbrella_review.overlap.outcomes.known_by_outcome` gives it.
    pooled, study_outcomes : DataFrame
        The results and the table that it was made from.
    review : Review
        Labels of the outcome groups.

    Returns
    -------
    TableView
        One row an outcome group.
    """
    if outcomes.empty:
        return empty_table()
    frame = pd.DataFrame(
        {
            "Outcome": outcomes["outcome"].map(review.vocabulary("outcome_group")),
            "Reviews that pool it": outcomes["n_pooling"].map(format_value),
            "With known studies": outcomes["n_reviews"].map(format_value),
            "Known studies": outcomes["n_studies"].map(format_value),
            "Corrected covered area": outcomes["covered_area"].map(area_cell),
            "Why it is not known": outcomes["reason"].map(capitalised),
        }
    )
    counts = ("Reviews that pool it", "With known studies", "Known studies")
    widths = {"Outcome": 1.3, "Corrected covered area": 1.2, "Why it is not known": 2.4}
    groups = study_outcomes["outcome"].map(group_names(pooled))
    listed = study_outcomes.assign(outcome_group=groups)
    behind = together(
        group_rows("estimates", pooled, "estimate_id", "outcome_group", outcomes["outcome"]),
        group_rows(
            "study_outcomes", listed, "study_outcome_id", "outcome_group", outcomes["outcome"]
        ),
    )
    return TableView(frame, widths, dict.fromkeys(counts, "right"), rows=behind)


def dependence_table(
    dependent: pd.DataFrame, citations: pd.DataFrame, overlap: pd.DataFrame, reviews: pd.DataFrame
) -> TableView:
    """Return the correlation of pairs of reviews, and what an average that ignores it loses.

    Parameters
    ----------
    dependent : DataFrame
        As `umbrella_review.overlap.dependence.dependence` gives it.
    citations, overlap : DataFrame
        The inclusions, and the table `reported_overlap`, that it was made from.
    reviews : DataFrame
        The table of this name.

    Returns
    -------
    TableView
        One row a pair; lower bounds carry the sign for at least, and reviews worth that for at
        most.
    """
    if dependent.empty:
        return empty_table()
    marks = cite(reviews)
    pairs = zip(dependent["review_a"], dependent["review_b"], strict=True)
    same = dependent["basis"].eq(SAME_EVIDENCE)
    frame = pd.DataFrame(
        {
            "Reviews": [f"{marks[a]} and {marks[b]}" for a, b in pairs],
            "Result": dependent["outcome"]
            .map(capitalised, na_action="ignore")
            .fillna("Whole lists"),
            "Their studies": [
                DASH if whole else f"{integer(a)} and {integer(b)}"
                for a, b, whole in zip(dependent["own_a"], dependent["own_b"], same, strict=True)
            ],
            "Shared": [
                "All, by their numbers" if whole else f"≥ {integer(n)}"
                for n, whole in zip(dependent["n_shared"], same, strict=True)
            ],
            "Correlation": _bounds(dependent["correlation"], same, "≥"),
            "Variance too small by": _bounds(dependent["inflation"], same, "≥"),
            "Independent reviews worth": _bounds(dependent["effective_reviews"], same, "≤"),
        }
    )
    widths = {"Reviews": 2.4, "Result": 1.3}
    align = dict.fromkeys(
        ("Correlation", "Variance too small by", "Independent reviews worth"), "right"
    )
    behind = _dependence_rows(dependent, citations, overlap)
    return TableView(frame, widths, align, markdown=["Reviews"], notes=[_NOTE], rows=behind)


def rules_table(
    choices: pd.DataFrame, pooled: pd.DataFrame, reviews: pd.DataFrame, review: Review
) -> TableView:
    """Return the review that each rule chooses for an outcome, with the direction it reports.

    Parameters
    ----------
    choices : DataFrame
        As `umbrella_review.overlap.rules.rule_choices` gives it.
    pooled : DataFrame
        The results that it was made from.
    reviews : DataFrame
        The table of this name.
    review : Review
        Labels of the outcome groups and directions.

    Returns
    -------
    TableView
        One row an outcome group; whether the rules choose the same review and direction.
    """
    if choices.empty:
        return empty_table()
    marks, labels = cite(reviews), review.vocabulary("direction")
    frame = pd.DataFrame(
        {
            "Outcome": choices["outcome_group"].map(review.vocabulary("outcome_group")),
            "Reviews": choices["n_reviews"].map(format_value),
        }
    )
    for rule in RULES:
        directions = choices[f"{rule}_direction"].map(labels).fillna("Direction not stated")
        frame[RULE_NAMES[rule]] = [
            f"{marks[key]}: {escape(direction)}"
            for key, direction in zip(choices[rule], directions, strict=True)
        ]
    frame["Chosen review"] = choices["same_review"].map(_SAME)
    frame["Its direction"] = choices["same_direction"].astype(object).map(_SAME).fillna(DASH)
    widths = dict.fromkeys(RULE_NAMES.values(), 2.0) | {"Outcome": 1.3}
    groups = choices["outcome_group"]
    behind = together(
        group_rows("estimates", pooled, "estimate_id", "outcome_group", groups),
        *(one_row("reviews", choices[rule]) for rule in RULES),
    )
    marked = list(RULE_NAMES.values())
    return TableView(frame, widths, {"Reviews": "right"}, markdown=marked, rows=behind)


def _dependence_rows(
    dependent: pd.DataFrame, citations: pd.DataFrame, overlap: pd.DataFrame
) -> list[RowIds]:
    """Return the reviews, and either their inclusions or the fact that their studies are one."""
    both = (dependent["review_a"], dependent["review_b"])
    same = dependent["basis"].eq(SAME_EVIDENCE)
    facts = overlap[overlap["fact"].eq("shared_evidence")]
    told = [
        facts.loc[facts["outcome"].eq(outcome), "overlap_id"] if whole else ()
        for outcome, whole in zip(dependent["outcome"], same, strict=True)
    ]
    lists = (ids.mask(same) for ids in both)
    return together(
        many_rows("reported_overlap", told),
        *(group_rows("citations", citations, "citation_id", "review_id", ids) for ids in lists),
        *(one_row("reviews", ids) for ids in both),
    )


def _bounds(numbers: pd.Series, exact: pd.Series, sign: str) -> list[str]:
    return [
        DASH if pd.isna(value) else number(value) if known else f"{sign} {number(value)}"
        for value, known in zip(numbers, exact, strict=True)
    ]
