from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.effects.intervals import critical_value, p_value, standard_error, z_statistic


def test_critical_values_of_the_usual_levels() -> None:
    assert critical_value(0.95) == pytest.approx(1.959964, abs=1e-6)
    assert critical_value(0.99) == pytest.approx(2.575829, abs=1e-6)


@pytest.mark.parametrize("level", [0, 1, 95, -0.5])
def test_a_level_that_is_no_share_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        critical_value(level)


def test_the_example_of_altman_and_bland() -> None:
    # BMJ 343:d2304: a difference of 5.4 with 95% CI 1.5 to 9.3 has SE 1.99, z 2.71, P 0.007;
    # a risk ratio of 0.81 (0.70 to 0.94) has, on the log scale, z 2.79 and P 0.005.
    z = z_statistic(5.4, 1.5, 9.3)
    assert float(standard_error(1.5, 9.3)) == pytest.approx(1.99, abs=0.005)
    assert float(z) == pytest.approx(2.71, abs=0.005)
    assert float(p_value(z)) == pytest.approx(0.007, abs=0.0005)


def test_missing_numbers_stay_missing_and_shapes_are_kept() -> None:
    lower, upper = np.array([[0.1, np.nan]]), np.array([[0.3, 0.4]])
    error = standard_error(lower, upper)
    assert error.shape == (1, 2)
    assert np.isnan(error[0, 1])
    assert np.isnan(p_value(np.nan))


def test_an_interval_without_width_has_no_z() -> None:
    assert np.isnan(z_statistic(0.2, 0.2, 0.2))


@given(
    mean=st.floats(-5, 5),
    error=st.floats(0.01, 5),
    level=st.floats(0.5, 0.999),
)
def test_the_standard_error_comes_back(mean: float, error: float, level: float) -> None:
    half = critical_value(level) * error
    assert float(standard_error(mean - half, mean + half, level)) == pytest.approx(error)
    z = float(z_statistic(mean, mean - half, mean + half, level))
    assert z == pytest.approx(mean / error, abs=1e-6)
    assert float(p_value(z)) == pytest.approx(float(p_value(-z)))
