"""Tables in the columns of metaumbrella: what becomes of each, by hand from its documentation."""

from __future__ import annotations

from math import exp, lgamma, log, sqrt

import pytest

from umbrella_review.errors import InputError
from umbrella_review.grading.columns import KNOWN, MEASURES
from umbrella_review.grading.document import document_of
from umbrella_review.grading.factors import Choices, factors_of
from umbrella_review.grading.sharing import comparisons
from umbrella_review.grading.table import Table, notes_on, read_studies


def corrected(df):
    return exp(lgamma(df / 2) - 0.5 * log(df / 2) - lgamma((df - 1) / 2))


def read(tmp_path, *rows) -> Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([str(row.get(name, "")) for name in names] for row in rows)]
    path = tmp_path / "studies.csv"
    path.write_text("\n".join(",".join(line) for line in lines) + "\n", encoding="utf-8")
    return read_studies(path)


def row(author="X", **cells):
    return {"factor": "A", "author": author, **cells}


def wrong(tmp_path, *rows):
    with pytest.raises(InputError) as caught:
        read(tmp_path, *rows)
    return caught.value.problems


PRE_POST = {
    "measure": "SMC", "n_cases": 20, "n_controls": 25, "pre_post_cor": 0.6,
    "mean_pre_cases": 10, "mean_cases": 14, "sd_pre_cases": 4, "sd_cases": 5,
    "mean_pre_controls": 10, "mean_controls": 11, "sd_pre_controls": 4, "sd_controls": 4,
}  # fmt: skip
CHANGE = {
    "n_cases": 20, "n_controls": 25,
    "mean_change_cases": 4, "sd_change_cases": 17**0.5,
    "mean_change_controls": 1, "sd_change_controls": 12.8**0.5,
}  # fmt: skip


def test_standardised_changes_are_the_difference_of_both_arms(tmp_path):
    one, other = corrected(19) * 4 / sqrt(17), corrected(24) / sqrt(12.8)
    variance = 1 / 20 + one**2 / 40 + 1 / 25 + other**2 / 50
    table = read(tmp_path, row(**PRE_POST), row("Y", measure="SMC", **CHANGE))
    assert table.yi == pytest.approx([one - other] * 2, rel=1e-12)
    assert table.se**2 == pytest.approx([variance] * 2, rel=1e-12)
    assert table.size.tolist() == [45, 45]


def test_stated_changes_count_as_they_are(tmp_path):
    people = {"n_cases": 20, "n_controls": 25}
    table = read(
        tmp_path,
        row(measure="SMC", value=0.5, se=0.3, **people),
        row("Y", measure="smc", value=0.5, var=0.09, **people),
        row("Z", measure="SMC", value=0.5, ci_lo=-0.1, ci_up=1.1, **people),
    )
    assert table.yi.tolist() == [0.5, 0.5, 0.5]
    assert table.se == pytest.approx([0.3, 0.3, 0.6 / 2.016692], rel=1e-6)  # t(43)
    (factor,) = factors_of(table)
    entry = document_of([factor], "ioannidis", Choices())["factors"]["A"]
    assert entry["scale"] == "Bias-corrected SMC"
    # Powers take the effects as they are: 1.96 se less the weighted mean of all, over se.
    assert factor.excess.power[0][0] == pytest.approx(0.385, abs=2e-3)


def test_mean_changes_are_differences_of_means(tmp_path):
    table = read(tmp_path, row(measure="MC", **CHANGE))
    deviation = sqrt((19 * 17 + 24 * 12.8) / 43)
    d = 3 / deviation
    assert table.yi == pytest.approx([corrected(43) * d], rel=1e-12)
    usual = sqrt(1 / 20 + 1 / 25 + d**2 / 90)
    assert table.se == pytest.approx([corrected(43) * usual], rel=1e-12)
    error = deviation * sqrt(1 / 20 + 1 / 25)
    stated = read(tmp_path, row(measure="MC", value=3, se=error, n_cases=20, n_controls=25))
    assert stated.yi == pytest.approx(table.yi)
    assert stated.se == pytest.approx(table.se)


