"""Effect sizes against reference results, and what happens to input that cannot be right."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from umbrella_review.effects.escalc import escalc
from umbrella_review.effects.measures import MEASURES
from umbrella_review.errors import StatisticsError

REFERENCE = Path(__file__).parents[1] / "reference" / "metafor"
ESCALC = json.loads((REFERENCE / "escalc.json").read_text(encoding="utf-8"))
CASES = ESCALC["cases"]
# Columns of the data sets under the names that the measures know.
NAMES = {
    "dat.bcg": {"ai": "tpos", "bi": "tneg", "ci": "cpos", "di": "cneg"},
    "dat.hackshaw1998": {"est": "or", "ci_lb": "or.lb", "ci_ub": "or.ub"},
    "dat.normand1999": {name: name for name in ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")},
    "dat.raudenbush1985": {"yi": "yi", "vi": "vi"},
}
CODES = {"logOR": "OR"}
TABLE = {"ai": [10, 0, 4], "bi": [40, 25, 119], "ci": [15, 3, 11], "di": [35, 24, 128]}
MEANS = {
    "m1i": [103, 10.2],
    "sd1i": [5.5, 3.1],
    "n1i": [50, 12],
    "m2i": [100, 8.9],
    "sd2i": [4.5, 2.6],
    "n2i": [50, 14],
}


def agree(found: np.ndarray, expected: list[float | None]) -> None:
    wanted = np.array(expected, dtype=float)  # None becomes NaN
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=0, equal_nan=True)


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{number}-{case['measure']}" for number, case in enumerate(CASES)]
)
def test_reference_cases(case):
    yi, vi = escalc(case["measure"], case["inputs"], **(case["options"] or {}))
    agree(yi, case["yi"])
    agree(vi, case["vi"])


def datasets():
    cases = []
    for name in NAMES:
        content = json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))
        for measure, analysis in content["analyses"].items():
            case = (name, content["raw_inputs"], measure, analysis)
            cases.append(pytest.param(*case, id=f"{name}-{measure}"))
    return cases


@pytest.mark.parametrize(("name", "raw", "measure", "analysis"), datasets())
def test_data_sets_from_their_raw_columns(name, raw, measure, analysis):
    columns = {ours: raw[theirs] for ours, theirs in NAMES[name].items()}
    yi, vi = escalc(CODES.get(measure, measure), columns)
    agree(yi, analysis.get("escalc_yi", analysis["yi"]))
    agree(vi, analysis.get("escalc_vi", analysis["vi"]))


def test_the_reference_covers_what_it_did():
    assert len(CASES) >= 44
    assert len(datasets()) >= 10


def test_ratios_given_with_their_intervals():
    given = ESCALC["ratio_ci_to_se"]
    columns = {"est": given["est"], "ci_lb": given["lo"], "ci_ub": given["hi"]}
    for measure in ("HR", "OR"):
        yi, vi = escalc(measure, columns)
        agree(yi, given["yi"])
        agree(np.sqrt(vi), given["se"])


def test_double_arcsine_of_miller():
    # Miller 1978, The American Statistician 32:138, table 1, halved.
    yi, vi = escalc("PFT", {"xi": [3, 6, 10, 1], "ni": [11, 17, 21, 6]})
    np.testing.assert_allclose(yi, [0.5695, 0.6444, 0.7626, 0.4758], atol=5e-5)
    np.testing.assert_allclose(vi, [0.0217, 0.0143, 0.0116, 0.0385], atol=5e-5)


def test_peto_by_hand():
    # Observed 10, expected 12.5; hypergeometric variance 25 * 75 * 50 * 50 / (100^2 * 99).
    yi, vi = escalc("PETO", {"ai": 10, "bi": 40, "ci": 15, "di": 35})
    variance = 25 * 75 * 50 * 50 / (100**2 * 99)
    np.testing.assert_allclose([yi[0], vi[0]], [-2.5 / variance, 1 / variance], rtol=1e-12)


def test_rate_difference_by_hand():
    yi, vi = escalc("IRD", {"x1i": 9, "t1i": 413, "x2i": 19, "t2i": 398})
    expected = [9 / 413 - 19 / 398, 9 / 413**2 + 19 / 398**2]
    np.testing.assert_allclose([yi[0], vi[0]], expected, rtol=1e-12)


def test_nothing_is_added_to_arcsines_unless_asked_for():
    table = {"ai": 0, "n1i": 20, "ci": 5, "n2i": 20}
    yi, vi = escalc("AS", table)
    np.testing.assert_allclose([yi[0], vi[0]], [-np.arcsin(0.5), 1 / 40], rtol=1e-12)
    adjusted = escalc("AS", table, add=0.5)
    np.testing.assert_allclose(adjusted[1], 1 / 42, rtol=1e-12)
    np.testing.assert_allclose(escalc("PFT", {"xi": 0, "ni": 9})[1], 1 / 38, rtol=1e-12)


def test_events_and_totals_give_the_same_as_the_four_cells():
    totals = {"ai": TABLE["ai"], "ci": TABLE["ci"], "n1i": [50, 25, 123], "n2i": [50, 27, 139]}
    mixed = TABLE | {"bi": [40, None, 119], "n1i": [50, 25, 123]}
    for other in (totals, mixed):
        for one, two in zip(escalc("OR", TABLE), escalc("OR", other), strict=True):
            np.testing.assert_array_equal(one, two)


def test_if0all_looks_at_each_analysis_alone():
    analyses = {name: [cells, cells] for name, cells in TABLE.items()}
    analyses["ai"] = [TABLE["ai"], [10, 2, 4]]
    yi, _ = escalc("OR", analyses, to="if0all")
    assert yi.shape == (2, 3)
    np.testing.assert_array_equal(yi[0], escalc("OR", TABLE, to="all")[0])
    np.testing.assert_array_equal(yi[1], escalc("OR", TABLE | {"ai": [10, 2, 4]}, to="none")[0])


def test_drop00_leaves_out_studies_without_events_or_with_nothing_else():
    table = {"ai": [0, 5, 3], "bi": [9, 0, 6], "ci": [0, 8, 2], "di": [8, 0, 7]}
    yi, vi = escalc("RR", table, drop00=True)
    assert np.isnan(yi).tolist() == np.isnan(vi).tolist() == [True, True, False]
    rates = {"x1i": [0, 1], "t1i": [5, 5], "x2i": [0, 0], "t2i": [5, 5]}
    assert np.isnan(escalc("IRR", rates, drop00=True)[0]).tolist() == [True, False]


def test_approximate_correction_is_hedges_formula():
    exact, approximate, none = (
        escalc("SMD", MEANS, correct=kind)[0] for kind in ("exact", "approximate", "none")
    )
    df = np.array([98.0, 24.0])
    np.testing.assert_allclose(approximate, none * (1 - 3 / (4 * df - 1)), rtol=1e-14)
    np.testing.assert_array_equal(exact, escalc("SMD", MEANS, correct=True)[0])
    assert (np.abs(exact) < np.abs(approximate)).all()


def test_a_row_without_raw_results_uses_the_given_effect():
    columns = MEANS | {
        "m1i": [103, None],
        "yi": [9.0, 0.4],
        "sei": [9.0, None],
        "ci_lb": [5.0, 0.2],
        "ci_ub": [4.0, 0.6],
        "pval": ["< 0.1", "< 0.1"],
    }
    yi, vi = escalc("SMD", columns)
    np.testing.assert_allclose(yi, [escalc("SMD", MEANS)[0][0], 0.4], rtol=1e-14)
    np.testing.assert_allclose(np.sqrt(vi[1]), 0.2 / 1.959963984540054, rtol=1e-12)


def test_an_effect_with_its_p_value():
    yi, vi = escalc("GEN", {"yi": [0.5, 0.0], "pval": [0.05, 0.9]})
    assert yi[0] == 0.5
    assert np.sqrt(vi[0]) == pytest.approx(0.5 / 1.959963984540054, rel=1e-12)
    assert np.isnan([yi[1], vi[1]]).all()  # no effect at all tells nothing of its error


def test_an_interval_beside_a_logarithm_is_one_of_logarithms():
    yi, vi = escalc("HR", {"yi": -0.3, "ci_lb": -0.5, "ci_ub": -0.1}, level=0.9)
    assert yi[0] == -0.3
    assert np.sqrt(vi[0]) == pytest.approx(0.2 / 1.6448536269514722, rel=1e-12)


def test_t_statistics_of_pairs_and_correlations():
    d = 1.7 / 2.75
    np.testing.assert_allclose(
        escalc("SMCC", {"ti": d * 5, "ni": 25}), escalc("SMCC", {"di": d, "ni": 25}), rtol=1e-14
    )
    r, n = 0.3, 60
    t = r * np.sqrt((n - 2) / (1 - r**2))
    np.testing.assert_allclose(
        escalc("ZCOR", {"ti": t, "ni": n}), escalc("ZCOR", {"ri": r, "ni": n}), rtol=1e-14
    )


@pytest.mark.parametrize(
    ("measure", "columns"),
    [
        ("ROM", MEANS | {"m1i": [-103, 0]}),
        ("SMD", MEANS | {"sd1i": [0, 0], "sd2i": [0, 0]}),
        ("SMD", MEANS | {"n1i": [1, 1], "n2i": [2, 1]}),
        ("ZCOR", {"ri": [0.2, 1], "ni": [3, 50]}),
        ("COR", {"ri": [0.2, None], "ni": [1, 50]}),
        ("UCOR", {"ri": [0.2, 0.2], "ni": [4, None]}),
        ("PETO", {"ai": [0, 5], "bi": [9, 0], "ci": [0, 8], "di": [8, 0]}),
    ],
)
def test_where_there_is_no_effect_both_numbers_are_missing(measure, columns):
    yi, vi = escalc(measure, columns, add=0)
    assert np.isnan(yi).all()
    assert np.isnan(vi).all()


EXTREMES = {
    "table": {name: np.array([1e12, 1.0, 1e-9, 0.0]) for name in ("ai", "bi", "ci", "di")},
    "rates": {
        "x1i": [1e12, 1e-9, 0],
        "t1i": [1e-12, 1e12, 1],
        "x2i": [1, 1e12, 0],
        "t2i": [1e12, 1e-12, 1],
    },
    "means": {
        "m1i": [1e12, 1e-12, 5],
        "sd1i": [1e-6, 1e12, 0],
        "n1i": [1e12, 2, 1],
        "m2i": [1e-12, 1e12, 5],
        "sd2i": [1e-6, 1e12, 0],
        "n2i": [1e12, 2, 1],
    },
    "pairs": {
        "m1i": [1e12, 1e-12, 5],
        "m2i": [1e-12, 1e12, 5],
        "sd1i": [1e-6, 1e12, 0],
        "sd2i": [1e-6, 1e12, 0],
        "ni": [1e12, 2, 1],
        "ri": [0.9, 0.5, 1],
    },
    "correlations": {"ri": [1 - 1e-12, 1e-12, -1], "ni": [1e12, 3, 1]},
    "proportion": {"xi": [1e12, 1e-9, 0], "ni": [2e12, 1, 1]},
    "given": {"yi": [1e12, 1e-12, 0], "vi": [1e12, 1e-12, 0]},
}


@pytest.mark.parametrize(
    ("measure", "kind"),
    [(measure, "given") for measure in MEASURES]
    + [
        (measure, kind)
        for measure, known in MEASURES.items()
        for kind, columns in EXTREMES.items()
        if any(columns.keys() >= set(form) for form in known.forms)
    ],
)
def test_extremes_are_finite_or_missing(measure, kind):
    columns = EXTREMES[kind]
    if kind == "table":  # every table of four such counts with somebody in either group
        grid = np.meshgrid(*columns.values())
        cells = [cell.ravel() for cell in grid]
        somebody = (cells[0] + cells[1] > 0) & (cells[2] + cells[3] > 0)
        columns = {name: cell[somebody] for name, cell in zip(columns, cells, strict=True)}
    yi, vi = escalc(measure, columns)
    assert (np.isnan(yi) == np.isnan(vi)).all()
    assert not np.isinf([yi, vi]).any()
    assert np.isfinite(yi[0])
    assert not (vi < 0).any()


def problems(measure, columns, **options):
    with pytest.raises(StatisticsError) as caught:
        escalc(measure, columns, **options)
    return caught.value


def test_every_bad_row_is_named_once():
    error = problems(
        "OR",
        {
            "ai": [-3, 10, 4, "four", 1, 0],
            "bi": [5, 40, np.inf, 6, 1, 0],
            "ci": [1, 60, 2, 2, 1, 3],
            "n1i": [2, 50, 8, 10, 2, 5],
            "n2i": [9, 50, 9, 9, 0, 9],
        },
    )
    assert [problem.where for problem in error.problems] == [
        "row 1, column ai",
        "row 2, column ci",
        "row 3, column bi",
        "row 3, column n1i",
        "row 4, column ai",
        "row 5, column ci",
        "row 5, column n2i",
        "row 6, column ai",
        "row 6, column n1i",
    ]
    assert error.rows == (0, 1, 2, 3, 4, 5)
    assert error.exit_code == 2
    assert "row 4, column ai: the value four. Expected a count of 0 or more." in str(error)


def test_rows_can_have_names():
    error = problems("PR", {"xi": [1, 7], "ni": [5, 6]}, rows=["a.csv, line 2", "a.csv, line 3"])
    (problem,) = error.problems
    assert problem.where == "a.csv, line 3, column xi"
    assert problem.expected == "at most ni"
    (problem,) = problems("PR", {"xi": [[1, 7]], "ni": [[5, 6]]}).problems
    assert problem.where == "analysis 1, row 2, column xi"


@pytest.mark.parametrize(
    ("measure", "columns", "column"),
    [
        ("SMD", MEANS | {"sd1i": [-1, 2]}, "sd1i"),
        ("MD", MEANS | {"n2i": [0, 2]}, "n2i"),
        ("ZCOR", {"ri": [1.2], "ni": [10]}, "ri"),
        ("IRR", {"x1i": 1, "t1i": 0, "x2i": 1, "t2i": 1}, "t1i"),
        ("HR", {"est": -1, "sei": 0.5}, "est"),
        ("HR", {"est": 1, "ci_lb": 0, "ci_ub": 2}, "ci_lb"),
        ("HR", {"est": 3, "ci_lb": 0.5, "ci_ub": 2}, "ci_lb"),
        ("GEN", {"yi": 1, "ci_lb": 2, "ci_ub": 0}, "ci_lb"),
        ("GEN", {"yi": 1, "vi": -1}, "vi"),
        ("GEN", {"yi": 1, "pval": 0}, "pval"),
    ],
)
def test_impossible_numbers(measure, columns, column):
    (problem,) = problems(measure, columns).problems
    assert problem.where == f"row 1, column {column}"


@pytest.mark.parametrize(
    ("measure", "columns", "options", "part"),
    [
        ("SDM", MEANS, {}, "option measure: the value SDM"),
        ("SMD", MEANS, {"vtype": "HO"}, "one of LS, LS2, UB, AV for SMD"),
        ("SMD", MEANS, {"correct": "maybe"}, "option correct"),
        ("OR", TABLE, {"to": "some"}, "option to"),
        ("OR", TABLE, {"add": -1}, "option add"),
        ("OR", TABLE, {"level": 95}, "option level"),
        ("OR", {"ai": [1], "bi": [1]}, {}, "columns for OR: only ai bi"),
        ("GEN", {"m1i": [1]}, {}, "columns for GEN: none of its columns"),
        ("SMD", {"est": [1], "vi": [1]}, {}, "columns for SMD: only vi"),
        ("OR", TABLE | {"ai": [1]}, {}, "the lengths ai 1, bi 3"),
    ],
)
def test_options_and_columns_that_do_not_do(measure, columns, options, part):
    assert part in str(problems(measure, columns, **options))


def test_no_studies_give_no_effects():
    empty = {name: [] for name in TABLE}
    yi, vi = escalc("OR", empty, to="if0all")
    assert yi.shape == vi.shape == (0,)
