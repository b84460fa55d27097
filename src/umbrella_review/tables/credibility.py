"""Tables of prediction intervals, classes of credibility and tests between subgroups."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from umbrella_review.audit.finding import span_text
from umbrella_review.audit.statistics import Bounded
from umbrella_review.credibility.heterogeneity import APPROXIMATED, REPORTED, ZERO
from umbrella_review.credibility.prediction import EXCLUDES, INCLUDES, OPEN
from umbrella_review.credibility.subgroup_tests import VERDICTS
from umbrella_review.review import Review
from umbrella_review.tables.citation import cite
from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.estimate_cells import harmonised_text, outcome_cells
from umbrella_review.tables.numbers import DASH, integer, interval, number
from umbrella_review.tables.rows import many_rows, one_row, together
from umbrella_review.tables.view import TableView
from umbrella_review.words import capitalised, enumerate_words

_TIE = "\N{NO-BREAK SPACE}"
ABOUT = "≈"  # before numbers that are approximated
BASES = {REPORTED: "Reported", ZERO: "Zero", APPROXIMATED: "Approximated"}
_NULL = {INCLUDES: "Included", EXCLUDES: "Excluded", OPEN: "Open within rounding"}
KINDS = {"z": "the normal distribution", "t_k1": "t with k − 1 degrees of freedom",
         "t_k2": "t with k − 2 degrees of freedom"}  # fmt: skip


def prediction_table(
    rows: pd.DataFrame, reviews: pd.DataFrame, kind: str, review: Review
) -> TableView:
    """Return the prediction intervals of reported results.

    Parameters
    ----------
    rows : DataFrame
        As `umbrella_review.credibility.prediction.predicted` gives them, in order of print.
    reviews : DataFrame
        The table of this name.
    kind : str
        Key of `KINDS`.
    review : Review
        Labels.

    Returns
    -------
    TableView
        One row a result with an interval; notes count the others by reason.
    """
    known = rows[rows["pi_lb"].notna()].reset_index(drop=True)
    if known.empty:
        return empty_table()
    about = known["tau2_basis"].eq(APPROXIMATED).map({True: f"{ABOUT}{_TIE}", False: ""})
    spans = zip(known["pi_lb"], known["pi_ub"], strict=True)
    frame = pd.DataFrame(
        {
            "Outcome": outcome_cells(known, review),
            "Review": known["review_id"].map(cite(reviews)),
            "k": [_pooled(*pair) for pair in zip(known["k"], known["k_pooled"], strict=True)],
            "Effect (confidence interval)": harmonised_text(known),
            "I²": known["i2"].map(lambda share: DASH if pd.isna(share) else f"{number(share, 0)}%"),
            "τ²": about + known["tau2_value"].map(lambda tau2: number(tau2, 3)),
            "Source of τ²": known["tau2_basis"].map(BASES),
            "Prediction interval": about
            + pd.Series([_TIE.join((number(low), "to", number(high))) for low, high in spans]),
            "No effect": known["pi_null"].map(_NULL),
        }
    )
    widths = {"Outcome": 26, "Review": 24, "k": 9, "Effect (confidence interval)": 23, "I²": 6,
              "τ²": 9, "Source of τ²": 13, "Prediction interval": 17, "No effect": 11}  # fmt: skip
    behind = one_row("estimates", known["estimate_id"])
    view = TableView(frame, widths, {"I²": "right"}, markdown=("Outcome", "Review"), rows=behind)
    return view.with_notes(
        f"Intervals by {KINDS[kind]}; positive favours the intervention; ratios as natural "
        "logarithms. Zero: I² is printed as 0, or Q does not exceed its degrees of freedom. "
        f"{ABOUT} approximated from I², the number of results and the confidence interval as if "
        "all studies were equally precise.",
        *_left_out(rows),
    )


def subgroup_table(
    tests: pd.DataFrame, estimates: pd.DataFrame, reviews: pd.DataFrame
) -> TableView:
    """Return tests between subgroups as published and as recomputed.

    Parameters
    ----------
    tests : DataFrame
        As `umbrella_review.credibility.subgroup_tests.recompute_tests` gives them.
    estimates : DataFrame
        Every result, with the columns of `umbrella_review.effects.reported.harmonised`.
    reviews : DataFrame
        The table of this name.

    Returns
    -------
    TableView
        One row a test.
    """
    if tests.empty:
        return empty_table()
    results = estimates.set_index("estimate_id")
    spans = [("recomputed", "recomputed_lb", "recomputed_ub"), ("p", "p_lb", "p_ub")]
    computed = [[_span(row, *names) for names in spans] for _, row in tests.iterrows()]
    frame = pd.DataFrame(
        {
            "Outcome": [capitalised(str(results.at[key, "outcome"])) for key in tests["whole_id"]],
            "Review": tests["review_id"].map(cite(reviews)),
            "Divided by": tests["moderator"].map(capitalised),
            "Subgroups": [
                "; ".join(
                    _subgroup(results.loc[key], str(results.at[whole, "outcome"])) for key in keys
                )
                or DASH
                for keys, whole in zip(tests["subgroup_ids"], tests["whole_id"], strict=True)
            ],
            "Printed": [
                DASH if pd.isna(q) else f"Q {number(q)}, p {DASH if pd.isna(p) else p}"
                for q, p in zip(tests["q"], tests["q_p_reported"], strict=True)
            ],
            "Recomputed": [DASH if q == DASH else f"Q {q}, p {p}" for q, p in computed],
            "Finding": [
                f"{VERDICTS[verdict]}. {words}"
                for verdict, words in zip(tests["verdict"], tests["words"], strict=True)
            ],
        }
    )
    widths = {"Outcome": 13, "Review": 13, "Divided by": 14, "Subgroups": 25, "Printed": 12,
              "Recomputed": 16, "Finding": 34}  # fmt: skip
    behind = together(
        one_row("subgroup_tests", tests["test_id"]),
        one_row("estimates", tests["whole_id"]),
        many_rows("estimates", tests["subgroup_ids"]),
    )
    view = TableView(frame, widths, markdown=("Review",), rows=behind)
    return view.with_notes(
        "In brackets behind Q and p: what the rounding of the figures leaves open."
    )


def _pooled(k: object, pooled: object) -> str:
    if pd.isna(k) or k == pooled:  # type: ignore[call-overload]
        return integer(pooled)
    return f"{integer(k)} ({integer(pooled)} results)"


def _left_out(rows: pd.DataFrame) -> list[str]:
    counts = Counter(rows.loc[rows["pi_lb"].isna(), "reason"])
    if not counts:
        return []
    words = [f"{integer(n)} because {reason}" for reason, n in counts.most_common()]
    return [f"Not assessable and left out: {enumerate_words(words)}."]


def _span(row: pd.Series, value: str, low: str, high: str) -> str:
    return DASH if pd.isna(row[value]) else span_text(Bounded(row[value], row[low], row[high]))


def _subgroup(row: pd.Series, whole: str) -> str:
    label = str(row["outcome"]).removeprefix(f"{whole}: ")
    k = "" if pd.isna(row["k"]) else f", k {integer(row['k'])}"
    return f"{label}{k}: {interval(row['favours'], row['favours_lb'], row['favours_ub'])}"
