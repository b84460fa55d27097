"""What is recorded of prediction intervals, classes and tests between subgroups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from umbrella_review.counting import NOT_KNOWN, count_rows, make_value, slug
from umbrella_review.credibility.classes import Graded
from umbrella_review.credibility.heterogeneity import APPROXIMATED, REPORTED, ZERO
from umbrella_review.credibility.prediction import (
    EXCLUDES,
    INCLUDES,
    OPEN,
    PredictionChoice,
    predicted,
)
from umbrella_review.grading.ioannidis import LABELS
from umbrella_review.grading.thresholds import MANY_CASES, MANY_PARTICIPANTS
from umbrella_review.grading.trail import NOT_ASSESSABLE
from umbrella_review.ledger import Value


def prediction_values(topic: str, rows: pd.DataFrame) -> list[Value]:
    """Return how many results have a prediction interval, and what the intervals say.

    Parameters
    ----------
    topic : str
        Beginning of the value ids.
    rows : DataFrame
        As `umbrella_review.credibility.prediction.predicted` gives them.

    Returns
    -------
    list of Value
        Counts with the ids of the results.
    """
    known = rows[rows["pi_lb"].notna()]
    clear = known[known["favours_lb"].gt(0) | known["favours_ub"].lt(0)]
    parts = {
        "n_results": rows,
        "n_prediction": known,
        "n_no_prediction": rows[rows["pi_lb"].isna()],
        **{
            f"n_prediction_{basis}": known[known["tau2_basis"].eq(basis)]
            for basis in (REPORTED, ZERO, APPROXIMATED)
        },
        "n_prediction_significant": clear,
        **{
            f"n_significant_pi_{word}": clear[clear["pi_null"].eq(word)]
            for word in (INCLUDES, EXCLUDES, OPEN)
        },
    }
    return [_count(topic, name, part) for name, part in parts.items()]


def approximation_values(topic: str, rows: pd.DataFrame, choice: PredictionChoice) -> list[Value]:
    """Return how near the approximated intervals come where the variance is reported too.

    Parameters
    ----------
    topic : str
        Beginning of the value ids.
    rows : DataFrame
        As `umbrella_review.credibility.prediction.predicted` gives them.
    choice : PredictionChoice
        How the intervals were computed.

    Returns
    -------
    list of Value
        Number of results that allow the comparison, in how many the two variances agree within
        rounding, and the range of the widths of the approximated intervals in percent of the
        widths from the reported variances.
    """
    found = compared(rows, choice)
    lowest, highest = (
        (found["width"].min(), found["width"].max()) if len(found) else (NOT_KNOWN, NOT_KNOWN)
    )
    decimals = 0 if len(found) else None
    ids = {"estimates": found["estimate_id"]}
    return [
        _count(topic, "n_compared", found),
        _count(topic, "n_compared_agree", found[found["agrees"]]),
        make_value(f"{topic}.width_lowest", lowest, rows=ids, unit="%", decimals=decimals),
        make_value(f"{topic}.width_highest", highest, rows=ids, unit="%", decimals=decimals),
    ]


def compared(rows: pd.DataFrame, choice: PredictionChoice) -> pd.DataFrame:
    """Hold approximated against reported variances where both are known.

    Parameters
    ----------
    rows : DataFrame
        As `umbrella_review.credibility.prediction.predicted` gives them.
    choice : PredictionChoice
        How the intervals were computed.

    Returns
    -------
    DataFrame
        `estimate_id`; `tau2`, as reported; `approximated`; `agrees`, within rounding; `width`, of
        the approximated interval in percent of the other.
    """
    known = rows[rows["tau2_basis"].eq(REPORTED) & rows["pi_lb"].notna()]
    added = [name for name in rows.columns if name.startswith(("pi_", "tau2_"))]
    plain = known.drop(columns=[*added, "k_pooled", "reason"])
    again = predicted(plain.assign(tau2=np.nan), choice)
    both = known.merge(again, on="estimate_id", suffixes=("", "_again"))
    both = both[both["tau2_basis_again"].eq(APPROXIMATED)].reset_index(drop=True)
    width = 100 * (both["pi_ub_again"] - both["pi_lb_again"]) / (both["pi_ub"] - both["pi_lb"])
    overlap = both["tau2_low_again"].le(both["tau2_high"]) & both["tau2_high_again"].ge(
        both["tau2_low"]
    )
    return pd.DataFrame(
        {
            "estimate_id": both["estimate_id"],
            "tau2": both["tau2_value"],
            "approximated": both["tau2_value_again"],
            "agrees": overlap,
            "width": width,
        }
    )


def class_values(topic: str, rows: pd.DataFrame, graded: Sequence[Graded]) -> list[Value]:
    """Return how many results are certain to be of a class, and how many may be.

    Parameters
    ----------
    topic : str
        Beginning of the value ids.
    rows : DataFrame
        The graded results, in the same order.
    graded : sequence of Graded
        Their gradings by classes of Ioannidis or of one's own.

    Returns
    -------
    list of Value
        Counts by class, of results whose class is open, of results with more participants than
        the classes ask for, and of labels after GRADE.
    """
    possible = [one.possible for one in graded]
    labelled = [one.certainty != NOT_ASSESSABLE for one in graded]
    largest = rows["n_participants"].max() if rows["n_participants"].notna().any() else NOT_KNOWN
    words = sorted({one.certainty for one in graded} - {NOT_ASSESSABLE})
    return [
        _count(topic, "n_class_certain", _where(rows, [len(one) == 1 for one in possible])),
        _count(topic, "n_class_open", _where(rows, [len(one) > 1 for one in possible])),
        *(
            _count(
                topic, f"n_class_{slug(label)}", _where(rows, [one == (label,) for one in possible])
            )
            for label in LABELS
        ),
        *(
            _count(
                topic, f"n_possible_{slug(label)}", _where(rows, [label in one for one in possible])
            )
            for label in LABELS
        ),
        _count(topic, "n_many_participants", rows[rows["n_participants"].gt(MANY_CASES)]),
        _count(topic, "n_participants_unknown", rows[rows["n_participants"].isna()]),
        make_value(f"{topic}.many_cases", MANY_CASES, unit="cases"),
        make_value(f"{topic}.many_participants", MANY_PARTICIPANTS, unit="participants"),
        make_value(f"{topic}.largest_n", largest, unit="participants"),
        _count(topic, "n_certainty", _where(rows, labelled)),
        make_value(f"{topic}.certainty_labels", ", ".join(words) or "none"),
    ]


def subgroup_values(topic: str, tests: pd.DataFrame) -> list[Value]:
    """Return what was computed of the tests between subgroups.

    Parameters
    ----------
    topic : str
        Beginning of the value ids.
    tests : DataFrame
        As `umbrella_review.credibility.subgroup_tests.recompute_tests` gives them.

    Returns
    -------
    list of Value
        Numbers of tests, and for each test Q, its bounds and its p value, or that they are not
        known.
    """
    done = tests[tests["recomputed"].notna()]
    values = [
        count_rows(f"{topic}.n_tests", tests, table="subgroup_tests", unit="tests"),
        count_rows(f"{topic}.n_recomputed", done, table="subgroup_tests", unit="tests"),
        count_rows(
            f"{topic}.n_not_recomputable",
            tests[tests["recomputed"].isna()],
            table="subgroup_tests",
            unit="tests",
        ),
    ]
    names = {"q": ("recomputed", 2), "q_lb": ("recomputed_lb", 2), "q_ub": ("recomputed_ub", 2),
             "p": ("p", 3), "printed_q": ("q", 2)}  # fmt: skip
    for _, test in tests.iterrows():
        for name, (column, decimals) in names.items():
            known = pd.notna(test[column])
            values.append(
                make_value(
                    f"{topic}.{test['test_id']}.{name}",
                    float(test[column]) if known else NOT_KNOWN,
                    rows={"subgroup_tests": pd.Series([test["test_id"]])},
                    decimals=decimals if known else None,
                )
            )
    return values


def _count(topic: str, name: str, part: pd.DataFrame) -> Value:
    return count_rows(f"{topic}.{name}", part, table="estimates", unit="results")


def _where(rows: pd.DataFrame, wanted: Sequence[bool]) -> pd.DataFrame:
    return rows[np.array(wanted, dtype=bool)]  # an empty list would pick columns
