"""Every entry of the reference for pooled analyses against our result."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from tests.validation.compare import Entry, entries, fields, reference
from tests.validation.exceptions import DEPARTURES, unexplained
from tests.validation.ours import entries_by_key

GRID = list(entries())
# What the reference holds for its ten analyses; nothing may drop out of the comparison.
ENTRIES = 1001
NUMBERS = 28458


def numbers_in(entry: Entry) -> int:
    values = [entry.expected[name] for name in fields(entry)]
    return sum(len(value) if isinstance(value, list) else 1 for value in values)


def test_the_grid_does_not_shrink():
    assert len(GRID) >= ENTRIES
    assert len({str(entry) for entry in GRID}) == len(GRID)
    assert sum(numbers_in(entry) for entry in GRID) >= NUMBERS


@pytest.mark.parametrize("entry", GRID, ids=str)
def test_an_entry(entry):
    ours = entries_by_key(entry.dataset, entry.measure)[(entry.section, *entry.key)]
    told = unexplained(entry, ours)
    assert not told, "\n".join(told)


def test_departures_are_few_and_each_is_met():
    met = {
        one
        for one in DEPARTURES
        for entry in GRID
        if any(one.covers(entry, field) for field in fields(entry))
    }
    assert met == set(DEPARTURES)


def test_power_under_heterogeneity_is_that_of_fine_quadrature():
    """Where R's integration misses a narrow dip, ours is checked by another way."""
    analysis = reference("metafor/dat.bcg.json")["analyses"]["RD"]
    model = next(m for m in analysis["models"] if (m["method"], m["test"]) == ("REML", "z"))
    ours = entries_by_key("dat.bcg", "RD")[("tes", "REML", "chi2")]
    spread, critical = np.sqrt(model["tau2"]), ndtri(0.975)
    effects = np.linspace(model["estimate"] - 9 * spread, model["estimate"] + 9 * spread, 1_000_001)
    density = np.exp(-(((effects - model["estimate"]) / spread) ** 2) / 2)
    density /= spread * np.sqrt(2 * np.pi)
    for variance, power in zip(analysis["vi"], ours["power"], strict=True):
        z = effects / np.sqrt(variance)
        significant = ndtr(z - critical) + ndtr(-z - critical)
        assert np.trapezoid(significant * density, effects) == pytest.approx(power, rel=1e-7)
