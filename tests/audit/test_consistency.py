from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.audit.consistency import audit_values, by_check, check_results, flags
from umbrella_review.audit.finding import COLUMNS
from umbrella_review.errors import ParameterError

# Every flag on the real data, and why it is real.
FLAGS = {
    # 0.39 over the standard error behind (-0.54, -0.24) is 5.1; Knapp-Hartung would give 5.5.
    ("z_from_interval", ("ma001",)),
    # 0.11 with (-0.42, 0.20) gives p from 0.46 to 0.51, not 0.56.
    ("p_from_interval", ("ma026",)),
    # Q has 20 degrees of freedom for 16 studies; I² fits the 20.
    ("df_from_k", ("ma001",)),
    # One review prints improvement as negative beside others that print it as positive.
    ("mixed_signs", ("ma006", "ma011")),
    ("mixed_signs", ("ma013", "ma019", "ma020", "ma021")),
    # The same trials in two reviews, signed oppositely.
    ("same_evidence", ("ma012", "ma020")),
    ("same_evidence", ("ma019", "ma024")),
}
CONTRADICTIONS = {
    "ct01": ("z_from_interval", {"ma001"}),
    "ct02": ("df_from_k", {"ma001"}),
    "ct03": ("p_from_interval", {"ma026"}),
    "ct10": ("same_evidence", {"ma012", "ma020"}),
    "ct11": ("same_evidence", {"ma019", "ma024"}),
}


def sound(**changes: object) -> pd.DataFrame:
    """Return one result whose figures agree; changes may break it."""
    row = {
        "estimate_id": "a", "review_id": "r", "measure": "SMD", "estimate": 0.21, "ci_lb": 0.05,
        "ci_ub": 0.36, "z": 2.67, "p_reported": "0.008", "k": 6, "n_participants": 1385,
        "i2": 41.0, "tau2": 0.01, "q": 8.46, "q_df": 5, "q_p_reported": "0.13",
        "higher_is_better": True, "sign_convention": "raw", "direction": "favours_intervention",
    }  # fmt: skip
    return pd.DataFrame([{**row, **changes}])


def named(found: pd.DataFrame) -> set[tuple[str, tuple[str, ...]]]:
    return set(zip(found["check"], found["rows"], strict=True))


@pytest.fixture(scope="module")
def checks(data):
    return check_results(data["estimates"])


def test_the_flags_on_the_real_data_are_these_and_no_others(checks):
    found = flags(checks)
    assert named(found) == FLAGS
    assert len(found) == len(FLAGS)


@pytest.mark.parametrize("contradiction", CONTRADICTIONS)
def test_contradictions_that_readers_found_are_found_without_them(checks, data, contradiction):
    check, rows = CONTRADICTIONS[contradiction]
    table = data["contradictions"].set_index("contradiction_id")
    assert set(table.loc[contradiction, "where"].removeprefix("estimate_id=").split("|")) == rows
    assert (check, rows) in [(name, set(keys)) for name, keys in named(flags(checks))]


def test_a_mixed_sign_convention_is_found_in_the_tables_that_a_reader_named(checks, data):
    where = data["contradictions"].set_index("contradiction_id").loc["ct12", "location"]
    found = flags(checks).query("check == 'mixed_signs'")
    estimates = data["estimates"].set_index("estimate_id")
    concerned = estimates.loc[[key for keys in found["rows"] for key in keys]]
    assert set(concerned["review_id"]) == {where.split()[0]}
    tables = {int(word) for word in where.split() if word.isdigit()}
    assert set(concerned["published_table"]) == tables


def test_a_convention_shows_in_the_directions_where_the_table_does_not_tell_it(data):
    estimates = data["estimates"].drop(columns="sign_convention")
    found = named(flags(check_results(estimates)))
    turned = {"ma006", "ma011", "ma013", "ma019", "ma020", "ma021"}
    assert found - FLAGS == {("sign", (key,)) for key in turned}
    assert found >= FLAGS


def test_recomputed_figures_carry_their_bounds(checks):
    z = checks.query("check == 'z_from_interval' and verdict == 'differs'").iloc[0]
    assert z["reported"] == "9.42"
    assert z["recomputed"] == pytest.approx(5.10, abs=0.005)
    assert z["recomputed_lb"] == pytest.approx(0.385 * 2 * 1.959964 / 0.31)
    assert z["recomputed_ub"] == pytest.approx(0.395 * 2 * 1.959964 / 0.29)
    assert z["cells"] == ("z", "estimate", "ci_lb", "ci_ub")
    assert (
        z["words"] == "The interval gives an absolute Z of 5.10 (4.87 to 5.34); 9.42 is reported."
    )