def test_hedges_g_without_an_error_takes_that_of_its_numbers(tmp_path):
    table = read(tmp_path, row(measure="G", value=0.5, n_cases=20, n_controls=25))
    expected = 1 / 20 + 1 / 25 + (1 - 41 / (43 * corrected(43) ** 2)) * 0.25
    assert table.yi.tolist() == [0.5]
    assert table.se**2 == pytest.approx([expected], rel=1e-12)


def test_logarithms_of_ratios_come_from_counts_too(tmp_path):
    counts = {"n_cases_exp": 10, "n_exp": 40, "n_cases_nexp": 5, "n_nexp": 40}
    times = {"n_cases_exp": 10, "time_exp": 40, "n_cases_nexp": 5, "time_nexp": 40}
    table = read(
        tmp_path,
        {**row(measure="logOR", **counts), "factor": "A"},
        {**row(measure="logRR", **counts), "factor": "B"},
        {**row(measure="logIRR", **times), "factor": "C"},
    )
    assert table.yi == pytest.approx([log(10 * 35 / 150), log(2), log(2)])


def test_a_shared_control_arm_is_divided_by_its_comparisons(tmp_path):
    people = {"measure": "SMD", "n_cases": 40, "n_controls": 60, "shared_controls": "arm 1"}
    means = {"mean_cases": 6, "sd_cases": 2, "mean_controls": 5, "sd_controls": 2}
    usual = sqrt(1 / 40 + 1 / 60 + 0.25 / 200)
    table = read(
        tmp_path,
        row("A", value=0.5, **people),
        row("B", **means, **people),
        row("C", value=0.5, se=usual, **people),
        row("D", value=0.5, se=1.5 * usual, **people),
        row("E", **{**people, "shared_controls": ""}, value=0.5),
        row("F", **{**people, "shared_controls": "arm 2"}, value=0.5),
    )
    # Four comparisons share 60 people: 15 each.
    factor, small = corrected(53), sqrt(1 / 40 + 1 / 15 + 0.25 / 110)
    assert table.yi[:4] == pytest.approx([factor * 0.5] * 4, rel=1e-12)
    assert table.se[:3] == pytest.approx([factor * small] * 3, rel=1e-12)
    assert table.se[3] == pytest.approx(1.5 * factor * small, rel=1e-12)
    assert table.se[4:] == pytest.approx([corrected(98) * usual] * 2, rel=1e-12)
    assert table.controls.tolist() == [15, 15, 15, 15, 60, 60]
    assert table.size.tolist() == [55, 55, 55, 55, 100, 100]
    (of_all,) = factors_of(table)
    assert of_all.evidence.n_controls == 180


def test_shared_arms_of_other_differences(tmp_path):
    people = {"n_cases": 40, "n_controls": 60, "shared_controls": 1}
    spread = sqrt(1 / 40 + 1 / 60)
    d = 0.5
    md = read(
        tmp_path,
        *(row(name, measure="MD", value=1, se=2 * spread, **people) for name in "AB"),
    )
    small = sqrt(1 / 40 + 1 / 30 + d**2 / 140)
    assert md.yi == pytest.approx([corrected(68) * d] * 2)
    assert md.se == pytest.approx([corrected(68) * small] * 2)
    g = read(
        tmp_path,
        *(row(name, measure="G", value=corrected(98) * d, se=0.2, **people) for name in "AB"),
    )
    assert g.yi == pytest.approx(md.yi)
    smc = read(tmp_path, *(row(name, measure="SMC", value=0.4, se=0.3, **people) for name in "AB"))
    assert smc.yi.tolist() == [0.4, 0.4]
    assert smc.se == pytest.approx([0.3 * sqrt(1 / 40 + 1 / 30) / spread] * 2)
    raw = {**PRE_POST, "n_controls": 50, "shared_controls": "arm"}
    divided = read(tmp_path, row("A", **raw), row("B", **raw))
    assert divided.yi == pytest.approx(read(tmp_path, row(**PRE_POST)).yi.repeat(2))


