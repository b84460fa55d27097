from __future__ import annotations

import numpy as np
import pytest

from tests.bias.cases import METAFOR
from umbrella_review.bias.largest import largest_study


@pytest.mark.parametrize("analysis", METAFOR)
def test_it_agrees_with_the_reference(analysis):
    wanted = METAFOR[analysis]["largest_study"]
    got = largest_study(METAFOR[analysis]["yi"], METAFOR[analysis]["vi"])
    assert got.index[0] + 1 == wanted["index_1based"]
    for name in ("yi", "se", "ci_lb", "ci_ub"):
        assert getattr(got, name)[0] == pytest.approx(wanted[name], rel=1e-9)


YI = [[0.9, -0.2, 0.5], [0.9, 0.2, np.nan], [np.nan, np.nan, np.nan]]
VI = [[0.01, 0.2, 0.3], [0.3, 0.1, np.nan], [np.nan, np.nan, np.nan]]


def test_samples_decide_and_of_equal_ones_the_smaller_effect():
    got = largest_study(YI, VI, [[10, 99, 99], [80, 70, np.nan], [1, 1, 1]])
    assert got.index.tolist() == [1, 0, -1]
    assert np.isnan([got.yi[2], got.ci_lb[2]]).all()


def test_a_missing_sample_makes_the_variance_decide():
    got = largest_study(YI, VI, [[10, np.nan, 99], [np.nan, 70, 1], [1, 1, 1]])
    assert got.index.tolist() == [0, 1, -1]
