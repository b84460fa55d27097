"""Factors of metaumbrella's reference, graded from their raw columns through the command line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from click.testing import CliRunner

from tests.validation.compare import REFERENCE, Entry, Tolerance, reference
from tests.validation.factors import method_of
from umbrella_review.cli import main

FIELDS = (
    *("measure", "scale", "n_studies", "n_cases", "n_controls", "total_n", "value", "z"),
    *("p_value", "ci_lo", "ci_up", "pi_lo", "pi_up", "tau2", "I2", "Q", "Q_p"),
    *("largest_ci_lo", "largest_ci_up", "egger_t", "egger_p", "jackknife_p"),
    *("overall_rob_pct", "report_rob_pct", "perc_contradict", "amstar"),
    *("class_Ioannidis", "class_GRADE", "summary_eG", "summary_eOR", "summary_power_med"),
)
ESB_FIELDS = ("p", "p_TESS", "p_PSST", "z", "observed_sig", "expected_sig", "power", "sig")
STUDY_FIELDS = ("value", "se", "ci_lo", "ci_up", "weight")
_ROUNDED = {"summary_eG": 1e-8, "summary_eOR": 1e-8, "summary_power_med": 1e-6}


def grading_entries() -> Iterator[Entry]:
    """All factors of all runs, flattened to one mapping of fields each."""
    for path in sorted((REFERENCE / "metaumbrella").glob("*.json")):
        for run in reference(f"metaumbrella/{path.name}")["runs"]:
            for name, factor in run["factors"].items():
                known = {
                    field: value
                    for field, value in flat(factor).items()
                    if value is not None or field in {"pi_lo", "pi_up"}
                }
                yield Entry(path.stem, name, run["call"], (method_of(run["call"]),), known)


def flat(factor: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a factor that are compared, those of its parts under dotted names."""
    found = {field: factor.get(field) for field in FIELDS}
    found |= {f"esb.{field}": factor["esb"].get(field) for field in ESB_FIELDS}
    found |= {f"studies.{field}": factor["studies"].get(field) for field in STUDY_FIELDS}
    return found


def grading_tolerance(entry: Entry, field: str) -> Tolerance:
    """How far a field may lie from the reference, which rounds its summaries."""
    (method,) = entry.key
    if field in _ROUNDED:
        allowed = 0.0 if method in {"DL", "hksj", "FE"} else 1e-3
        return Tolerance(allowed, 0.6 * _ROUNDED[field])
    if method in {"DL", "hksj", "FE"} or (field.startswith("studies.") and "weight" not in field):
        return Tolerance(1e-8, 1e-12)
    if field == "esb.z":  # a difference of counts, near zero where it tells nothing
        return Tolerance(1e-3, 1e-3)
    return Tolerance(0.0, 1e-4) if field == "tau2" else Tolerance(1e-3, 1e-6)


def our_grading(entry: Entry) -> Mapping[str, Any]:
    """What the command writes about a factor."""
    return flat(_document(entry.dataset, entry.section)["factors"][entry.measure])


@cache
def _document(dataset: str, call: str) -> Mapping[str, Any]:
    """The document of one run, by the profile that follows metaumbrella."""
    options = ["--method", method_of(call)]
    for test in ("TESS", "PSST"):
        if f'method.esb="{test}"' in call:
            options += ["--esb", test]
    if 'true_effect="largest"' in call:
        options += ["--true-effect", "largest"]
    with TemporaryDirectory() as folder:
        table, out = Path(folder, "studies.csv"), Path(folder, "out.json")
        write_inputs(table, reference(f"metaumbrella/{dataset}.json")["inputs"])
        profile = "metaumbrella-ioannidis"
        arguments = ["grade", str(table), "--profile", profile, *options, "--json", str(out)]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        document: Mapping[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return document


def write_inputs(path: Path, inputs: Mapping[str, list[Any]]) -> None:
    """Write columns as a CSV file; what is not known is an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(inputs)
        for row in zip(*inputs.values(), strict=True):
            writer.writerow(["" if cell is None else cell for cell in row])
