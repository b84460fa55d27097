"""Every factor of every run of metaumbrella's reference against our pooled results."""

from __future__ import annotations

import pytest

from tests.validation.compare import differences
from tests.validation.factors import factor_entries, factor_tolerance, our_factor

FACTORS = list(factor_entries())


def test_the_factors_do_not_shrink():
    assert len(FACTORS) >= 94
    assert sum(len(entry.expected) for entry in FACTORS) >= 1376


@pytest.mark.parametrize("entry", FACTORS, ids=str)
def test_a_factor(entry):
    ours = our_factor(entry.dataset, entry.measure, entry.section)
    told = differences(entry, ours, factor_tolerance)
    assert not told, "\n".join(told)
