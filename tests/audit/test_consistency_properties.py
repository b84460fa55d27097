"""Pooled results that were only rounded raise no flag; results that were changed do."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.audit.consistency import check_results, flags
from umbrella_review.audit.statistics import decimals
from umbrella_review.pooling.model import fit

SEEDS = st.integers(0, 2**32 - 1)
PLACES = st.integers(1, 4)
MEASURES = st.sampled_from(["SMD", "RR"])
CONVENTIONS = st.sampled_from(["raw", "positive_favours_intervention"])


def p_text(p: float, places: int) -> str:
    """Return a p value as reviews print it: a bound where its decimals would all be 0."""
    least = 10.0**-places
    return f"<{least:.{places}f}" if p < least else f"{p:.{places}f}"


def reported(seed: int, measure: str, places: int, *, test: str = "z") -> dict[str, object]:
    """Pool simulated studies with full precision, then round every figure."""
    rng = np.random.default_rng(seed)
    k = int(rng.integers(2, 25))
    vi = rng.uniform(0.005, 0.4, k)
    yi = rng.normal(rng.normal(0, 0.4), np.sqrt(vi + rng.choice([0.0, 0.02, 0.3])))
    pooled = fit(yi[None], vi[None], method="DL", test=test)
    effect = [float(part[0]) for part in (pooled.estimate, pooled.ci_lb, pooled.ci_ub)]
    if measure == "RR":
        effect = [float(np.exp(part)) for part in effect]
    estimate, lower, upper = (round(part, places) for part in effect)
    favours = "favours_intervention" if effect[0] > (measure == "RR") else "favours_control"
    return {
        "estimate_id": "a", "review_id": "r", "measure": measure, "k": k,
        "estimate": estimate, "ci_lb": lower, "ci_ub": upper,
        "z": round(abs(float(pooled.stat[0])), 2), "p_reported": p_text(pooled.pval[0], 3),
        "q": round(float(pooled.q[0]), 2), "q_df": k - 1,
        "q_p_value": round(float(pooled.q_pval[0]), int(rng.integers(1, 4))),
        "i2": round(float(pooled.i2[0]), int(rng.integers(0, 2))),
        "tau2": round(float(pooled.tau2[0]), 2),
        "n_participants": int(rng.integers(50, 5000)),
        "higher_is_better": True, "direction": favours,
    }  # fmt: skip


def found(*rows: dict[str, object]) -> set[str]:
    return set(flags(check_results(pd.DataFrame(rows)))["check"])


@given(SEEDS, MEASURES, PLACES, CONVENTIONS)
def test_rounding_alone_raises_no_flag(seed, measure, places, convention):
    assert found(reported(seed, measure, places) | {"sign_convention": convention}) == set()


@given(SEEDS, MEASURES, PLACES)
def test_intervals_by_the_t_distribution_raise_no_flag(seed, measure, places):
    row = reported(seed, measure, places, test="t")
    row.pop("tau2")
    assert found(row) == set()


@given(SEEDS, MEASURES, st.integers(2, 4), st.floats(1.0, 5.0))
def test_a_z_that_nothing_explains_is_flagged(seed, measure, places, more):
    row = reported(seed, measure, places)
    checks = check_results(pd.DataFrame([row])).query("check == 'z_from_interval'")
    if checks.empty or not np.isfinite(checks["recomputed_ub"].iloc[0]):
        return
    # Even an interval by t with one degree of freedom gives no more than 6.5 times the Z.
    greatest = 6.5 * checks["recomputed_ub"].iloc[0]
    assert "z_from_interval" in found(row | {"z": round(greatest + more, 2)})


@given(SEEDS, MEASURES, st.integers(1, 9))
def test_wrong_degrees_of_freedom_are_flagged(seed, measure, more):
    row = reported(seed, measure, 2)
    assert "df_from_k" in found(row | {"q_df": row["q_df"] + more})


@given(SEEDS, st.floats(2, 40), st.booleans())
def test_a_wrong_i2_is_flagged(seed, change, upwards):
    row = reported(seed, "SMD", 2)
    if row["q"] < 1:  # Q of 0.4 may be printed as 0: too coarse to tell
        return
    checks = check_results(pd.DataFrame([row])).query("check == 'i2_from_q'").iloc[0]
    ends = checks["recomputed_ub"] + change, checks["recomputed_lb"] - change
    wrong = ends[0] if upwards or ends[1] < 0 else ends[1]
    assert "i2_from_q" in found(row | {"i2": round(wrong, 1)})


@given(SEEDS, MEASURES, st.floats(0.05, 0.9))
def test_a_wrong_p_of_q_is_flagged(seed, measure, change):
    row = reported(seed, measure, 2)
    if row["q"] < 1:
        return
    checks = check_results(pd.DataFrame([row])).query("check == 'q_p_from_q'").iloc[0]
    above, below = checks["recomputed_ub"] + change, checks["recomputed_lb"] - change
    wrong = above if above <= 1 else below
    if wrong < 0:
        return
    assert "q_p_from_q" in found(row | {"q_p_value": round(wrong, 3)})


@given(SEEDS, MEASURES, st.integers(1, 3), st.integers(2, 20), st.booleans())
def test_an_estimate_off_the_middle_is_flagged(seed, measure, places, units, upwards):
    row = reported(seed, measure, places)
    # As texts, which keep their closing zeros: otherwise the bounds may be wider than a unit.
    row |= {name: f"{row[name]:.{places}f}" for name in ("estimate", "ci_lb", "ci_ub")}
    checks = check_results(pd.DataFrame([row])).query("check == 'interval_symmetry'").iloc[0]
    if not np.isfinite(checks["recomputed"]):  # the lower end of a ratio was rounded to 0
        return
    step = units * 10.0**-places
    wrong = checks["recomputed_ub"] + step if upwards else checks["recomputed_lb"] - step
    if measure == "RR" and wrong <= 0:
        return
    assert "interval_symmetry" in found(row | {"estimate": f"{wrong:.{places}f}"})


@given(SEEDS, PLACES)
def test_a_direction_against_the_sign_is_flagged(seed, places):
    row = reported(seed, "SMD", places)
    other = {"favours_intervention": "favours_control", "favours_control": "favours_intervention"}
    against = found(row | {"direction": other[str(row["direction"])]})
    assert against <= {"sign"}
    unit = 10.0 ** -decimals(float(row["estimate"]))
    assert ("sign" in against) == (abs(row["estimate"]) > 0.5 * unit + 1e-12)


@given(SEEDS, st.integers(2, 4), st.booleans())
def test_the_same_evidence_is_found_turned_or_not_and_rounded_more(seed, places, turned):
    row = reported(seed, "SMD", places)
    sign = -1 if turned else 1
    ends = sorted(round(sign * row[name], places - 1) for name in ("ci_lb", "ci_ub"))
    other = row | {
        "estimate_id": "b", "review_id": "s", "estimate": round(sign * row["estimate"], places - 1),
        "ci_lb": ends[0], "ci_ub": ends[1], "direction": None, "z": None, "p_reported": None,
    }  # fmt: skip
    assert "same_evidence" in found(row, other)


@given(SEEDS, st.integers(2, 4))
def test_a_ratio_turned_round_is_the_same_evidence(seed, places):
    row = reported(seed, "RR", places)
    if row["ci_lb"] < 0.1:
        return
    other = row | {"estimate_id": "b", "direction": None, "z": None, "p_reported": None}
    turned = {
        "estimate": round(1 / row["estimate"], places),
        "ci_lb": round(1 / row["ci_ub"], places),
        "ci_ub": round(1 / row["ci_lb"], places),
    }
    if turned["ci_lb"] <= 0:
        return
    assert "same_evidence" in found(row, other | turned)


@given(SEEDS, SEEDS, MEASURES)
def test_independent_results_are_not_taken_for_the_same(seed, other, measure):
    one, two = reported(seed, measure, 2), reported(other, measure, 2)
    if seed == other or one["n_participants"] == two["n_participants"]:
        return
    assert "same_evidence" not in found(one, two | {"estimate_id": "b"})


@given(SEEDS, MEASURES)
def test_the_order_of_results_does_not_matter(seed, measure):
    rows = [reported(seed + i, measure, 2) | {"estimate_id": str(i), "z": 9.0} for i in range(3)]
    frame = pd.DataFrame(rows)
    straight, back = (flags(check_results(part)) for part in (frame, frame.iloc[::-1]))
    keys = [set(zip(part["check"], part["rows"], strict=True)) for part in (straight, back)]
    assert keys[0] == keys[1]
