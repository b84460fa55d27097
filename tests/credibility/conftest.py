from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.effects import reported
from umbrella_review.load import load_table
from umbrella_review.paths import Project
from umbrella_review.review import Review


@pytest.fixture(scope="module")
def harmonised(project: Project, review: Review) -> pd.DataFrame:
    """Every reported result, signs turned."""
    return reported.harmonised(load_table(project, "estimates", review))


@pytest.fixture(scope="module")
def results(harmonised: pd.DataFrame) -> pd.DataFrame:
    """The pooled results with numbers."""
    return reported.with_estimate(reported.pooled_results(harmonised, 2))
