from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.audit.consistency import check_results, flags
from umbrella_review.audit.totals import total_finding


def results(*rows: dict[str, object]) -> pd.DataFrame:
    base = {"measure": "SMD", "estimate": 0.24, "ci_lb": 0.08, "ci_ub": 0.40, "k": 2,
            "n_participants": 639, "q": 1.5, "higher_is_better": True, "review_id": "r",
            "direction": "favours_intervention"}  # fmt: skip
    return pd.DataFrame([{**base, "estimate_id": f"e{i}", **row} for i, row in enumerate(rows)])


def words(*rows: dict[str, object], check: str) -> list[str]:
    found = flags(check_results(results(*rows)))
    return list(found.loc[found["check"] == check, "words"])


TURNED = {"estimate": -0.24, "ci_lb": -0.40, "ci_ub": -0.08, "direction": None}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, "estimate, interval, studies, participants and Q, also in sign"),
        (TURNED, "Q, but with the opposite sign"),
        ({"q": None, "k": None}, "estimate, interval and participants, also in sign"),
        ({"n_participants": None}, "estimate, interval, studies and Q, also in sign"),
    ],
)
def test_the_same_evidence_is_named_with_what_is_shared(other, expected):
    (found,) = words({}, other, check="same_evidence")
    assert expected in found


@pytest.mark.parametrize(
    "other",
    [
        {"n_participants": 640},
        {"k": 3},
        {"q": 1.6},
        {"estimate": 0.25},
        {"ci_ub": 0.41},
        {"measure": "MD"},
        {"n_participants": None, "q": None},
        {"estimate": -0.24, "direction": None},
    ],
)
def test_what_differs_in_one_figure_or_tells_too_little_is_not_the_same(other):
    assert words({}, other, check="same_evidence") == []


def test_three_reports_of_the_same_evidence_give_three_pairs():
    assert len(words({}, {}, TURNED, check="same_evidence")) == 3


NEGATIVE = {
    "estimate": -0.31, "ci_lb": -0.5, "ci_ub": -0.12, "n_participants": 50, "review_id": "s",
    "sign_convention": "negative_favours_intervention",
}  # fmt: skip


def test_mixed_conventions_are_found_within_a_table_only():
    one, other = {"published_table": 3}, NEGATIVE | {"published_table": 3}
    (found,) = words(one, other, check="mixed_signs")
    assert found == (
        "The sign by which the outcome is scored is kept in 1 of 2 comparable results of "
        "table 3; this review turns it in 1."
    )
    assert words(one, other | {"published_table": 4}, check="mixed_signs") == []
    assert words(one, other | {"published_table": None}, check="mixed_signs") == []


def test_results_without_tables_count_as_one():
    (found,) = words({}, NEGATIVE, check="mixed_signs")
    assert "1 of 2 comparable results of the table;" in found


def test_outcomes_scored_the_other_way_round_are_no_mixture():
    worse = NEGATIVE | {"higher_is_better": False}
    assert words({}, worse, check="mixed_signs") == []
    assert words(worse, NEGATIVE | {"review_id": "t"}, check="mixed_signs") == []


def test_a_rounded_zero_has_no_sign():
    zero = {"estimate": 0.0, "ci_lb": -0.10, "ci_ub": 0.10, "direction": "favours_control"}
    assert words(zero, check="sign") == []


@pytest.mark.parametrize(
    ("parts", "total", "verdict"),
    [
        ([16, 5, 1], 23, "differs"),
        ([297, 315], 613, "differs"),
        ([16, 5, 2], 23, "agrees"),
        ([16, None, 2], 23, "not_assessable"),
        ([16, None, 9], 23, "differs"),
        ([33.3, 33.3, 33.3], 100.0, "agrees"),
        ([33.3, 33.3, 30.3], 100.0, "differs"),
        (["12.50", "12.50"], "25.02", "differs"),
        (["12.50", "12.50"], "25.01", "agrees"),
        ([], 0, "agrees"),
    ],
)
def test_totals(parts, total, verdict):
    found = total_finding(["row"], parts, total, cells=["n"])
    assert found.verdict == verdict
    assert (found.check, found.rows, found.cells) == ("total", ("row",), ("n",))


def test_a_total_says_what_the_parts_give():
    assert total_finding(["a"], [16, 5, 1], 23).words == (
        "The parts add up to 22; the total is given as 23."
    )
