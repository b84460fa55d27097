"""Recorded values: their print, their file, the variables that the manuscript cites."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.ledger import Value, format_value, read_values, write_values, write_variables


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (35, None, "35"),
        (40927, None, "40,927"),
        (0.1, None, "0.10"),
        (2.0, None, "2"),
        (-0.385, 2, "−0.39"),
        (97.14, 0, "97"),
        ("high", None, "high"),
    ],
)
def test_printed_form(value: object, decimals: int | None, text: str) -> None:
    assert format_value(value, decimals) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_value_must_be_finite(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        format_value(value)


@given(st.integers())
def test_whole_numbers_keep_their_value(value: int) -> None:
    assert int(format_value(value).replace(",", "").replace("−", "-")) == value


def test_values_survive_the_file_and_order_does_not_matter(tmp_path: Path) -> None:
    one = Value("a.b", 1, "1", "reviews", {"reviews": ("x", "y")})
    two = Value("a.c", "high", "high")
    write_values({"a.c": two, "a.b": one}, tmp_path / "first.json")
    write_values({"a.b": one, "a.c": two}, tmp_path / "second.json")
    assert read_values(tmp_path / "first.json") == {"a.b": one, "a.c": two}
    assert (tmp_path / "first.json").read_bytes() == (tmp_path / "second.json").read_bytes()


def test_variables_are_nested_text(tmp_path: Path) -> None:
    values = {key: Value(key, 1, "1") for key in ("a.b.c", "a.d")}
    write_variables(values, tmp_path / "v.yml")
    assert yaml.safe_load((tmp_path / "v.yml").read_text()) == {
        "a": {"b": {"c": "[1](ledger/a.html#a.b.c){.value}"}, "d": "[1](ledger/a.html#a.d){.value}"}
    }


@pytest.mark.parametrize("ids", [("a.b", "a.b.c"), ("a.b.c", "a.b")])
def test_no_id_is_the_beginning_of_another(tmp_path: Path, ids: tuple[str, str]) -> None:
    values = {key: Value(key, 1, "1") for key in ids}
    with pytest.raises(ValueError, match=r"a\.b"):
        write_variables(values, tmp_path / "v.yml")
