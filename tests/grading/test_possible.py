"""Classes that remain possible where criteria cannot be judged."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.grading.evidence import Evidence
from umbrella_review.grading.ioannidis import LABELS
from umbrella_review.grading.possible import ROUNDING, agreed, possible_classes
from umbrella_review.grading.profiles import grade

KNOWN = Evidence(
    "difference", n_studies=10, n_cases=2000, value=0.4, p_value=1e-8, i2=20,
    pi_lo=0.1, pi_up=0.7, egger_p=0.5, esb_p=0.5, largest_ci_lo=0.1, largest_ci_up=0.5,
)  # fmt: skip
NAN = math.nan


@pytest.mark.parametrize(
    ("changes", "possible"),
    [
        ({}, ("I",)),
        ({"egger_p": NAN}, ("I", "II")),
        ({"egger_p": NAN, "largest_ci_lo": NAN}, ("I", "II", "III")),
        ({"i2": 60.0, "largest_ci_lo": NAN}, ("II", "III")),
        ({"egger_p": NAN, "largest_ci_lo": -0.1}, ("I", "III")),
        ({"p_value": 1e-4, "egger_p": NAN}, ("III",)),
        ({"n_cases": NAN}, ("I", "II", "III", "IV")),
        ({"n_cases": 1000.0}, ("IV",)),
        ({"p_value": 0.05}, ("ns",)),
        ({"p_value": NAN, "n_cases": 5.0}, ("IV", "ns")),
    ],
)
def test_what_is_missing_leaves_classes_open(changes: dict, possible: tuple) -> None:
    assert possible_classes(grade(replace(KNOWN, **changes), "ioannidis").trail, "ns") == possible


NUMBERS = {
    "n_cases": st.sampled_from([10.0, 2000.0]),
    "p_value": st.sampled_from([1e-8, 1e-4, 0.01, 0.2]),
    "i2": st.sampled_from([10.0, 70.0]),
    "egger_p": st.sampled_from([0.01, 0.5]),
    "pi_lo": st.sampled_from([-0.1, 0.1]),
    "largest_ci_lo": st.sampled_from([-0.1, 0.1]),
}


@given(st.fixed_dictionaries(NUMBERS), st.sets(st.sampled_from(sorted(NUMBERS))))
def test_the_class_of_complete_evidence_is_always_among_the_possible(
    numbers: dict, hidden: set
) -> None:
    complete = replace(KNOWN, **numbers)
    partial = replace(complete, **dict.fromkeys(hidden, NAN))
    possible = possible_classes(grade(partial, "ioannidis").trail, "ns")
    assert grade(complete, "ioannidis").label in possible
    assert list(possible) == sorted(possible, key=LABELS.index)
    if not hidden:
        assert len(possible) == 1


def test_readings_that_differ_leave_a_criterion_open() -> None:
    low, high = replace(KNOWN, p_value=0.0009), replace(KNOWN, p_value=0.003)
    readings = [grade(one, "ioannidis") for one in (low, high)]
    trail = agreed(readings, grade(replace(KNOWN, p_value=0.0017), "ioannidis"))
    statuses = {one.threshold: one.status for one in trail if one.name == "p_value"}
    assert statuses == {"< 1e-06": "not met", "< 0.001": "not assessable", "< 0.05": "met"}
    assert {one.reason for one in trail if one.status == "not assessable"} == {ROUNDING}
    assert {one.value for one in trail if one.name == "p_value"} == {0.0017}
    assert possible_classes(trail, "ns") == ("III", "IV")


def test_an_unknown_number_of_studies_is_no_small_one() -> None:
    steps = {one.name: one.status for one in grade(replace(KNOWN, n_studies=NAN), "grade").trail}
    assert steps["n_studies"] == "not assessable"
