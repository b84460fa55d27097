from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.multiverse.evaluate import Models
from umbrella_review.multiverse.grid import Axis, Option, leave_out_axis


@pytest.fixture
def studies() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "study": ["a", "b", "c", "d", "e"],
            "yi": [0.5, 0.4, 0.1, -0.3, -0.6],
            "vi": [0.01, 0.02, 0.03, 0.04, 0.01],
            "quality": ["high", "high", "low", "low", "low"],
            "year": [2001, 2005, 2003, 2002, 2004],
        }
    )


@pytest.fixture
def axes(studies: pd.DataFrame) -> tuple[Axis, ...]:
    return (
        Axis(
            "Quality",
            (
                Option("any"),
                Option("high", {"quality": ["high"]}),
                Option("excellent", {"quality": ["excellent"]}),
            ),
        ),
        leave_out_axis("Left out", studies["study"], {name: name.upper() for name in "abcde"}),
        Axis(
            "Newest",
            (Option("all"), Option("one", lambda rows: rows["year"].eq(rows["year"].max()))),
        ),
    )


@pytest.fixture
def models() -> Models:
    return Models(("REML", "FE"), ("z", "knha"), ("t_k1", "z"))
