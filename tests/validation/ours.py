"""Our results for all analyses of the reference, computed in one call."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np

from tests.validation.compare import datasets, entries_of, reference
from umbrella_review.synthesis.document import document_of
from umbrella_review.synthesis.options import ALL, Options
from umbrella_review.synthesis.plain import plain
from umbrella_review.synthesis.read import StudyTable
from umbrella_review.synthesis.run import synthesise


def analyses() -> list[tuple[str, str, dict[str, Any]]]:
    """Data set, measure and results of every analysis of the reference."""
    return [
        (dataset, measure, analysis)
        for dataset in datasets()
        for measure, analysis in reference(f"metafor/{dataset}.json")["analyses"].items()
    ]


def years(dataset: str, k: int) -> list[float]:
    return reference(f"metafor/{dataset}.json")["raw_inputs"].get("year", [np.nan] * k)


@cache
def document() -> dict[str, Any]:
    """All analyses as one ragged batch: effects of the reference in, all results out."""
    columns: dict[str, list[Any]] = {name: [] for name in ("analysis", "yi", "vi", "ni", "year")}
    for dataset, measure, analysis in analyses():
        k = analysis["k"]
        columns["analysis"] += [f"{dataset} {measure}"] * k
        columns["yi"] += analysis["yi"]
        columns["vi"] += analysis["vi"]
        columns["ni"] += analysis.get("ni") or [np.nan] * k
        columns["year"] += years(dataset, k)
    names = tuple(columns.pop("analysis"))
    places = tuple(f"row {number}" for number in range(2, len(names) + 2))
    numbers = {name: np.array(column, dtype=float) for name, column in columns.items()}
    reasons = ("",) * len(names)
    table = StudyTable("reference", "GEN", ("yi", "vi"), names, places, reasons, **numbers)
    return plain(document_of(synthesise(table, Options(ALL, ALL, full=True))))


@cache
def entries_by_key(dataset: str, measure: str) -> dict[tuple[Any, ...], Any]:
    found = entries_of(dataset, measure, document()["analyses"][f"{dataset} {measure}"])
    return {(entry.section, *entry.key): entry.expected for entry in found}


def raw_columns(dataset: str, measure: str) -> dict[str, list[Any]]:
    """The columns of a data set under the names that `umbrella pool` reads."""
    content = reference(f"metafor/{dataset}.json")
    raw = content["raw_inputs"]
    names = dict(re.findall(r"(\w+)=(\w+)", content["analyses"][measure]["escalc"]))
    if not names:  # effects as given, with sizes of groups where there are any
        names = {name: name for name in ("yi", "vi", "n1i", "n2i") if name in raw}
    names |= {"year": "year"} if "year" in raw else {}
    return {name: raw[column] for name, column in names.items()}