def test_a_sound_result_passes_every_check():
    checks = check_results(sound())
    assert tuple(checks.columns) == COLUMNS
    assert set(checks["verdict"]) == {"agrees"}
    assert list(checks["check"]) == [
        "interval_symmetry", "z_from_interval", "p_from_interval", "p_from_z", "df_from_k",
        "i2_from_q", "q_p_from_q", "tau2_from_interval", "sign",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"estimate": 0.25}, {"interval_symmetry", "z_from_interval"}),
        ({"z": 4.67}, {"z_from_interval", "p_from_z"}),
        ({"p_reported": "0.080"}, {"p_from_interval", "p_from_z"}),
        ({"p_reported": "<0.001"}, {"p_from_interval", "p_from_z"}),
        ({"p_reported": ">0.05"}, {"p_from_interval", "p_from_z"}),
        ({"k": 7}, {"df_from_k"}),
        ({"i2": 60.0}, {"i2_from_q"}),
        ({"q_p_reported": "0.013"}, {"q_p_from_q"}),
        ({"q_p_reported": "<0.1"}, {"q_p_from_q"}),
        ({"tau2": 0.5}, {"tau2_from_interval"}),
        ({"direction": "favours_control"}, {"sign"}),
        ({"higher_is_better": False}, {"sign"}),
        ({"ci_lb": 0.36, "ci_ub": 0.05}, {"interval_symmetry"}),
        ({"z": -2.67}, set()),
        ({"p_reported": "<0.01"}, set()),
        ({"p_reported": ">0.001"}, set()),
        ({"sign_convention": "negative_favours_intervention"}, {"sign"}),
        ({"direction": "no_effect"}, set()),
    ],
)
def test_each_check_names_the_figure_that_does_not_fit(changes, expected):
    assert set(flags(check_results(sound(**changes)))["check"]) == expected


def test_a_t_interval_is_no_contradiction():
    # 0.40 with a standard error of 0.125 and 4 degrees of freedom.
    row = sound(estimate=0.40, ci_lb=0.05, ci_ub=0.75, z=3.17, p_reported="0.034", k=5, q_df=4,
                q=None, i2=None, tau2=None)  # fmt: skip
    checks = check_results(row).set_index("check")["verdict"]
    assert checks["z_from_interval"] == checks["p_from_interval"] == "agrees_by_t"
    assert checks["p_from_z"] == "agrees_by_t"
    assert flags(check_results(row)).empty


def test_texts_keep_the_closing_zeros_that_numbers_lose():
    loose = sound(estimate=0.2, ci_lb=0.1, ci_ub=0.3, z=3.3, p_reported=None)
    tight = sound(estimate="0.200", ci_lb="0.100", ci_ub="0.300", z="3.30", p_reported=None)
    assert flags(check_results(loose)).empty
    assert named(flags(check_results(tight))) == {("z_from_interval", ("a",))}


def test_a_table_read_as_text_gives_the_same_flags(project):
    estimates = pd.read_csv(project.root / "data" / "estimates.csv", dtype=str)
    assert named(flags(check_results(estimates))) == FLAGS


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"measure": "RR", "ci_lb": 0.0}, "a ratio must be positive"),
        ({"measure": "ZCOR"}, "on which scale ZCOR is symmetric is not known"),
        ({"measure": None}, "on which scale the measure is symmetric is not known"),
        ({"p_reported": "n.s."}, "could not convert"),
        ({"p_reported": "1.3"}, "1.3 is no probability"),
        ({"ci_lb": 0.21, "ci_ub": 0.21}, "does not lie above its lower end"),
    ],
)
def test_what_cannot_be_assessed_says_why(changes, reason):
    checks = check_results(sound(**changes))
    words = checks.loc[checks["verdict"] == "not_assessable", "words"]
    assert len(words)
    assert words.str.contains(reason, regex=False).all()


def test_missing_figures_are_passed_over():
    bare = pd.DataFrame({"estimate_id": ["a"], "estimate": [0.2]})
    checks = check_results(bare)
    assert checks.empty
    assert by_check(checks).empty
    assert flags(checks).empty


def test_ratios_are_held_on_the_logarithmic_scale():
    ratio = sound(measure="RR", estimate=0.69, ci_lb=0.49, ci_ub=0.96, z=2.22, p_reported="0.03",
                  tau2=0.02, direction="favours_control")  # fmt: skip
    assert flags(check_results(ratio)).empty
    assert "interval_symmetry" in set(flags(check_results(ratio.assign(measure="SMD")))["check"])


def test_values_for_the_text(checks):
    values = {value.value_id: value for value in audit_values(checks)}
    assert values["reproduction.n_audit_flags"].value == len(FLAGS)
    assert values["reproduction.n_audit_checks"].value == len(checks)
    assert values["reproduction.n_audit_same_evidence"].rows["estimates"] == (
        "ma012", "ma020", "ma019", "ma024",
    )  # fmt: skip
    assert values["reproduction.n_audit_flagged"].value == 10
    assert values["reproduction.n_audit_total"].value == 0


def test_a_negative_tolerance_is_a_mistake():
    with pytest.raises(ParameterError):
        check_results(sound(), tolerance=-1)