def test_a_shared_group_of_the_not_exposed_is_divided(tmp_path):
    counts = {"n_cases_exp": 10, "n_exp": 40, "n_cases_nexp": 8, "n_nexp": 40}
    shared = {"shared_nexp": "S", "value": 9, "se": 0.1, **counts}
    risk = read(tmp_path, *(row(name, measure="RR", **shared) for name in "AB"))
    assert risk.yi == pytest.approx([log((10 / 40) / (4 / 20))] * 2)
    assert risk.se**2 == pytest.approx([1 / 10 - 1 / 40 + 1 / 4 - 1 / 20] * 2)
    assert risk.cases.tolist() == [14, 14]
    assert risk.controls.tolist() == [46, 46]
    odds = read(tmp_path, *(row(name, measure="OR", **shared) for name in "AB"))
    assert odds.se**2 == pytest.approx([1 / 10 + 1 / 30 + 1 / 4 + 1 / 16] * 2)
    times = {"n_cases_exp": 10, "time_exp": 50, "n_cases_nexp": 9, "time_nexp": 30}
    rates = read(tmp_path, *(row(name, measure="IRR", shared_nexp="S", **times) for name in "ABC"))
    assert rates.yi == pytest.approx([log((10 / 50) / (3 / 10))] * 3)
    assert rates.se**2 == pytest.approx([1 / 10 + 1 / 3] * 3)


def test_shared_controls_of_case_control_studies_are_divided(tmp_path):
    counts = {"n_cases_exp": 10, "n_controls_exp": 12, "n_cases_nexp": 8, "n_controls_nexp": 30}
    table = read(
        tmp_path, *(row(name, measure="OR", shared_controls="S", **counts) for name in "AB")
    )
    assert table.se**2 == pytest.approx([1 / 10 + 1 / 6 + 1 / 8 + 1 / 15] * 2)
    assert table.controls.tolist() == [21, 21]
    assert table.cases.tolist() == [18, 18]


def test_comparisons_are_counted_in_their_factor_and_outcomes_once():
    factor = list("AAAAB")
    study = ["X", "X", "Y", "Z", "X"]
    label = ["s", "s", "s", "", "s"]
    outcomes = ["outcomes", "outcomes", "", "", ""]
    assert comparisons(factor, study, outcomes, label).tolist() == [2, 2, 2, 1, 1]
    groups = ["groups", "groups", "", "", ""]
    assert comparisons(factor, study, groups, label).tolist() == [3, 3, 3, 1, 1]


def test_shared_arms_that_cannot_be_divided_are_named(tmp_path):
    stated = {"value": 2, "se": 0.2}
    found = wrong(
        tmp_path,
        row("A", measure="HR", shared_nexp="S", **stated),
        row("B", measure="HR", shared_nexp="S", **stated),
        {**row("A", measure="RR", shared_controls="S", **stated), "factor": "B"},
        {**row("B", measure="RR", shared_controls="S", **stated), "factor": "B"},
        {**row("A", measure="OR", shared_nexp="S", **stated), "factor": "C"},
        {**row("B", measure="OR", shared_nexp="S", **stated), "factor": "C"},
        {**row("C", measure="HR", shared_nexp="S", **stated), "factor": "D"},
    )
    assert [problem.where.partition(", ")[2] for problem in found] == [
        "row 2, column shared_nexp", "row 3, column shared_nexp",
        "row 4, column shared_controls", "row 5, column shared_controls", "row 6", "row 7",
    ]  # fmt: skip
    assert found[0].remedy == "Leave the cell empty."
    assert found[2].remedy == "Name the arm in shared_nexp."
    assert "part of the shared arm" in found[4].found


