"""The rows behind the page on which readers explore."""

from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.effects import reported
from umbrella_review.load import load_table
from umbrella_review.tables.explorer import (
    explorer_estimates,
    explorer_findings,
    explorer_reviews,
)


@pytest.fixture(scope="module")
def loaded(project, review):
    names = ("amstar2", "estimates", "effect_directions", "implementation_findings")
    return {name: load_table(project, name, review) for name in names}


def test_a_review_with_an_open_rating_has_all_that_are_possible(reviews, loaded, review) -> None:
    frame = explorer_reviews(reviews, loaded["amstar2"], review).frame.set_index("review_id")
    assert frame.loc["bassuk_2016", ["ratings", "rating"]].tolist() == [
        "low;critically_low",
        "Low or critically low",
    ]
    assert frame.loc["akerblom_ness_2023", "questions"] == "rq1;rq3"
    assert frame["name"].is_unique


def test_effects_are_harmonised_and_ratios_printed_as_they_are(loaded) -> None:
    rows = reported.harmonised(loaded["estimates"])
    frame = explorer_estimates(rows, pd.Series(False, index=rows.index), "rq1", 2).frame
    frame = frame.set_index("estimate_id")
    assert len(frame) == len(loaded["estimates"])
    smd, ratio = frame.loc["ma001"], frame.loc["ma003"]
    assert (smd["favours"], smd["text"]) == (pytest.approx(0.39), "0.39 (0.24,\xa00.54)")
    assert smd["printed"] == "SMD −0.39 (−0.54,\xa0−0.24)"
    assert (ratio["sign"], ratio["text"]) == (-1, "0.69 (0.49,\xa00.96)")
    assert ratio["favours"] > 0
    assert smd["pooled"]
    others = frame["analysis_type"].ne("main")
    assert others.any()
    assert not frame.loc[others, "pooled"].any()


def test_findings_of_all_tables_have_one_shape(loaded) -> None:
    tables = {
        "rq1": ("effect_directions", loaded["effect_directions"]),
        "rq2": ("implementation_findings", loaded["implementation_findings"]),
    }
    view = explorer_findings(tables)
    assert view.rows[0] == {"effect_directions": ("de001",)}
    frame = view.frame.set_index("finding_id")
    assert len(frame) == sum(len(rows) for _, rows in tables.values())
    columns = ["table", "question", "review_ids", "domain", "topic", "kind"]
    assert frame.loc["de001", columns].tolist() == [
        *("effect_directions", "rq1", "fang_2022", "clinical", "depression"),
        "favours_intervention",
    ]
    assert frame.loc["cf01", columns[1:]].tolist() == [
        *("rq2", "fortuna_2020;ong_2022;mutschler_2022;triece_2022", "rq2", "innovation"),
        "facilitator",
    ]
    assert frame.loc["de001", "time"] == "post-intervention or mixed end points"
    assert pd.isna(frame.loc["cf01", "time"])
