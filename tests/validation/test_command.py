"""The command line from raw columns to the document, against the reference."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.validation.compare import entries_of
from tests.validation.exceptions import unexplained
from tests.validation.ours import analyses, raw_columns
from umbrella_review.cli import main

ANALYSES = analyses()


def pooled(folder: Path, dataset: str, measure: str, *options: str) -> dict[str, Any]:
    """What the command writes for the raw columns of a data set."""
    columns = raw_columns(dataset, measure)
    path, out = folder / "studies.csv", folder / "out.json"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["analysis", *columns])
        writer.writerows([measure, *row] for row in zip(*columns.values(), strict=True))
    given = [] if "yi" in columns else ["--measure", measure]
    result = CliRunner().invoke(main, ["pool", str(path), *given, *options, "--json", str(out)])
    assert result.exit_code == 0, result.output
    return json.loads(out.read_text(encoding="utf-8"))["analyses"][measure]


@pytest.mark.parametrize(
    ("dataset", "measure", "analysis"),
    ANALYSES,
    ids=[f"{dataset}-{measure}" for dataset, measure, _ in ANALYSES],
)
def test_a_data_set_from_its_raw_columns(tmp_path, dataset, measure, analysis):
    ours = pooled(tmp_path, dataset, measure, "--method", "all", "--test", "all", "--full")
    assert ours["k"] == analysis["k"]
    assert ours.get("ni") == analysis.get("ni")
    for name in ("yi", "vi"):
        assert ours[name] == pytest.approx(analysis[name], rel=1e-9, abs=1e-15)
    found = {(e.section, *e.key): e.expected for e in entries_of(dataset, measure, ours)}
    told = {
        str(entry): unexplained(entry, found[(entry.section, *entry.key)])
        for entry in entries_of(dataset, measure, analysis)
    }
    assert not {name: lines for name, lines in told.items() if lines}


def test_the_document_has_every_field_of_the_reference(tmp_path):
    """Fields that the reference has and the document lacks would escape a user."""
    dataset, measure, analysis = ANALYSES[0]
    assert set(analysis) <= set(pooled(tmp_path, dataset, measure, "--full"))
