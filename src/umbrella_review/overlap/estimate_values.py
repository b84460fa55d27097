"""What overlap does to the results of reviews, as values to record."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from umbrella_review.counting import NOT_KNOWN, make_value
from umbrella_review.ledger import Value
from umbrella_review.overlap.cca import covered_area
from umbrella_review.overlap.dependence import LISTS, SAME_EVIDENCE
from umbrella_review.overlap.one_review import RULES
from umbrella_review.overlap.outcomes import group_names
from umbrella_review.overlap.recurrence import inclusion_bounds
from umbrella_review.overlap.structural import known_zeros
from umbrella_review.words import enumerate_words, uncapitalised

TOPIC = "overlap"


def zero_values(
    citations: pd.DataFrame, reviews: pd.DataFrame, counts: pd.DataFrame
) -> list[Value]:
    """Return the structural zeros that are known, and how they raise the lower bound of the area.

    Parameters
    ----------
    citations : DataFrame
        Rows of the table of this name whose study is certain to be in a review.
    reviews : DataFrame
        The table of this name.
    counts : DataFrame
        As `umbrella_review.overlap.recurrence.recurrence` gives it.

    Returns
    -------
    list of Value
        Counts, and the difference in percentage points.
    """
    dated, zeros = known_zeros(citations, reviews)
    lowest, _ = inclusion_bounds(counts)
    total = int(counts["n_studies"].sum())
    plain, raised = (covered_area(lowest, total, len(reviews), blocked) for blocked in (0, zeros))
    rows = {"citations": citations["citation_id"].tolist()}
    return [
        make_value(f"{TOPIC}.n_studies_dated", dated, unit="studies", rows=rows),
        make_value(f"{TOPIC}.n_structural_zeros", zeros, unit="cells", rows=rows),
        make_value(
            f"{TOPIC}.cca_lowest_raised_by",
            100 * (raised - plain),
            unit="percentage points",
            decimals=2,
            rows=rows,
        ),
    ]


def outcome_values(
    outcomes: pd.DataFrame, study_outcomes: pd.DataFrame, estimates: pd.DataFrame
) -> list[Value]:
    """Return for how many outcomes the overlap can be computed.

    Parameters
    ----------
    outcomes : DataFrame
        As `umbrella_review.overlap.outcomes.known_by_outcome` gives it.
    study_outcomes : DataFrame
        The table of this name.
    estimates : DataFrame
        The results that make the groups.

    Returns
    -------
    list of Value
        Counts of outcome groups that several reviews pool, and of names that are in no group.
    """
    unassigned = set(study_outcomes["outcome"]) - set(group_names(estimates))
    rows = {"study_outcomes": study_outcomes["study_outcome_id"].tolist()}
    numbers = {
        "n_outcomes_pooled": len(outcomes),
        "n_outcomes_area": int(outcomes["covered_area"].notna().sum()),
        "n_outcomes_one_list": int(outcomes["n_reviews"].eq(1).sum()),
        "n_outcomes_no_list": int(outcomes["n_reviews"].eq(0).sum()),
        "n_outcomes_unassigned": len(unassigned),
    }
    return [
        make_value(f"{TOPIC}.{name}", n, unit="outcomes", rows=rows) for name, n in numbers.items()
    ]


def dependence_values(dependent: pd.DataFrame, overlap: pd.DataFrame) -> list[Value]:
    """Return the correlation of pairs of reviews, and what an average that ignores it loses.

    Parameters
    ----------
    dependent : DataFrame
        As `umbrella_review.overlap.dependence.dependence` gives it.
    overlap : DataFrame
        The table `reported_overlap`, for the ids of the rows.

    Returns
    -------
    list of Value
        Numbers of pairs by basis; the highest correlation among pairs known by their lists, with
        inflation and reviews worth; the same two for the same evidence. ``not known`` where there
        is no such pair.
    """
    rows = {"reported_overlap": overlap["overlap_id"].tolist()}
    values = []
    for basis, names in (
        (LISTS, ("correlation", "inflation", "effective_reviews")),
        (SAME_EVIDENCE, ("inflation", "effective_reviews")),
    ):
        pairs = dependent[dependent["basis"].eq(basis)].dropna(subset=["correlation"])
        top = pairs.sort_values("correlation", ascending=False, kind="stable").head(1)
        values.append(make_value(f"{TOPIC}.{basis}_n_pairs", len(pairs), unit="pairs"))
        for name in names:
            number = float(top[name].iloc[0]) if len(top) else NOT_KNOWN
            decimals = 2 if len(top) else None
            ids = rows if basis == SAME_EVIDENCE else {}
            values.append(
                make_value(f"{TOPIC}.{basis}_{name}", number, decimals=decimals, rows=ids)
            )
    return values


def rule_values(
    choices: pd.DataFrame, estimates: pd.DataFrame, labels: Mapping[str, str]
) -> list[Value]:
    """Return how much the result depends on the rule that chooses one review for an outcome.

    Parameters
    ----------
    choices : DataFrame
        As `umbrella_review.overlap.rules.rule_choices` gives it.
    estimates : DataFrame
        The results chosen among, for the ids of the rows.
    labels : mapping of str to str
        Printed words of the outcome groups.

    Returns
    -------
    list of Value
        Counts of outcome groups, the groups whose direction differs in words, and per rule the
        number of groups in favour of the intervention.
    """
    rows = {"estimates": estimates["estimate_id"].tolist()}
    differs = choices["same_direction"].eq(False).fillna(False).astype(bool)
    numbers = {
        "n_outcomes": len(choices),
        "n_same_review": int(choices["same_review"].sum()),
        "n_same_direction": int(choices["same_direction"].fillna(False).sum()),
        "n_direction_differs": int(differs.sum()),
        "n_direction_unknown": int(choices["same_direction"].isna().sum()),
        **{
            f"n_favours_{rule}": int(choices[f"{rule}_direction"].eq("favours_intervention").sum())
            for rule in RULES
        },
    }
    names = [uncapitalised(labels[group]) for group in choices.loc[differs, "outcome_group"]]
    return [
        *(
            make_value(f"{TOPIC}.rules.{name}", n, unit="outcomes", rows=rows)
            for name, n in numbers.items()
        ),
        make_value(f"{TOPIC}.rules.groups_that_differ", enumerate_words(names), rows=rows),
    ]
