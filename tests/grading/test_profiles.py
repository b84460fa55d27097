"""Grades from numbers: every class, and what happens where an input is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import nct, t

from umbrella_review.criteria import BOUNDS, PROFILE_NAMES, PersonalProfile
from umbrella_review.errors import InputError, ReviewError
from umbrella_review.grading.evidence import Evidence
from umbrella_review.grading.personal import RULES, read_profile
from umbrella_review.grading.profiles import PROFILES, default_profile, find_profile, grade

NAN = float("nan")
BEST = Evidence(
    "difference",
    n_studies=20,
    n_cases=2000.0,
    n_controls=2000.0,
    total_n=4000.0,
    value=0.5,
    p_value=1e-9,
    ci_lo=0.4,
    ci_up=0.6,
    pi_lo=0.3,
    pi_up=0.7,
    i2=10.0,
    egger_p=0.4,
    esb_p=0.4,
    largest_ci_lo=0.2,
    largest_ci_up=0.8,
    jackknife_p=np.array([1e-8, 1e-7]),
    rob_pct=90.0,
    report_pct=90.0,
    contrary=0.0,
    amstar=11.0,
    indirectness="no",
)


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({}, "I"),
        ({"i2": 50.0}, "II"),
        ({"egger_p": 0.05}, "II"),
        ({"pi_lo": -0.1}, "II"),
        ({"i2": 50.0, "largest_ci_lo": -0.1}, "III"),
        ({"i2": 50.0, "largest_ci_lo": -0.8, "largest_ci_up": -0.2}, "III"),
        ({"p_value": 1e-6}, "III"),
        ({"p_value": 1e-3}, "IV"),
        ({"n_cases": 1000.0}, "IV"),
        ({"p_value": 0.05}, "ns"),
    ],
)
def test_classes_of_ioannidis(changes, label):
    evidence = replace(BEST, **changes)
    assert grade(evidence, "ioannidis").label == label
    assert grade(evidence, "metaumbrella-ioannidis").label == label


def test_unknown_cases_are_not_class_iv():
    found = grade(replace(BEST, n_cases=NAN), "ioannidis")
    assert found.label == "not assessable"
    assert found.reason.startswith("between I and IV: the number of cases is not known")
    assert [one.status for one in found.trail if one.name == "n_cases"] == ["not assessable"] * 3
    assert grade(replace(BEST, n_cases=NAN), "metaumbrella-ioannidis").label == "IV"


def test_a_missing_input_that_decides_nothing_leaves_the_class():
    assert grade(replace(BEST, n_cases=NAN, p_value=0.2), "ioannidis").label == "ns"
    assert grade(replace(BEST, i2=80.0, egger_p=NAN), "ioannidis").label == "II"
    enough = replace(BEST, all_cases_known=False)
    assert grade(enough, "ioannidis").label == "I"
    assert grade(replace(enough, n_cases=900.0), "ioannidis").label == "not assessable"


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({}, "High"),
        ({"n_studies": 4}, "Moderate"),
        ({"rob_pct": 74.9}, "Moderate"),
        ({"rob_pct": 49.9}, "Weak"),
        ({"pi_lo": -0.05}, "Moderate"),
        ({"pi_lo": -0.2}, "Weak"),
        ({"indirectness": "serious"}, "Moderate"),
        ({"indirectness": "very serious", "n_studies": 4}, "Very weak"),
        ({"n_controls": 393.0}, "Moderate"),
        ({"n_controls": 63.0}, "Weak"),
        ({"ci_lo": -0.1, "ci_up": 0.9, "pi_lo": -0.1, "pi_up": 0.9}, "Moderate"),
        ({"esb_p": 0.10}, "Moderate"),
        ({"report_pct": 49.0}, "Moderate"),
        ({"pi_lo": NAN, "i2": 60.0, "contrary": 0.2}, "Weak"),
        ({"pi_lo": NAN, "i2": 40.0, "contrary": 0.2}, "Moderate"),
        ({"pi_lo": NAN, "i2": 90.0}, "High"),
    ],
)
def test_the_algorithm_after_grade(changes, label):
    evidence = replace(BEST, **changes)
    assert grade(evidence, "grade").label == label
    assert grade(evidence, "metaumbrella-grade").label == label


def test_the_sign_of_effects_does_not_matter():
    turned = replace(
        BEST, value=-0.5, ci_lo=-0.6, ci_up=-0.4, pi_lo=-0.7, pi_up=0.05,
        largest_ci_lo=-0.8, largest_ci_up=-0.2,
    )  # fmt: skip
    for profile in PROFILES:
        assert grade(turned, profile).label == grade(replace(BEST, pi_lo=-0.05), profile).label


def test_what_nobody_judged_is_assumed_by_the_compatible_profile_only():
    silent = replace(BEST, rob_pct=NAN, indirectness=None)
    found = grade(silent, "grade")
    assert found.label == "not assessable"
    assert found.reason.startswith("between High and Very weak")
    assert grade(silent, "metaumbrella-grade").label == "Very weak"
    # Where the known domains already reach the floor, nothing is open.
    assert grade(replace(silent, n_controls=10.0, n_studies=2), "grade").label == "Very weak"


def test_correlations_have_no_certainty():
    assert grade(replace(BEST, scale="correlation"), "grade").label == "not assessable"


def test_power_is_that_of_the_noncentral_t():
    small = replace(BEST, n_cases=30.0, n_controls=40.0)
    bound, shift = t.ppf(0.975, 68), 0.5 * np.sqrt(1200 / 70)
    expected = nct.sf(bound, 68, shift) + nct.cdf(-bound, 68, shift)
    assert small.power() == pytest.approx(expected, rel=1e-10)
    assert replace(BEST, n_cases=1e5, n_controls=1e5).power() == pytest.approx(1.0)


def test_the_worst_class_met_counts():
    profile = PersonalProfile(
        "own", {"I": {"n_cases": 1000, "i2": 5.0}, "III": {"i2": 50.0}, "IV": {"p_value": 0.05}}
    )
    assert grade(BEST, profile).label == "III"
    assert grade(replace(BEST, i2=1.0), profile).label == "I"
    assert grade(replace(BEST, i2=60.0), profile).label == "IV"
    assert grade(replace(BEST, p_value=0.05), profile).label == "III"
    assert grade(replace(BEST, p_value=0.05, i2=60.0), profile).label == "V"
    assert grade(replace(BEST, i2=NAN), profile).label == "not assessable"


@pytest.mark.parametrize(
    ("name", "bound"),
    [
        ("n_studies", 20), ("total_n", 4000), ("n_cases", 2000), ("p_value", 1e-9), ("i2", 10),
        ("rob", 90), ("amstar", 11), ("egger_p", 0.4), ("esb_p", 0.4), ("jk_p", 1e-7),
    ],
)  # fmt: skip
def test_inequalities_are_strict(name, bound):
    assert grade(BEST, PersonalProfile("own", {"I": {name: bound}})).label == "V"
    looser = bound * (1.01 if name in {"p_value", "i2", "jk_p"} else 0.99)
    assert grade(BEST, PersonalProfile("own", {"I": {name: looser}})).label == "I"


def test_a_file_of_criteria(tmp_path):
    file = tmp_path / "own.yml"
    file.write_text(
        "name: Ours\nclasses:\n  I: {p_value: 1e-6, pi: notnull, imprecision: 0.5}\n"
        "  II: {largest_ci: notnull}\n",
        encoding="utf-8",
    )
    profile = find_profile(str(file))
    assert isinstance(profile, PersonalProfile)
    assert profile.classes["I"]["p_value"] == 1e-6
    found = grade(BEST, profile)
    assert (found.profile, found.label) == ("Ours", "I")
    assert set(profile.classes["I"]) <= set(RULES)


def test_everything_wrong_with_a_file_is_named(tmp_path):
    file = tmp_path / "own.yml"
    file.write_text("classes:\n  I: {n_case: 1, p_value: 2}\n  VI: {i2: 5}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_profile(file)
    told = [problem.where for problem in caught.value.problems]
    assert told == [
        "own.yml, line 2, classes.I.n_case",
        "own.yml, line 2, classes.I.p_value",
        "own.yml, line 3, classes.VI",
    ]
    file.write_text("classes: {}\n", encoding="utf-8")
    with pytest.raises(InputError):
        read_profile(file)


def test_an_unknown_profile_is_refused():
    with pytest.raises(InputError, match="gread"):
        find_profile("gread")
    with pytest.raises(ValueError, match="no profile"):
        grade(BEST, "gread")


def test_every_criterion_that_may_be_written_is_judged():
    assert set(RULES) == set(BOUNDS)
    assert set(PROFILES) == set(PROFILE_NAMES)


def test_the_profile_of_the_project_counts_where_none_is_named(tmp_path, project, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert default_profile() == "ioannidis"
    text = project.review_file.read_text(encoding="utf-8")
    file = tmp_path / "review.yml"
    file.write_text(text[: text.index("\ngrading:")], encoding="utf-8")
    assert default_profile() == "ioannidis"
    own = "grading:\n  profile: custom\n  name: ours\n  classes:\n    II:\n      p_value: 1e-6\n"
    file.write_text(text[: text.index("grading:")] + own, encoding="utf-8")
    assert default_profile() == PersonalProfile("ours", {"II": {"p_value": 1e-6}})
    assert grade(BEST, default_profile()).label == "II"
    monkeypatch.chdir("/")
    assert default_profile(tmp_path) == PersonalProfile("ours", {"II": {"p_value": 1e-6}})
    with pytest.raises(ReviewError):
        default_profile(Path("/"))
