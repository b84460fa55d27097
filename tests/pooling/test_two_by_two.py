"""Mantel-Haenszel and Peto against sums over tables, and on sparse tables."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.pooling.reference import raw
from umbrella_review.errors import StatisticsError
from umbrella_review.pooling.two_by_two import MEASURES, mantel_haenszel, peto

BCG = raw("dat.bcg")
CELLS = [BCG[name].astype(float) for name in ("tpos", "tneg", "cpos", "cneg")]


def by_hand(measure):
    top = bottom = spread = 0.0
    rows = list(zip(*CELLS, strict=True))
    for a, b, c, d in rows:
        n1, n2 = a + b, c + d
        n = n1 + n2
        if measure == "OR":
            top, bottom = top + a * d / n, bottom + b * c / n
        elif measure == "RR":
            top, bottom = top + a * n2 / n, bottom + c * n1 / n
            spread += (n1 * n2 * (a + c) - a * c * n) / n**2
        else:
            top, bottom = top + (a * n2 - c * n1) / n, bottom + n1 * n2 / n
    if measure == "RR":
        return math.log(top / bottom), math.sqrt(spread / (top * bottom))
    if measure == "RD":
        for a, b, c, d in rows:
            n1, n2 = a + b, c + d
            n = n1 + n2
            spread += top / bottom * (n1**2 * c - n2**2 * a + n1 * n2 * (n2 - n1) / 2) / n**2
            spread += (a * (n2 - c) + c * (n1 - a)) / n / 2
        return top / bottom, math.sqrt(spread) / bottom
    for a, b, c, d in rows:
        n = a + b + c + d
        r, s, p, q = a * d / n, b * c / n, (a + d) / n, (b + c) / n
        spread += p * r / (2 * top**2) + q * s / (2 * bottom**2)
        spread += (p * s + q * r) / (2 * top * bottom)
    return math.log(top / bottom), math.sqrt(spread)


@pytest.mark.parametrize("measure", MEASURES)
def test_mantel_haenszel_by_hand(measure):
    found = mantel_haenszel(*CELLS, measure=measure)
    estimate, se = by_hand(measure)
    assert found.k[0] == BCG["tpos"].size
    assert found.estimate[0] == pytest.approx(estimate, rel=1e-12)
    assert found.se[0] == pytest.approx(se, rel=1e-12)
    assert found.ci_ub[0] == pytest.approx(estimate + 1.959963984540054 * se, rel=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
def test_one_table_gives_its_own_ratio(measure):
    a, b, c, d = 4.0, 16.0, 10.0, 15.0
    found = mantel_haenszel([a], [b], [c], [d], measure=measure)
    if measure == "OR":
        expected, variance = math.log(a * d / b / c), 1 / a + 1 / b + 1 / c + 1 / d
    elif measure == "RR":
        expected, variance = math.log(a / 20 / (c / 25)), 1 / a - 1 / 20 + 1 / c - 1 / 25
    else:
        # Sato's variance of equal risks in groups of equal size is that of a difference.
        same = mantel_haenszel([5], [15], [5], [15], measure="RD").se[0]
        assert same == pytest.approx(math.sqrt(2 * 0.25 * 0.75 / 20), rel=1e-12)
        expected, variance = a / 20 - c / 25, found.se[0] ** 2
    assert found.estimate[0] == pytest.approx(expected, rel=1e-12)
    assert found.se[0] ** 2 == pytest.approx(variance, rel=1e-12)


def test_peto_by_hand():
    difference = information = 0.0
    for a, b, c, d in zip(*CELLS, strict=True):
        n = a + b + c + d
        difference += a - (a + b) * (a + c) / n
        information += (a + b) * (c + d) * (a + c) * (b + d) / (n**2 * (n - 1))
    found = peto(*CELLS)
    assert found.estimate[0] == pytest.approx(difference / information, rel=1e-12)
    assert found.se[0] == pytest.approx(1 / math.sqrt(information), rel=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
def test_swapping_the_groups_turns_the_sign(measure):
    a, b, c, d = CELLS
    one, other = (
        mantel_haenszel(a, b, c, d, measure=measure),
        mantel_haenszel(c, d, a, b, measure=measure),
    )
    assert one.estimate[0] == pytest.approx(-other.estimate[0], rel=1e-12)
    assert one.se[0] == pytest.approx(other.se[0], rel=1e-12)


def test_sparse_tables():
    a, b, c, d = [0.0, 1], [10.0, 9], [0.0, 0], [10.0, 10]
    for measure in ("OR", "RR"):
        found = mantel_haenszel(a, b, c, d, measure=measure)
        assert np.isnan([found.estimate[0], found.se[0], found.pval[0]]).all()
    assert mantel_haenszel(a, b, c, d, measure="RD").estimate[0] == pytest.approx(0.05)
    found = peto(a, b, c, d)
    assert found.k[0] == 1
    assert np.isfinite(found.se[0])
    nothing = peto([0.0], [5.0], [0.0], [5.0])
    assert nothing.k[0] == 0
    assert np.isnan(nothing.estimate[0])


def test_batch_with_missing_tables():
    wide = [np.vstack([cell, np.where(np.arange(cell.size) < 5, cell, np.nan)]) for cell in CELLS]
    found = mantel_haenszel(*wide)
    alone = mantel_haenszel(*(cell[:5] for cell in CELLS))
    assert found.k.tolist() == [13, 5]
    assert found.estimate[1] == pytest.approx(alone.estimate[0], rel=1e-13)


@pytest.mark.parametrize(
    "cells",
    [
        ([-1], [1], [1], [1]),
        ([0], [0], [1], [1]),
        ([np.nan], [1], [1], [1]),
        ([1, 2], [1], [1], [1]),
    ],
)
def test_bad_tables_are_refused(cells):
    with pytest.raises(StatisticsError):
        mantel_haenszel(*cells)
    with pytest.raises(StatisticsError):
        peto(*cells)


def test_measures_are_named():
    with pytest.raises(StatisticsError):
        mantel_haenszel(*CELLS, measure="HR")
