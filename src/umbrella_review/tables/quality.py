"""Tables on the appraisal of the included reviews."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from umbrella_review.appraisal.adaptations import BY_TYPE_REASON
from umbrella_review.appraisal.bounds import CRITICALLY_LOW, LOW, NO_CRITICAL
from umbrella_review.appraisal.comparison import NOT_COMPARABLE
from umbrella_review.appraisal.items import NO_META_ANALYSIS_REASON
from umbrella_review.appraisal.ratings import rated_ids, rating_words
from umbrella_review.ledger import format_value
from umbrella_review.review import Review
from umbrella_review.tables.citation import cite
from umbrella_review.tables.numbers import DASH, integer
from umbrella_review.tables.rows import EVERY, many_rows, one_row, together
from umbrella_review.tables.view import TableView
from umbrella_review.words import capitalised


def rating_counts_table(
    counts: pd.DataFrame, amstar2: pd.DataFrame, labels: Mapping[str, str]
) -> TableView:
    """Return ratings by where they are known from.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.appraisal.ratings.rating_counts` gives it.
    amstar2 : DataFrame
        The table of this name, as it was counted.
    labels : mapping of str to str
        Printed words of the ratings, as they were counted.

    Returns
    -------
    TableView
        One row a rating, one column a kind of source, then all.
    """
    numbers = counts.drop(columns=["rating", "label"])
    frame = numbers.map(format_value)
    frame.insert(0, "Rating", counts["label"])
    align = {str(name): "right" for name in numbers.columns}
    behind = many_rows("amstar2", rated_ids(amstar2, labels))
    return TableView(frame, {"Rating": 1.6}, align, rows=behind)


def review_trails_table(
    trails: pd.DataFrame, amstar2: pd.DataFrame, reviews: pd.DataFrame, review: Review
) -> TableView:
    """Return what is known of the appraisal of every review.

    Parameters
    ----------
    trails : DataFrame
        As `umbrella_review.appraisal.trail.review_trails` gives it.
    amstar2 : DataFrame
        The table of this name.
    reviews : DataFrame
        The reviews of `trails`.
    review : Review
        For the printed words.

    Returns
    -------
    TableView
        One row a review: items not scored and adapted, the critical weaknesses that its rating
        implies, the rating, and where it is known from.
    """
    basis = amstar2.set_index("review_id")["rating_basis"]
    words = trails["review_id"].map(basis).map(review.vocabulary("rating_basis"))
    ratings = rating_words(amstar2, review.vocabulary("rating"))
    reasons = trails["not_scored"]
    frame = pd.DataFrame(
        {
            "Review": trails["review_id"].map(cite(reviews)),
            "Left out: no meta-analysis": _items(reasons, NO_META_ANALYSIS_REASON),
            "Left out: by type": _items(reasons, BY_TYPE_REASON),
            "Adapted": trails["adapted"].map(_joined),
            "Critical weaknesses": [_implied(row) for _, row in trails.iterrows()],
            "Rating": trails["review_id"].map(ratings),
            "Where the rating is known from": words.map(capitalised, na_action="ignore"),
        }
    )
    widths = dict(zip(frame.columns, (1.8, 1, 0.7, 0.8, 1, 1.4, 3.4), strict=True))
    notes = []
    if len(trails) and trails["verdict"].eq(NOT_COMPARABLE).all():
        notes.append(
            "No answer to an item is published: by the items alone every rating stays possible, "
            "and none of the ratings can be held against them."
        )
    ids = trails["review_id"]
    return TableView(
        frame.reset_index(drop=True),
        widths,
        markdown=["Review"],
        notes=notes,
        rows=together(one_row("amstar2", ids), one_row("reviews", ids)),
    )


def rating_bounds_table(scenarios: pd.DataFrame) -> TableView:
    """Return how many reviews can have each rating.

    Parameters
    ----------
    scenarios : DataFrame
        As `umbrella_review.appraisal.scenarios.bound_scenarios` gives it.

    Returns
    -------
    TableView
        One row for each set of facts that is believed.
    """
    heads = {
        CRITICALLY_LOW: "Critically low",
        LOW: "Low",
        NO_CRITICAL: "No critical weakness",
    }
    frame = pd.DataFrame(
        {
            "What is taken as known": scenarios["label"],
            "Reviews": scenarios["n_reviews"].map(integer),
            **{head: _ranges(scenarios, group) for group, head in heads.items()},
        }
    )
    align = dict.fromkeys(("Reviews", *heads.values()), "right")
    notes = ["Fewest and most reviews that agree with all that is taken as known."]
    if not scenarios["feasible"].all():
        notes.append("An en dash means that what is taken as known contradicts itself.")
    # All are computed from the whole appraisal, of which each row believes another part.
    behind = [dict.fromkeys(("amstar2_items", "amstar2", "amstar2_statements"), EVERY)] * len(frame)
    return TableView(frame, {"What is taken as known": 3.4}, align, notes=notes, rows=behind)


def weaknesses_table(weaknesses: pd.DataFrame) -> TableView:
    """Return the weaknesses in critical domains.

    Parameters
    ----------
    weaknesses : DataFrame
        As `umbrella_review.appraisal.ratings.weaknesses` gives it.

    Returns
    -------
    TableView
        One row a domain; shares in percent, an en dash where no count is reported.
    """
    frame = pd.DataFrame(
        {
            "Domain": weaknesses["domain"],
            "Items": weaknesses["items"],
            "With a weakness": weaknesses["n"].map(integer),
            "Reviews scored": weaknesses["n_scored"].map(integer),
            "Share (%)": weaknesses["percent"].map(integer),
        }
    )
    align = dict.fromkeys(("With a weakness", "Reviews scored", "Share (%)"), "right")
    return TableView(
        frame,
        {"Domain": 3.6, "Items": 1, "With a weakness": 1, "Reviews scored": 1, "Share (%)": 0.9},
        align,
        notes=["An en dash means that no count is reported."],
        rows=one_row("amstar2_items", weaknesses["item_group_id"]),
    )


def rating_rule_table(rule: pd.DataFrame) -> TableView:
    """Return the rule of the overall rating (Shea et al. 2017, BMJ 358:j4008).

    Parameters
    ----------
    rule : DataFrame
        As `umbrella_review.appraisal.ratings.rating_rule` gives it.

    Returns
    -------
    TableView
        One row a rating, the best first.
    """
    heads = {
        "label": "Rating",
        "critical": "Weaknesses in critical domains",
        "noncritical": "Weaknesses in other domains",
    }
    # The rule is that of the instrument: no row of the data stands behind it.
    return TableView(rule.rename(columns=heads), rows=[{}] * len(rule))


def statements_table(statements: pd.DataFrame) -> TableView:
    """Return what is said about the use of the instrument, with the items concerned.

    Parameters
    ----------
    statements : DataFrame
        Rows of the table `amstar2_statements`.

    Returns
    -------
    TableView
        One row a statement.
    """
    frame = pd.DataFrame(
        {
            "Items": statements["items"].map(lambda items: ", ".join(items) if items else None),
            "Adaptation": statements["statement"].map(capitalised),
            "Stated in": statements["locator"],
        }
    )
    return TableView(
        frame.reset_index(drop=True),
        {"Items": 0.6, "Adaptation": 3.4, "Stated in": 2},
        rows=one_row("amstar2_statements", statements["statement_id"]),
    )


def _items(reasons: pd.Series, reason: str) -> pd.Series:
    return reasons.map(lambda found: _joined(found.get(reason, ())))


def _joined(items: tuple[int, ...]) -> str:
    return ", ".join(str(item) for item in sorted(items)) or DASH


def _implied(row: pd.Series) -> str:
    if pd.isna(row["critical_min"]):
        return f"not known, of {row['n_critical_scored']}"
    return f"{_range(row['critical_min'], row['critical_max'])} of {row['n_critical_scored']}"


def _ranges(scenarios: pd.DataFrame, group: str) -> list[str]:
    ends = zip(scenarios[f"{group}_min"], scenarios[f"{group}_max"], strict=True)
    return [DASH if pd.isna(low) else _range(low, high) for low, high in ends]


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"
