from __future__ import annotations

import numpy as np
import pytest

from tests.bias.cases import METAFOR
from umbrella_review.bias.ranktest import ranktest, standardised_deviates


@pytest.mark.parametrize("analysis", METAFOR)
def test_it_agrees_with_the_reference(analysis):
    wanted = METAFOR[analysis]["ranktest"]
    got = ranktest(METAFOR[analysis]["yi"], METAFOR[analysis]["vi"])
    assert got.kendall_tau == pytest.approx(wanted["kendall_tau"], rel=1e-9)
    assert got.pval == pytest.approx(wanted["pval"], rel=1e-9)
    assert got.exact == wanted["exact"]


def test_the_exact_p_value_of_a_perfect_order():
    # Effects rise with variances: 2 of the 4! orders are as extreme.
    got = ranktest([0.0, 0.5, 1.5, 4.0], [0.1, 0.11, 0.12, 0.13])
    assert (got.kendall_tau, got.exact) == (1.0, True)
    assert got.pval == pytest.approx(2 / 24)


def test_many_studies_use_the_normal_approximation():
    random = np.random.default_rng(1)
    assert not ranktest(random.normal(size=300), random.uniform(0.1, 1, 300)).exact
    assert ranktest(random.normal(size=299), random.uniform(0.1, 1, 299)).exact


def test_the_exact_p_value_of_more_than_fifty_studies():
    # metafor 3.8.1: ranktest(yi, vi).
    effects, variances = (np.arange(78) * 31) % 79 / 10, 1 + np.arange(78) / 100
    got = ranktest(effects, variances)
    assert got.kendall_tau == pytest.approx(-0.016317016317016316, rel=1e-9)
    assert got.pval == pytest.approx(0.83648657334876031, rel=1e-9)


@pytest.mark.parametrize(
    ("yi", "vi"),
    [
        ([0.5], [0.1]),
        ([], []),
        ([0.5, 0.5, 0.5], [0.1, 0.2, 0.3]),
        ([0.1, 0.2, 0.3], [0.1, 0.1, 0.1]),
    ],
)
def test_without_order_there_is_no_test(yi, vi):
    got = ranktest(yi, vi)
    assert np.isnan([got.kendall_tau, got.pval]).all()


def test_a_study_with_nearly_all_weight_keeps_its_deviate():
    yi, vi = np.array([0.0, 1.0, 2.0]), np.array([1e-12, 1e6, 1e6])
    deviates = standardised_deviates(yi, vi)
    # Variance of its deviation: v (1 - share) = v² times the weight of the others, so that the
    # first deviate is that of the others' mean, 1.5, from the heavy study.
    assert deviates[0] == pytest.approx(-1.5 * np.sqrt(2e-6))


def test_values_that_differ_by_rounding_are_tied():
    yi = [0.1, 0.7, 0.7, 1.5, 2.0]
    above = np.nextafter(4.0, 5.0)
    wanted = ranktest(yi, [1.0, 4.0, 4.0, 3.0, 5.0])
    assert not wanted.exact
    # As of two tables whose groups are exchanged: Collins and others 1985 have such a pair.
    assert ranktest(yi, [1.0, above, 4.0, 3.0, 5.0]) == wanted
    assert ranktest(yi, [1.0, 4.0, above, 3.0, 5.0]) == wanted


def test_more_than_one_analysis_is_refused():
    with pytest.raises(ValueError, match="one analysis"):
        ranktest(np.ones((2, 3)), np.ones((2, 3)))
