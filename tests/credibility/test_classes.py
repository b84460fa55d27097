"""Classes of credibility of reported results."""

from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.audit.outcome import Settings
from umbrella_review.audit.reported_row import ReportedRow
from umbrella_review.credibility.classes import (
    NO_EVENTS,
    NO_PARTICIPANTS,
    ONLY_APPROXIMATED,
    SINGLE_STUDIES,
    Graded,
    grade_reported,
    p_value,
)
from umbrella_review.credibility.decisive import left_open_by, ruled_out_by
from umbrella_review.credibility.prediction import PredictionChoice, predicted
from umbrella_review.credibility.values import class_values
from umbrella_review.criteria import PersonalProfile
from umbrella_review.grading.possible import ROUNDING


@pytest.fixture(scope="module")
def rows(results: pd.DataFrame) -> pd.DataFrame:
    return predicted(results, PredictionChoice())


@pytest.fixture(scope="module")
def graded(rows: pd.DataFrame) -> dict[str, Graded]:
    return {one.estimate_id: one for one in grade_reported(rows, "ioannidis", Settings())}


def status(one: Graded, name: str, part: str) -> tuple[str, str]:
    found = next(c for c in one.trail if (c.name, c.part) == (name, part))
    return found.status, found.reason


@pytest.mark.parametrize(
    ("key", "possible"),
    [
        ("ma001", ("II", "III")),  # p 9e-8 to 1.1e-6 within rounding, largest trial not known
        ("ma006", ("III", "IV")),  # p 0.0009 to 0.003 within rounding
        ("ma008", ("III",)),  # the printed p value of 0.0009 settles it
        ("ma011", ("IV",)),  # p is open at 0.001, but there are too few participants
        ("ma027", ("I", "II", "III", "IV")),  # no number of participants
        ("ma003", ("IV",)),
        ("ma015", ("IV",)),  # 1000 participants are not more than 1000
        ("ma038", ("ns",)),
    ],
)
def test_possible_classes(graded: dict[str, Graded], key: str, possible: tuple[str, ...]) -> None:
    assert graded[key].possible == possible


def test_reasons_say_what_is_missing(graded: dict[str, Graded]) -> None:
    assert status(graded["ma001"], "p_value", "I") == ("not assessable", ROUNDING)
    assert status(graded["ma001"], "pi", "I") == ("not assessable", ONLY_APPROXIMATED)
    assert status(graded["ma001"], "largest_ci", "II") == ("not assessable", SINGLE_STUDIES)
    assert status(graded["ma003"], "n_cases", "I") == ("not assessable", NO_EVENTS)
    assert status(graded["ma030"], "n_cases", "I") == ("not met", "")  # fewer people than cases
    assert status(graded["ma028"], "n_cases", "I") == ("not assessable", NO_PARTICIPANTS)
    assert status(graded["ma011"], "pi", "I")[1] == "fewer than 3 results are pooled"
    assert status(graded["ma007"], "pi", "I") == ("met", "")


def test_what_decides(graded: dict[str, Graded]) -> None:
    assert ruled_out_by(graded["ma001"]) == ("I2",)
    assert [one.name for one in left_open_by(graded["ma001"])] == ["p_value", "largest_ci"]
    assert ruled_out_by(graded["ma027"]) == ()
    assert ruled_out_by(graded["ma011"]) == ("n_cases",)
    assert ruled_out_by(graded["ma038"]) == ("p_value",)
    assert left_open_by(graded["ma038"]) == ()


def test_no_result_without_numbers_of_single_studies_is_known_to_be_of_class_i_or_ii(
    graded: dict[str, Graded],
) -> None:
    assert not {("I",), ("II",)} & {one.possible for one in graded.values()}


@pytest.mark.parametrize(
    ("cells", "value", "low", "high"),
    [
        ({}, 0.0017, 0.0009, 0.003),
        ({"p_reported": "0.002"}, 0.002, 0.0015, 0.0025),
        ({"p_reported": "<0.002"}, 0.0017, 0.0009, 0.002),
        ({"p_reported": "0.56"}, 0.0017, 0.0009, 0.565),  # contradiction: both remain possible
        ({"ci_lb": None, "p_value": 0.04}, 0.04, 0.035, 0.045),
        ({"measure": "RR", "estimate": 2.0, "ci_lb": 1.0, "ci_ub": 4.0}, 0.05, 0.04, 0.06),
    ],
)
def test_p_values(cells: dict, value: float, low: float, high: float) -> None:
    base = {"measure": "SMD", "estimate": 0.24, "ci_lb": 0.09, "ci_ub": 0.39}
    known = {name: cell for name, cell in {**base, **cells}.items() if cell is not None}
    found = p_value(ReportedRow("x", known, Settings()))
    if known["measure"] == "RR":
        assert found.low < 0.05 < found.high
        assert found.value == pytest.approx(0.05, abs=0.001)
    else:
        assert (found.value, found.low, found.high) == pytest.approx((value, low, high), abs=6e-5)


def test_no_figures_give_no_p_value() -> None:
    assert p_value(ReportedRow("x", {"measure": "SMD", "estimate": 0.2}, Settings())) is None


def test_classes_of_ones_own(rows: pd.DataFrame) -> None:
    profile = PersonalProfile(
        "own", {"I": {"n_studies": 4, "p_value": 0.05}, "II": {"total_n": 100}}
    )
    found = {one.estimate_id: one for one in grade_reported(rows, profile, Settings())}
    assert found["ma002"].possible == ("I",)
    assert found["ma013"].possible == ("II",)  # four studies are not more than four
    assert found["ma024"].possible == ("I", "II")  # the number of studies is not known
    assert found["ma029"].possible == ("II", "V")


def test_profiles_without_open_classes_give_their_labels(rows: pd.DataFrame) -> None:
    by_steps = {one.estimate_id: one.possible for one in grade_reported(rows, "grade", Settings())}
    assert by_steps["ma012"] == ("Very weak",)
    assert by_steps["ma001"] == ("not assessable",)


def test_values(rows: pd.DataFrame, graded: dict[str, Graded]) -> None:
    found = class_values("c", rows, list(graded.values()))
    texts = {value.value_id: value.text for value in found}
    certain = [texts[f"c.n_class_{label}"] for label in ("i", "ii", "iii", "iv", "ns")]
    assert certain == ["0", "0", "2", "16", "13"]
    assert (texts["c.n_class_certain"], texts["c.n_class_open"]) == ("31", "3")
    assert texts["c.n_possible_i"] == "1"
    assert texts["c.largest_n"] == "3,154"
    assert (texts["c.n_certainty"], texts["c.certainty_labels"]) == ("2", "Very weak")
    none = {v.value_id: v.text for v in class_values("c", rows.iloc[:0], [])}
    assert (none["c.largest_n"], none["c.certainty_labels"]) == ("not known", "none")
