"""The example at the level of primary studies: its data, and its numbers against metafor's."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

from tests.validation.compare import entries_of, reference
from tests.validation.exceptions import unexplained

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "primary_level"
NOTEBOOK = EXAMPLE / "primary_level.ipynb"
ANALYSES = {
    "bcg": "BCG vaccine: tuberculosis",
    "hackshaw1998": "Passive smoking: lung cancer",
    "normand1999": "Specialist stroke care: days in hospital",
    "raudenbush1985": "Teacher expectancy: pupil IQ",
}
DEFAULTS = {"bcg": "RR", "hackshaw1998": "logOR", "normand1999": "SMD", "raudenbush1985": "SMD"}
# Columns of the reference by ours where the names differ.
NAMES = {
    "ai": "tpos",
    "bi": "tneg",
    "ci": "cpos",
    "di": "cneg",
    "or_lb": "or.lb",
    "or_ub": "or.ub",
    "n_cases": "cases",
}


def run(folder: Path, **parameters: str) -> tuple[dict[str, Any], Any]:
    """Execute the notebook by papermill; return its numbers and the executed notebook."""
    results, out = folder / "results.json", folder / "out.ipynb"
    papermill.execute_notebook(
        str(NOTEBOOK),
        str(out),
        parameters={**parameters, "results": str(results)},
        cwd=str(ROOT),
        progress_bar=False,
    )
    return json.loads(results.read_text("utf-8"))["analyses"], nbformat.read(out, as_version=4)


@pytest.fixture(scope="module", autouse=True)
def _package_for_the_kernel():
    """The kernel is a process of its own, which finds the package where this one does."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    yield
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


def differences(dataset: str, measure: str, ours: dict[str, Any]) -> list[str]:
    """What differs between our results of an analysis and the reference, and that much is held."""
    theirs = reference(f"metafor/dat.{dataset}.json")["analyses"][measure]
    assert ours["k"] == theirs["k"]
    assert ours["yi"] == pytest.approx(theirs["yi"], rel=1e-9, abs=1e-15)
    assert ours["vi"] == pytest.approx(theirs["vi"], rel=1e-9, abs=1e-15)
    found = {(e.section, *e.key): e.expected for e in entries_of(dataset, measure, ours)}
    told, compared = [], 0
    for entry in entries_of(f"dat.{dataset}", measure, theirs):
        key = (entry.section, *entry.key)
        if key in found:
            compared += 1
            told += [f"{entry} {line}" for line in unexplained(entry, found[key])]
    # One model, and every diagnostic that the reference has.
    assert compared == len(list(entries_of(dataset, measure, theirs))) - len(theirs["models"]) + 1
    return told


@pytest.mark.slow
def test_its_numbers_are_those_of_metafor(tmp_path):
    found, notebook = run(tmp_path)
    assert list(found) == list(ANALYSES.values())
    for dataset, measure in DEFAULTS.items():
        assert not differences(dataset, measure, found[ANALYSES[dataset]])
    shown = [out["data"] for cell in notebook.cells for out in cell.get("outputs", ())]
    assert sum("image/svg+xml" in data for data in shown) == len(ANALYSES)
    tables = [data["text/markdown"] for data in shown if "text/markdown" in data]
    assert len(tables) == 12
    assert all(name.replace(":", r"\:") in tables[0] for name in ANALYSES.values())


@pytest.mark.slow
def test_its_parameters_change_what_is_computed(tmp_path):
    found, notebook = run(
        tmp_path,
        method="DL",
        test="knha",
        prediction="pi",
        profile="grade",
        measure_bcg="RD",
        measure_stroke="MD",
    )
    for dataset, measure in {**DEFAULTS, "bcg": "RD", "normand1999": "MD"}.items():
        ours = found[ANALYSES[dataset]]
        assert [(one["method"], one["test"]) for one in ours["models"]] == [("DL", "knha")]
        assert not differences(dataset, measure, ours)
    grades = next(cell for cell in notebook.cells if cell.id == "grade-table")
    assert "the rules know no effects as RD" in grades.outputs[0]["data"]["text/markdown"]


@pytest.mark.parametrize("dataset", ANALYSES)
def test_its_data_are_those_that_were_published(dataset):
    with (EXAMPLE / "data" / f"{dataset}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    raw = reference(f"metafor/dat.{dataset}.json")["raw_inputs"]
    assert {row["analysis"] for row in rows} == {ANALYSES[dataset]}
    assert all(row["source"].startswith("doi:10.") for row in rows)
    assert len({row["study"] for row in rows}) == len(rows)
    compared = set(rows[0]) - {"analysis", "study", "source"}
    for column in compared:
        assert [row[column] for row in rows] == [str(cell) for cell in raw[NAMES.get(column, column)]]
    names = raw["author"] if "author" in raw else raw["source"]
    assert all(row["study"].startswith(name) for row, name in zip(rows, names, strict=True))


def test_the_page_about_it_names_every_table():
    page = (EXAMPLE / "README.md").read_text("utf-8")
    for path in (EXAMPLE / "data").glob("*.csv"):
        assert f"`{path.name}`" in page
