from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from umbrella_review.effects.correction import approximate_factor, exact_factor, factor

REFERENCE = Path(__file__).parents[1] / "reference" / "metafor" / "escalc.json"
HEDGES = json.loads(REFERENCE.read_text(encoding="utf-8"))["hedges_J"]


def test_both_factors_agree_with_the_reference() -> None:
    np.testing.assert_allclose(exact_factor(HEDGES["m"]), HEDGES["exact"], rtol=1e-9, atol=0)
    np.testing.assert_allclose(approximate_factor(HEDGES["m"]), HEDGES["approx"], rtol=1e-14)


def test_two_degrees_of_freedom_give_one_over_the_root_of_pi() -> None:
    assert float(exact_factor(2)) == pytest.approx(np.pi**-0.5, rel=1e-15)


def test_no_digits_are_lost_for_large_samples() -> None:
    # 1 - J = 3/(4m) + O(1/m^2)
    for m in (1e6, 1e9, 1e12):
        assert 1 - float(exact_factor(m)) == pytest.approx(0.75 / m, rel=1e-3, abs=1e-15)


def test_one_degree_of_freedom_or_fewer_have_no_factor() -> None:
    assert np.isnan(exact_factor([1, 0, -1, np.nan])).all()
    assert np.isnan(approximate_factor([1, 0, -1, np.nan])).all()


def test_the_factor_by_name() -> None:
    assert factor(10, "none") == 1
    assert factor(10, "exact") == exact_factor(10)
    assert factor(10, "approximate") == approximate_factor(10)
