"""Tables become Markdown in which every cell is only its characters."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from umbrella_review.tables import TableView
from umbrella_review.tables.view import escape

NASTY = [
    "<script>alert(1)</script>",
    "{{< var rq1.n >}}",
    '#panic("x") #set page(fill: red)',
    "$x^2$ and \\alpha",
    "*a* _b_ `c` ~d~ ^e^ **f**",
    "@fig-x and [@key]",
    "a | b || c",
    "trailing backslash \\",
    "[link](javascript:alert(1)){.class} ![](x.png)",
    "::: {.callout}",
    "# heading",
    "- item",
    "<!-- comment --> &amp; &#65;",
    "1. one\n2. two",
    "```{=html}\n<b>\n```",
    "quote ' double \" dash -- dots ...",
]
cells = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1)


def texts(markdown: str) -> list[list[str]]:
    """Return the plain text of the cells of the first table, as pandoc reads the Markdown."""
    document = json.loads(pypandoc.convert_text(markdown, "json", format="markdown"))
    table = next(block for block in document["blocks"] if block["t"] == "Table")
    rows = [*table["c"][3][1], *(row for body in table["c"][4] for row in body[3])]
    return [[plain(cell[4]) for cell in row[1]] for row in rows]


def plain(node: Any) -> str:
    """Return the text of an AST, failing on anything that is more than text."""
    if isinstance(node, list):
        return "".join(plain(item) for item in node)
    kind = node["t"]
    assert kind in {"Plain", "Para", "Str", "Space", "SoftBreak"}, f"markup came alive: {node}"
    return (
        " " if kind in {"Space", "SoftBreak"} else node["c"] if kind == "Str" else plain(node["c"])
    )


@pytest.mark.parametrize("text", NASTY)
def test_a_cell_is_only_its_characters(text: str) -> None:
    view = TableView(pd.DataFrame({"head": [text], "other": ["x"]}))
    assert texts(view.to_markdown())[1] == [" ".join(text.split()), "x"]


@settings(max_examples=25, deadline=None)
@given(st.lists(cells.filter(str.strip), min_size=1, max_size=20))
def test_any_cell_is_only_its_characters(column: list[str]) -> None:
    view = TableView(pd.DataFrame({"head": column, "other": "x"}))
    assert [row[0] for row in texts(view.to_markdown())[1:]] == [
        " ".join(t.split()) for t in column
    ]


def test_heads_are_text_too() -> None:
    assert texts(TableView(pd.DataFrame({"*a*|b": ["x"]})).to_markdown())[0] == ["*a*|b"]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, "", "  "])
def test_missing_cells_are_a_dash(missing: object) -> None:
    assert escape(missing) == "–"


def test_widths_reach_pandoc() -> None:
    frame = pd.DataFrame({"a": ["x"], "b": ["y"]})
    markdown = TableView(frame, widths={"a": 1, "b": 3}, align={"b": "right"}).to_markdown()
    document = json.loads(pypandoc.convert_text(markdown, "json", format="markdown"))
    (_, first), (align, second) = document["blocks"][0]["c"][2]
    assert align["t"] == "AlignRight"
    assert second["c"] / first["c"] == pytest.approx(3, rel=0.05)


def test_columns_named_as_markdown_are_not_escaped() -> None:
    view = TableView(pd.DataFrame({"a": ["[@key]"], "b": ["[@key]"]}), markdown=("a",))
    assert "| [@key] | \\[\\@key\\] |" in view.to_markdown()


def test_notes_are_no_paragraph_that_quarto_would_take_for_a_caption() -> None:
    view = TableView(pd.DataFrame({"a": ["x"]}), notes=("one | 1", "two"))
    document = json.loads(pypandoc.convert_text(view.to_markdown(), "json", format="markdown"))
    assert [block["t"] for block in document["blocks"]] == ["Table", "LineBlock"]
    lines = document["blocks"][1]["c"]
    assert [plain(line) for line in lines] == ["one | 1", "two"]


def test_notes_follow_the_table_and_copies_leave_the_original() -> None:
    view = TableView(pd.DataFrame({"a": ["x"]}))
    assert view.with_notes("*n*").to_markdown().endswith("\n\n| \\*n\\*\n")
    assert view.notes == ()
