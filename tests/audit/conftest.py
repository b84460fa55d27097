from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.load import load_table
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.schemas import TABLES


@pytest.fixture(scope="session")
def data(project: Project, review: Review) -> dict[str, pd.DataFrame]:
    """All tables of the project; tests copy what they change."""
    return {name: load_table(project, name, review) for name in TABLES}
