from __future__ import annotations

import numpy as np
import pytest

from umbrella_review.bias.batch import as_batch, divide, one_analysis, weighted_mean
from umbrella_review.errors import StatisticsError


def test_a_single_analysis_is_a_batch_of_one():
    batch = as_batch([0.1, np.nan, 0.3], [0.2, np.nan, 0.1])
    assert batch.yi.shape == (1, 3)
    assert batch.present.tolist() == [[True, False, True]]
    assert batch.k.tolist() == [2]


def test_no_studies_are_one_missing_study():
    batch = as_batch([], [])
    assert batch.yi.shape == (1, 1)
    assert batch.k.tolist() == [0]
    assert [values.size for values in one_analysis([], [])] == [0, 0]


def test_analyses_can_be_taken_out():
    batch = as_batch([[0.1, np.nan], [0.3, 0.4]], [[0.2, np.nan], [0.1, 0.5]]).take(np.array([1]))
    assert (batch.yi.tolist(), batch.k.tolist()) == ([[0.3, 0.4]], [2])


def test_numbers_that_cannot_be_worked_on_are_refused():
    for yi, vi in (([0.1], [0.0]), ([0.1], [np.nan]), ([np.inf], [0.1]), ([0.1], [0.1, 0.2])):
        with pytest.raises(StatisticsError):
            as_batch(yi, vi)


def test_the_mean_of_equal_effects_is_that_effect():
    weights = np.array([[0.1, 0.3, 0.7], [0.0, 0.0, 0.0]])
    mean = weighted_mean(np.full((2, 3), 0.1), weights)
    assert mean[0] == 0.1
    assert np.isnan(mean[1])


def test_a_quotient_without_a_denominator_is_missing():
    assert divide([1.0, 2.0], [0.0, 4.0]).tolist() == pytest.approx([np.nan, 0.5], nan_ok=True)