def test_changes_are_not_pooled_with_differences(tmp_path):
    people = {"value": 0.5, "se": 0.2, "n_cases": 20, "n_controls": 20}
    (problem,) = wrong(tmp_path, row(measure="SMD", **people), row("Y", measure="SMC", **people))
    assert problem.where.endswith("row 3, column measure")
    assert "SMC, while the factor began with SMD" in problem.found


def test_a_change_without_its_correlation_is_named(tmp_path):
    (problem,) = wrong(tmp_path, row(**{**PRE_POST, "pre_post_cor": ""}))
    assert "pre_post_cor" in problem.expected
    (problem,) = wrong(tmp_path, row(**{**PRE_POST, "pre_post_cor": 1.2}))
    assert problem.where.endswith("column pre_post_cor")


def test_rows_that_the_table_discards_are_not_read(tmp_path):
    good = {"measure": "logOR", "value": 0.5, "se": 0.2}
    table = read(
        tmp_path,
        row("A", discard="no", **good),
        row("B", discard="yes", measure="logOR", value="unknown"),
        row("C", discard="TRUE", measure="?"),
        row("D", **good),
    )
    assert table.study == ("A", "D")
    assert notes_on(table) == [f"discarded, as the table says: row {n}" for n in (3, 4)]
    (problem,) = wrong(tmp_path, row(discard="maybe", **good))
    assert problem.where.endswith("column discard")
    (problem,) = wrong(tmp_path, row(discard="yes", **good))
    assert problem.found == "no studies that are not discarded"


def test_alleles_count_twice(tmp_path):
    people = {"measure": "logOR", "value": 0.5, "se": 0.2, "n_cases": 20, "n_controls": 30}
    table = read(tmp_path, row(analysis="allelic", **people), row("Y", **people))
    assert table.cases.tolist() == [40, 20]
    assert table.controls.tolist() == [60, 30]


def test_judgements_of_both_tools_for_the_risk_of_bias(tmp_path):
    good = {"measure": "logOR", "value": 0.5, "se": 0.2}
    table = read(
        tmp_path,
        row("A", rob="low", rob1_report="low", indirectness="no indirectness", **good),
        row("B", rob="some concerns", rob2_report="high", indirectness="serious", **good),
        row("C", rob="High", rob2_report="some concerns", **good),
    )
    assert table.words["rob"] == ("low", "unclear", "high")
    assert table.words["report"] == ("low", "high", "unclear")
    assert table.words["indirectness"] == ("no", "serious", "")


def test_a_negative_correlation_of_outcomes(tmp_path):
    cells = {"measure": "logOR", "multiple_es": "outcomes", "se": 0.2}
    pair = [row(value=value, r=-0.5, **cells) for value in (0.2, 0.4)]
    (factor,) = factors_of(read(tmp_path, *pair))
    assert factor.studies.se**2 == pytest.approx([(0.08 - 2 * 0.5 * 0.04) / 4])
    found = wrong(tmp_path, *pair, row(value=0.6, r=-0.5, **cells))
    assert [problem.where.rpartition(" ")[2] for problem in found] == ["r", "r", "r"]
    assert wrong(tmp_path, *(row(value=1, r=1, **cells) for _ in "ab"))


def test_columns_without_a_meaning_are_named(tmp_path):
    good = {"Measure": "logOR", "VALUE": 0.5, "se": 0.2, "meta_review": "R", "rob1_rand": "?"}
    table = read(tmp_path, row(**good, n_case=3, remark="x"))
    assert table.yi.tolist() == [0.5]
    assert notes_on(table) == [
        "passed over, a column that grade does not know: 'n_case'; did you mean 'n_cases'?",
        "passed over, a column that grade does not know: 'remark'",
    ]


def test_every_measure_has_a_scale_and_a_need():
    assert len(set(MEASURES)) == len(MEASURES) == 15
    assert {"pre_post_cor", "mean_pre_cases", "sd_change_controls", "shared_nexp"} <= KNOWN
