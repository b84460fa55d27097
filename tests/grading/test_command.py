"""``umbrella grade``: tables in, documents and messages out."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

from umbrella_review.cli import main
from umbrella_review.grading.factors import factors_of
from umbrella_review.grading.table import read_studies

HEAD = (
    "factor,author,year,measure,value,se,ci_lo,ci_up,n_cases,n_controls,n_sample,rob,multiple_es,"
    "r,reverse_es,mean_cases,sd_cases,mean_controls,sd_controls,n_cases_exp,time_exp,"
    "n_cases_nexp,time_nexp"
)
NAMES = HEAD.split(",")


def table(tmp_path, *rows):
    lines = [HEAD, *(",".join(str(row.get(name, "")) for name in NAMES) for row in rows)]
    path = tmp_path / "studies.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def row(author="X", measure="logOR", **cells):
    return {"factor": "A", "author": author, "measure": measure, **cells}


def one(tmp_path, *rows):
    (factor,) = factors_of(read_studies(table(tmp_path, *rows)))
    return factor


def test_outcomes_of_a_study_are_averaged_with_their_correlation(tmp_path):
    cells = {"multiple_es": "outcomes", "n_cases": 50, "n_controls": 60}
    first = row(value=0.2, se=0.1, **cells)
    second = row(value=0.4, se=0.3, **cells)
    factor = one(tmp_path, first, second)
    assert factor.studies.yi == pytest.approx([0.3])
    assert factor.studies.se**2 == pytest.approx([(0.01 + 0.09 + 2 * 0.5 * 0.03) / 4])
    assert factor.evidence.n_cases == 50
    stated = one(tmp_path, {**first, "r": 0.8}, {**second, "r": 0.8})
    assert stated.studies.se**2 == pytest.approx([(0.1 + 2 * 0.8 * 0.03) / 4])


def test_groups_of_a_study_are_pooled_and_their_people_added(tmp_path):
    cells = {"multiple_es": "groups", "n_cases": 50, "n_controls": 60}
    factor = one(tmp_path, row(value=0.2, se=0.1, **cells), row(value=0.4, se=0.3, **cells))
    weights = np.array([100, 100 / 9])
    assert factor.studies.yi == pytest.approx([(weights * [0.2, 0.4]).sum() / weights.sum()])
    assert factor.studies.se == pytest.approx([1 / np.sqrt(weights.sum())])
    assert factor.evidence.n_cases == 100


@pytest.mark.parametrize(
    ("cells", "yi", "se"),
    [
        ({"measure": "R", "value": 0.5, "n_sample": 103}, np.arctanh(0.5), 0.1),
        ({"measure": "Z", "value": 0.5, "n_sample": 103}, 0.5, 0.1),
        ({"measure": "HR", "value": 2, "ci_lo": 1, "ci_up": 4}, np.log(2), np.log(4) / 3.919928),
        ({"measure": "logHR", "value": 0.5, "se": 0.2}, 0.5, 0.2),
        ({"measure": "logHR", "value": 0.5, "se": 0.2, "reverse_es": "reverse"}, -0.5, 0.2),
        ({"measure": "G", "value": 0.5, "se": 0.2, "n_cases": 9, "n_controls": 9}, 0.5, 0.2),
        (
            {
                "measure": "IRR", "n_cases_exp": 10, "time_exp": 100,
                "n_cases_nexp": 20, "time_nexp": 100,
            },
            np.log(0.5),
            np.sqrt(0.15),
        ),
    ],
)  # fmt: skip
def test_effects_of_every_family(tmp_path, cells, yi, se):
    factor = one(tmp_path, row(**cells))
    assert factor.studies.yi[0] == pytest.approx(yi)
    assert factor.studies.se[0] == pytest.approx(se, rel=1e-6)
    assert factor.evidence.value == pytest.approx(yi)


def test_a_difference_of_means_equals_its_means(tmp_path):
    people = {"n_cases": 30, "n_controls": 40}
    means = {"mean_cases": 12, "sd_cases": 2, "mean_controls": 11, "sd_controls": 2}
    error = 2 * np.sqrt(1 / 30 + 1 / 40)
    stated = one(tmp_path, row(measure="MD", value=1, se=error, **people))
    raw = one(tmp_path, row(measure="SMD", **means, **people))
    assert stated.studies.yi == pytest.approx(raw.studies.yi)
    assert stated.studies.se == pytest.approx(raw.studies.se)


def test_a_single_study_stands_for_the_pool(tmp_path):
    people = {"n_cases": 10, "n_controls": 10}
    factor = one(tmp_path, row(measure="SMD", value=0.9, se=0.4, **people))
    assert factor.evidence.ci_lo == factor.studies.ci_lo[0]
    assert np.isnan([factor.evidence.pi_lo, factor.evidence.i2, factor.evidence.egger_p]).all()
    assert factor.evidence.jackknife_p.size == 0


def test_bad_rows_are_all_named(tmp_path):
    path = table(
        tmp_path,
        row(value=0.2, se=0.1),
        row(value=0.2, se=0.1),
        row("Y", value="abc", se=0.1),
        row("Z", "ORR", value=1.2, se=0.1),
        row("U", value=0.2),
        row("V", "RR", value=1.2, se=0.1),
        row("W", value=0.2, se=0.1, rob="lwo"),
        row("", value=0.2, se=0.1),
        row("T", value=0.2, ci_lo=0.4, ci_up=0.6),
    )
    result = CliRunner().invoke(main, ["grade", str(path)])
    assert result.exit_code == 2
    for number in (3, 4, 5, 6, 7, 8, 9, 10):
        assert f"row {number}" in result.stderr
    assert "8 problems" in result.stderr


def test_impossible_counts_are_named_by_their_columns(tmp_path):
    counts = {"n_cases_exp": 12.5, "time_exp": 10, "n_cases_nexp": -3, "time_nexp": 10}
    path = table(tmp_path, row(measure="IRR", **counts))
    result = CliRunner().invoke(main, ["grade", str(path)])
    assert result.exit_code == 2
    assert "row 2, column n_cases_nexp" in result.stderr


def test_cases_beyond_their_group_are_named(tmp_path):
    path = tmp_path / "studies.csv"
    path.write_text(
        "factor,author,measure,n_cases_exp,n_exp,n_cases_nexp,n_nexp\nA,X,RR,12,10,3,10\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["grade", str(path)])
    assert result.exit_code == 2
    assert "row 2, column n_cases_exp" in result.stderr
    assert "12, with n_exp 10" in result.stderr


def test_missing_columns_are_named(tmp_path):
    path = tmp_path / "studies.csv"
    path.write_text("factor,autor,value,se\nA,X,1,1\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["grade", str(path)])
    assert result.exit_code == 2
    assert "'author'" in result.stderr
    assert "'measure'" in result.stderr


def test_documents_and_tables(tmp_path):
    path = table(
        tmp_path,
        *(row(name, value=0.2 + 0.01 * i, se=0.05) for i, name in enumerate("UVWXYZ")),
    )
    out = tmp_path / "out.json"
    result = CliRunner().invoke(main, ["grade", str(path), "--json", str(out)])
    assert result.exit_code == 0
    factor = json.loads(out.read_text(encoding="utf-8"))["factors"]["A"]
    assert factor["class"] == factor["class_Ioannidis"] == "not assessable"
    assert "number of cases" in factor["class_reason"]
    assert {one["status"] for one in factor["trail"]} == {"met", "not assessable"}
    assert set(factor["trail"][0]) == {"part", "name", "value", "threshold", "status", "reason"}
    shown = CliRunner().invoke(main, ["grade", str(path), "--profile", "metaumbrella-grade"])
    assert shown.exit_code == 0
    assert "Very weak" in shown.stdout


def test_the_profile_of_the_project_is_the_default(tmp_path, project, monkeypatch):
    path = table(tmp_path, row(value=0.2, se=0.1, n_cases=50, n_controls=60))
    text = project.review_file.read_text(encoding="utf-8")
    own = "grading:\n  profile: custom\n  name: Ours\n  classes:\n    II:\n      p_value: 0.5\n"
    review = tmp_path / "review.yml"
    review.write_text(text[: text.index("grading:")] + own, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    assert "Graded by Ours" in runner.invoke(main, ["grade", str(path)]).stdout
    named = runner.invoke(main, ["grade", str(path), "--profile", "grade"])
    assert "Graded by grade" in named.stdout
    monkeypatch.chdir("/")
    assert "Graded by ioannidis" in runner.invoke(main, ["grade", str(path)]).stdout
    inside = runner.invoke(main, ["--project", str(tmp_path), "grade", str(path)])
    assert "Graded by Ours" in inside.stdout
    review.write_text(review.read_text(encoding="utf-8").replace("0.5", "5"), encoding="utf-8")
    wrong = runner.invoke(main, ["--project", str(tmp_path), "grade", str(path)])
    assert wrong.exit_code == 2
    assert "grading.classes.II.p_value" in wrong.stderr


def test_a_document_that_cannot_be_written_is_told(tmp_path):
    path = table(tmp_path, row(value=0.2, se=0.1))
    out = tmp_path / "missing" / "out.json"
    result = CliRunner().invoke(main, ["grade", str(path), "--json", str(out)])
    assert isinstance(result.exception, SystemExit)
    assert "out.json" in result.stderr


def test_columns_that_are_passed_over_are_told_beside_the_results(tmp_path):
    path = tmp_path / "studies.csv"
    head = "factor,author,measure,value,se,n_case,discard\n"
    path.write_text(f"{head}A,X,logOR,0.2,0.1,9,\nA,Y,logOR,0.2,0.1,9,yes\n", encoding="utf-8")
    out = tmp_path / "out.json"
    result = CliRunner().invoke(main, ["grade", str(path), "--json", str(out)])
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "discarded, as the table says: row 3",
        "passed over, a column that grade does not know: 'n_case'; did you mean 'n_cases'?",
    ]
    assert json.loads(out.read_text(encoding="utf-8"))["factors"]["A"]["n_studies"] == 1
