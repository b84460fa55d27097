"""Results as printed tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from umbrella_review.tables.empty import MESSAGE
from umbrella_review.tables.results import result_table

FRAME = pd.DataFrame(
    {
        "analysis": ["a | b", "c"],
        "k": [3, 12],
        "k0": [2.0, np.nan],
        "estimate": [0.5, 0.00042],
        "ci_lb": [-0.25, np.nan],
        "ci_ub": [1.0, 1.0],
        "egger_pval": [0.00001, 0.2],
        "found": [1e-9, "0.1 to 0.3"],
        "exact": [True, False],
    }
)


def test_cells_by_what_they_are():
    view = result_table(
        FRAME,
        {
            "Analysis": "analysis",
            "k": "k",
            "Filled": "k0",
            "Estimate": ("estimate", "ci_lb", "ci_ub"),
            "CI": ("ci_lb", "ci_ub"),
            "p": "egger_pval",
            "Found": "found",
            "Exact": "exact",
        },
    )
    assert view.frame.to_numpy().tolist() == [
        ["a | b", "3", "2", "0.50 (−0.25, 1.00)", "−0.25 to 1.00", "<0.0001", "1.0e−09", "yes"],
        ["c", "12", "–", "0.00042", "–", "0.20", "0.1 to 0.3", "no"],
    ]
    assert view.align["Estimate"] == view.align["k"] == "right"
    assert "Analysis" not in view.align
    assert r"a \| b" in view.to_markdown()


def test_nothing_is_said_to_be_nothing():
    assert result_table(FRAME[:0], {"k": "k"}).frame.iloc[0, 0] == MESSAGE
