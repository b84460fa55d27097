"""The reference as single entries, our result for each, and how far they may lie apart."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).parents[1] / "reference"

# What identifies an entry within its list.
KEYS = {
    "models": ("method", "test"),
    "confint": ("method", "type"),
    "regtest": ("model", "predictor", "method"),
    "trimfill": ("method", "estimator", "side_arg"),
    "leave1out": ("method", "test"),
    "cumul": ("method", "test"),
    "fsn": ("type",),
    "tes": ("model", "test"),
    "influence": ("method",),
}
# Parts of an analysis that are one entry.
SINGLE = ("birge", "ranktest", "largest_study")
# How R was called, its remarks, and what its own default stopping rule gives.
NOT_COMPARED = ("call", "definition", "order_note", "tau2_default_control")
LOG_BELOW = 1e-12  # p values below are compared on the log scale


@dataclass(frozen=True)
class Entry:
    """One entry of one list of one analysis of the reference."""

    dataset: str
    measure: str
    section: str
    key: tuple[Any, ...]
    expected: Mapping[str, Any]

    def __str__(self) -> str:
        name = "-".join("none" if part is None else str(part)[:12] for part in self.key)
        return f"{self.dataset}-{self.measure}-{self.section}-{name}".strip("-")


@dataclass(frozen=True)
class Tolerance:
    """Relative and absolute tolerance; no tolerance means that values are equal."""

    relative: float = 0.0
    absolute: float = 0.0


CLOSED = Tolerance(1e-9, 1e-15)
LIKELIHOOD = ("ML", "REML", "EB", "PM")


@cache
def reference(path: str) -> dict[str, Any]:
    return json.loads((REFERENCE / path).read_text(encoding="utf-8"))


def datasets() -> list[str]:
    return sorted(path.stem for path in (REFERENCE / "metafor").glob("dat.*.json"))


def entries() -> Iterator[Entry]:
    """All entries of all analyses of all data sets."""
    for dataset in datasets():
        for measure, analysis in reference(f"metafor/{dataset}.json")["analyses"].items():
            yield from entries_of(dataset, measure, analysis)


def entries_of(dataset: str, measure: str, analysis: Mapping[str, Any]) -> Iterator[Entry]:
    """The entries of one analysis, ours or the reference's."""
    for section, keys in KEYS.items():
        found = analysis[section]["results"] if section == "cumul" else analysis[section]
        for entry in found:
            yield Entry(dataset, measure, section, tuple(entry[key] for key in keys), entry)
    for section in SINGLE:
        yield Entry(dataset, measure, section, (), analysis[section])
    order = {"order": analysis["cumul"]["order"]}
    yield Entry(dataset, measure, "cumul order", (), order)


def fields(entry: Entry) -> list[str]:
    """The fields of an entry that are compared."""
    return [name for name in entry.expected if name not in NOT_COMPARED]


def tolerance(entry: Entry, field: str) -> Tolerance:
    """How far a field of an entry may lie from the reference."""
    if entry.section == "tes":
        return _tolerance_of_excess(entry, field)
    if entry.section == "confint":
        return Tolerance(1e-5, 1e-8)
    if not set(entry.key) & set(LIKELIHOOD):
        return CLOSED
    if entry.section == "models":
        return Tolerance(1e-7, 1e-9) if field == "tau2" else Tolerance(1e-8, 1e-12)
    if entry.section == "trimfill":  # refits of R stop early there
        counted = field in {"side", "k0", "se_k0", "p_k0"}
        return CLOSED if counted else Tolerance(1e-3, 1e-5)
    return Tolerance(1e-6, 1e-8)


def _tolerance_of_excess(entry: Entry, field: str) -> Tolerance:
    if field == "theta_lim":  # R's search stops at an absolute distance
        return Tolerance(1e-3, 1.3e-4)
    if "EE" in entry.key:
        return Tolerance(1e-6)
    # With heterogeneity R integrates the power numerically; X2 is a small difference's square.
    return Tolerance(1e-4, 1e-6 if field == "X2" else 0.0)


def differences(
    entry: Entry,
    ours: Mapping[str, Any],
    allowed_for: Callable[[Entry, str], Tolerance] = tolerance,
) -> list[str]:
    """What differs, in words; empty where an entry agrees."""
    told = []
    for field in fields(entry):
        if field not in ours:
            told.append(f"{field}: missing")
            continue
        expected, found = entry.expected[field], ours[field]
        allowed = allowed_for(entry, field)
        if isinstance(expected, list):
            if len(expected) != len(found):
                told.append(f"{field}: {len(found)} numbers, not {len(expected)}")
                continue
            pairs = zip(expected, found, strict=True)
        else:
            pairs = zip([expected], [found], strict=True)
        told += [
            f"{field}[{place}]: {ours_!r}, not {theirs!r}"
            for place, (theirs, ours_) in enumerate(pairs)
            if not agree(theirs, ours_, allowed, field)
        ]
    return told


def agree(expected: Any, found: Any, allowed: Tolerance, field: str) -> bool:
    """Whether two values agree."""
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if not isinstance(expected, (int, float)) or not isinstance(found, (int, float)):
        return expected == found
    if field in {"pval", "Qp"} and 0 < expected < LOG_BELOW and found > 0:
        expected, found = math.log(expected), math.log(found)
    return math.isclose(expected, found, rel_tol=allowed.relative, abs_tol=allowed.absolute)
