"""Comparing results: what counts as the same, and where a difference lies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.build.publish import MANIFEST, write_manifest
from umbrella_review.release.compare import Comparison, compare
from umbrella_review.release.contents import (
    compare_ledger,
    compare_notebooks,
    compare_tables,
    compare_values,
)
from umbrella_review.release.difference import (
    TOLERANCE,
    Difference,
    first_change,
    same,
    same_text,
    shown,
)
from umbrella_review.release.manifest import Manifest, read_files
from umbrella_review.release.origin import Origin

NUMBERS = st.floats(1e-3, 1e6)


@given(NUMBERS, st.floats(-0.9, 0.9))
def test_floats_may_differ_within_the_tolerance(number: float, part: float) -> None:
    other = number * (1 + part * TOLERANCE)
    assert same(number, other)
    assert same_text(repr(number), repr(other))


@given(NUMBERS, st.floats(1.1, 1e6) | st.floats(-1e6, -1.1))
def test_floats_beyond_the_tolerance_differ(number: float, part: float) -> None:
    other = number * (1 + part * TOLERANCE)
    assert not same(number, other)
    assert not same_text(repr(number), repr(other))


@given(st.integers(), st.integers())
def test_integers_are_the_same_only_if_equal(one: int, two: int) -> None:
    assert same(one, two) is same_text(str(one), str(two)) is (one == two)


@pytest.mark.parametrize(
    ("old", "new"), [(1, 1.0), (1, True), ("1", 1), (0.0, 1e-300), ("a", "A"), ([1], [2])]
)
def test_other_values_must_be_equal_and_of_one_type(old: object, new: object) -> None:
    assert not same(old, new)
    assert same(old, old)


def test_words_in_cells_are_not_numbers() -> None:
    assert same(float("nan"), float("nan"))
    assert not same_text("see 1.", "see 1.0")
    assert not same_text("1000000000", "1000000000.1")
    assert not same_text("10000000001", "10000000000")


def value(key: str, number: object, **others: object) -> dict[str, object]:
    return {"value_id": key, "value": number, "text": str(number), "rows": {}} | others


def test_values_are_compared_by_id_and_field() -> None:
    old = [value("a.n", 1), value("a.gone", 2), value("a.rows", 3, rows={"t": ["x"]})]
    new = [value("a.rows", 3, rows={"t": ["x", "y"]}), value("a.n", 1), value("a.new", "word")]
    assert compare_values(json.dumps(old), json.dumps(new)) == [
        Difference("value", "a.gone", "2", "not there"),
        Difference("value", "a.rows, rows", "{'t': ['x']}", "{'t': ['x', 'y']}"),
        Difference("value", "a.new", "not there", "word"),
    ]


def test_cells_are_named_by_row_and_column() -> None:
    old = 'name,n\n"a, b",1\nc,2\n'
    assert compare_tables(old, old.replace("c,2", "c,"), "t.csv", "table") == [
        Difference("table", "t.csv, row 3, column n", "2", "empty")
    ]
    assert compare_tables(old, old + "d,4\n", "t.csv", "table") == [
        Difference("table", "t.csv, row 4, column name", "–", "d"),
        Difference("table", "t.csv, row 4, column n", "–", "4"),
    ]
    assert compare_tables(old, "name,k\n", "t.csv", "table") == [
        Difference("table", "t.csv, columns", "name, n", "name, k")
    ]
    assert compare_tables("", "", "t.csv", "table") == []


def test_sentences_and_displays_are_compared_by_id() -> None:
    claim = {"claim_id": "c1", "text": "There are 35 reviews.", "wording": "There are {rq1.n}."}
    display = {"label": "tbl-a", "name": "Table 1"}
    old = {"values": [value("a.n", 1)], "claims": [claim], "displays": [display], "parameters": {}}
    new = json.loads(json.dumps(old).replace("35", "36").replace("Table 1", "Table 2"))
    new["parameters"] = {"01_first": {"factor": "2"}}
    assert compare_ledger(json.dumps(old), json.dumps(new)) == [
        Difference("claim", "c1, text", "There are 35 reviews.", "There are 36 reviews."),
        Difference("claim", "tbl-a, name", "Table 1", "Table 2"),
        Difference("claim", "parameters", "{}", "{'01_first': {'factor': '2'}}"),
    ]


def test_notebooks_are_compared_cell_by_cell() -> None:
    cells = [{"id": "one", "outputs": [{"text": "1"}]}, {"id": "two", "outputs": []}]
    old = json.dumps({"cells": cells})
    assert compare_notebooks(old, old.replace('"1"', '"2"'), "a.ipynb") == [
        Difference("notebook", "a.ipynb, cell one", '"text": "1"', '"text": "2"')
    ]
    assert compare_notebooks(old, json.dumps({"cells": cells[:1]}), "a.ipynb") == [
        Difference("notebook", "a.ipynb, cell two", "a cell", "not there")
    ]


def test_long_texts_are_cut() -> None:
    assert shown("a\n  b") == "a b"
    assert len(shown("x" * 200)) == 80
    assert first_change(["a"], ["a"]) == ("–", "–")


@pytest.fixture
def reports(tmp_path: Path) -> tuple[Path, Path]:
    """Two equal reports."""
    files = {
        "index.html": "page",
        "figures/fig-a.svg": "<svg/>",
        "figures/fig-lone.svg": "<svg/>",
        "ledger/ledger.csv": "value_id,value\na.n,0.5\n",
        "notebooks/01.ipynb": '{"cells": [{"id": "one"}]}',
        "results/01/figures/fig-a.csv": "x\n0.5\n",
        "results/01/values.json": '[{"value_id": "a.n", "value": 0.5}]',
    }
    for folder in (tmp_path / "old", tmp_path / "new"):
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        write_manifest(folder, {"engine": "pandoc"})
    return tmp_path / "old", tmp_path / "new"


def compared(old: Path, new: Path, engine: str = "pandoc") -> Comparison:
    origin = Origin("1.0.0", "", "", "", {}, {}, {})
    return compare(old, Manifest({"engine": engine}, read_files(old), origin), new)


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    (folder / MANIFEST).unlink()
    write_manifest(folder, {"engine": "pandoc"})


def test_equal_reports_are_equal(reports: tuple[Path, Path]) -> None:
    assert compared(*reports) == Comparison((), (), 7)


def test_other_bytes_with_the_same_content_are_told_apart(reports: tuple[Path, Path]) -> None:
    old, new = reports
    write(new, "results/01/figures/fig-a.csv", "x\n0.50000000000001\n")
    write(new, "ledger/ledger.csv", "value_id,value\r\na.n,0.50000000000001\r\n")
    write(new, "results/01/values.json", '[{"value": 0.50000000000001, "value_id": "a.n"}]')
    found = compared(old, new)
    assert found.differences == ()
    assert found.same_content == (
        "ledger/ledger.csv",
        "results/01/figures/fig-a.csv",
        "results/01/values.json",
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [("0.5", "are equal"), ("0.50000000000001", "are equal"), ("0.6", "differ too")],
)
def test_a_figure_tells_of_the_data_behind_it(
    reports: tuple[Path, Path], data: str, words: str
) -> None:
    old, new = reports
    write(new, "figures/fig-a.svg", "<svg></svg>")
    write(new, "results/01/figures/fig-a.csv", f"x\n{data}\n")
    (figure, *_) = compared(old, new).differences
    assert figure.kind == "figure"
    assert figure.where == f"figures/fig-a.svg (the data behind it {words})"


def test_a_figure_without_data_says_so(reports: tuple[Path, Path]) -> None:
    write(reports[1], "figures/fig-lone.svg", "<svg></svg>")
    (figure,) = compared(*reports).differences
    assert figure.where == "figures/fig-lone.svg (no data are kept behind it)"


def test_damaged_and_other_files_are_compared_by_bytes(reports: tuple[Path, Path]) -> None:
    old, new = reports
    write(new, "index.html", "other")
    write(old, "results/01/values.json", "{")
    write(old, "notebooks/01.ipynb", "[]")
    (new / "results/01/figures/fig-a.csv").write_bytes(b"\xff")
    found = compared(old, new).differences
    assert [(one.kind, one.where) for one in found] == [
        ("file", "index.html"),
        ("file", "notebooks/01.ipynb"),
        ("file", "results/01/figures/fig-a.csv"),
        ("file", "results/01/values.json"),
    ]
    assert found[0].recorded.startswith("4 bytes, sha256 ")


def test_files_made_on_one_side_alone_and_settings(reports: tuple[Path, Path]) -> None:
    old, new = reports
    write(old, "notes.html", "old")
    write(new, "more.html", "new")
    assert compared(old, new, engine="quarto 1.6").differences == (
        Difference("setting", "engine", "quarto 1.6", "pandoc"),
        Difference("not made", "notes.html"),
        Difference("new", "more.html"),
    )
