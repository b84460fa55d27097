"""Entries of the reference that differ from exact results, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.validation.compare import Entry, Tolerance, differences, tolerance


@dataclass(frozen=True)
class Departure:
    """Entries and fields that agree less than others do.

    `key` names the parts of an entry's key that count; `allowed` is how far they may lie apart
    nevertheless, so that a departure does not hide an error.
    """

    dataset: str
    measure: str
    section: str
    key: tuple[Any, ...]
    fields: tuple[str, ...]
    allowed: Tolerance
    reason: str

    def covers(self, entry: Entry, field: str) -> bool:
        own = entry.dataset, entry.measure, entry.section
        return (
            own == (self.dataset, self.measure, self.section)
            and set(self.key) <= set(entry.key)
            and field in self.fields
        )


DEPARTURES = (
    Departure(
        "dat.bcg",
        "RD",
        "tes",
        ("REML",),
        ("E", "OE_ratio", "X2", "pval", "power"),
        Tolerance(0.06),
        "R's adaptive integration of the power over the true effects misses the narrow dip at 0 of "
        "three very large studies (power 0.9999994, the mass within five standard deviations); "
        "the closed form gives 0.983 to 0.988, and so does quadrature on a fine grid.",
    ),
    Departure(
        "dat.bcg",
        "AS",
        "trimfill",
        ("REML", "R0"),
        ("estimate", "pval", "ci_ub", "tau2", "Q", "filled_yi"),
        Tolerance(1e-2),
        "R trims with its default stopping rule, an absolute change of tau2 below 1e-5, where tau2 "
        "of the trimmed studies is 4.7e-5: its iteration stops at 5.2e-5. With that rule the "
        "filled effects are reproduced to all digits; ours are those of the optimum.",
    ),
)


def departure(entry: Entry, field: str) -> Departure | None:
    """The departure that covers a field of an entry, if there is one."""
    return next((one for one in DEPARTURES if one.covers(entry, field)), None)


def unexplained(entry: Entry, ours: Mapping[str, Any]) -> list[str]:
    """What differs by more than tolerance and departures allow."""

    def allowed(of: Entry, field: str) -> Tolerance:
        known = departure(of, field)
        return known.allowed if known else tolerance(of, field)

    return differences(entry, ours, allowed)
