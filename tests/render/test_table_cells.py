"""Numbers in cells lead to the ledger; what is printed stays as it is."""

from __future__ import annotations

import pytest

from umbrella_review.render import pandoc
from umbrella_review.render.trace.cells import has_number, link_rows, row_place
from umbrella_review.render.tree import Node, elements, text_of

TABLE = """\
| Review | Effect | Note |
|--------|--------|------|
| **Roe 2020** [@roe] | SMD −0.25 (−0.40, −0.10) | none |
| RQ1 and [Section 2](#sec-x) | 17 of 35 | in 3 and in many other words 4 |
"""


@pytest.fixture(scope="module")
def table() -> Node:
    _, parsed = pandoc.parse("", {"table": TABLE}, pandoc.DATA)
    return next(element for element in elements(parsed["table"]) if element["t"] == "Table")


def links(table: Node) -> list[tuple[str, str]]:
    return [
        (text_of(element["c"][1]), element["c"][2][0])
        for element in elements(table)
        if element["t"] == "Link" and element["c"][2][0].startswith("ledger/")
    ]


def test_each_number_leads_to_the_place_of_its_row(table: Node):
    linked = link_rows(table, "ledger/05.html#t3")
    assert links(linked) == [
        ("2020", "ledger/05.html#t3-1"),
        ("−0.25 (−0.40, −0.10)", "ledger/05.html#t3-1"),
        ("17 of 35", "ledger/05.html#t3-2"),
        ("3", "ledger/05.html#t3-2"),
        ("4", "ledger/05.html#t3-2"),
    ]
    assert row_place("t3", 2) == "t3-2"


def test_what_is_printed_stays(table: Node):
    linked = link_rows(table, "ledger/05.html#t3")
    assert text_of(linked) == text_of(table)
    assert links(table) == []


def test_the_tab_key_passes_over_them(table: Node):
    linked = link_rows(table, "ledger/05.html#t3")
    stops = [
        dict(element["c"][0][2]).get("tabindex")
        for element in elements(linked)
        if element["t"] == "Link" and element["c"][2][0].startswith("ledger/")
    ]
    assert set(stops) == {"-1"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.25", True),
        ("<0.0001", True),
        ("about (12%)", True),
        ("RQ1", False),
        ("pr017", False),
        ("I² and τ²", False),
        ("[@roe]", False),
        ("[Section 2](#sec-x)", False),
        ("none", False),
    ],
)
def test_names_and_references_are_no_numbers(text: str, expected: bool):
    _, parsed = pandoc.parse("", {"cell": text}, pandoc.DATA)
    assert has_number(parsed["cell"]) is expected
