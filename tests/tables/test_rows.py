from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from umbrella_review.tables.rows import (
    EVERY,
    group_rows,
    many_rows,
    one_row,
    read_rows,
    together,
    write_rows,
)
from umbrella_review.tables.view import TableView


def test_an_id_that_is_missing_stands_for_no_row():
    assert one_row("reviews", ["a", None, float("nan"), pd.NA]) == [{"reviews": ("a",)}, {}, {}, {}]


def test_an_id_counts_once():
    assert many_rows("reviews", [["a", "b", "a"], ()]) == [{"reviews": ("a", "b")}, {}]


def test_groups_without_rows_rest_on_nothing():
    frame = pd.DataFrame({"estimate_id": ["e1", "e2", "e3"], "outcome_group": ["x", "y", "x"]})
    found = group_rows("estimates", frame, "estimate_id", "outcome_group", ["y", "z", "x"])
    assert found == [{"estimates": ("e2",)}, {}, {"estimates": ("e1", "e3")}]


def test_ids_of_one_table_are_joined_and_tables_stay_apart():
    first = [{"estimates": ("e1",)}, {"estimates": EVERY}]
    second = [{"estimates": ("e2", "e1"), "reviews": ("a",)}, {}]
    assert together(first, second) == [
        {"estimates": ("e1", "e2"), "reviews": ("a",)},
        {"estimates": EVERY},
    ]
    with pytest.raises(ValueError, match="shorter"):
        together(first, second[:1])


def test_what_is_written_is_read_again(tmp_path: Path):
    tables = {"tbl-b": [{"reviews": ("é",)}, {}], "tbl-a": [{"reviews": EVERY}]}
    write_rows(tables, tmp_path / "rows.json")
    assert read_rows(tmp_path / "rows.json") == tables
    lines = (tmp_path / "rows.json").read_text(encoding="utf-8").splitlines()
    assert [line[:8] for line in lines] == ["{", '"tbl-a":', '"tbl-b":', "}"]
    write_rows({}, tmp_path / "rows.json")
    assert read_rows(tmp_path / "rows.json") == {}


def test_a_table_has_rows_behind_each_of_its_rows_or_behind_none():
    frame = pd.DataFrame({"n": ["1", "2"]})
    assert TableView(frame).rows == ()
    assert len(TableView(frame, rows=[{}, {}]).rows) == 2
    with pytest.raises(ValueError, match="rows behind 1 of 2 printed rows"):
        TableView(frame, rows=[{}])
