"""Every single call of the reference that computes effect sizes."""

from __future__ import annotations

import numpy as np
import pytest

from tests.validation.compare import reference
from umbrella_review.effects.escalc import escalc

CASES = reference("metafor/escalc.json")["cases"]


def test_the_cases_do_not_shrink():
    assert len(CASES) >= 48


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['measure']}-{case['options']}")
def test_a_case(case):
    given = {name: np.array(column, dtype=float) for name, column in case["inputs"].items()}
    yi, vi = escalc(case["measure"], given, **(case["options"] or {}))
    for ours, expected in ((yi, case["yi"]), (vi, case["vi"])):
        wanted = np.array(expected, dtype=float)
        assert ours == pytest.approx(wanted, rel=1e-9, abs=1e-15, nan_ok=True)
