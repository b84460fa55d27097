"""The index of the search: sections, figures, tables, values and rows."""

from __future__ import annotations

import json

from sample import Report

from umbrella_review.render.nodes import div, header, para, words
from umbrella_review.render.page_assets import INDEX
from umbrella_review.render.search_index import (
    DISPLAY,
    ENTRY,
    PAGE,
    SECTION,
    Indexed,
    Item,
    article_items,
    index_script,
    page_items,
)


def entry(identifier: str, *facts: str) -> dict:
    listed = {
        "t": "DefinitionList",
        "c": [[words("Fact"), [[para(words(fact))]]] for fact in facts],
    }
    return div([header(3, words(identifier)), listed], f"row-{identifier}", ["entry"])


def read(code: str) -> list:
    return json.loads(code[code.index("[") : code.rindex(";")])


def test_sections_carry_their_number_and_text_without_citations() -> None:
    cite = {"t": "Cite", "c": [[], [{"t": "Str", "c": "[@key]"}]]}
    blocks = [
        header(1, words("Methods"), "sec-methods"),
        para([*words("As told before"), {"t": "Space"}, cite, *words(".")]),
        div([para(words("Inside a division."))]),
        {"t": "BulletList", "c": [[para(words("one"))], [para(words("two"))]]},
    ]
    assert article_items(blocks, {"sec-methods": "2"}) == (
        Item("sec-methods", SECTION, "2 Methods", "As told before. Inside a division. one two"),
    )


def test_entries_and_pages_are_kept_short() -> None:
    blocks = [para(words("long " * 100)), entry("a1", "first fact", "second fact"), entry("a2")]
    page, first, second = page_items("Title", blocks, {"row-a1": "A name", "a.two": "more " * 20})
    assert (page.kind, page.heading) == (PAGE, "Title")
    assert len(page.text) <= 122
    assert first == Item("row-a1", ENTRY, "A name", "a1")
    assert (second.text, len(second.heading)) == ("a.two", 61)
    assert page_items("Title", blocks) == (page,)


def test_the_script_leaves_out_what_anchors_say() -> None:
    items = (Item("row-a1", ENTRY, "A name", "a1"), Item("sec-x", SECTION, "1 One", ""))
    code = index_script([Indexed("data/x.html", "X <b>", items)])
    assert read(code) == [
        ["data/x.html", "X <b>", [["row-a1", "A name"], [SECTION, "sec-x", "1 One", ""]]]
    ]


def test_every_place_of_the_index_exists(report: Report) -> None:
    code = (report.folder / "assets" / INDEX).read_text(encoding="utf-8")
    pages = {address: items for address, _, items in read(code)}
    assert {"index.html", "notebooks/01_first.html", "ledger/index.html"} <= set(pages)
    assert all(len(item) in (2, 4) for items in pages.values() for item in items)
    kinds = {item[0] for items in pages.values() for item in items if len(item) == 4}
    assert {SECTION, DISPLAY, PAGE} <= kinds
    for address, items in pages.items():
        page = report.page(address)
        for anchor in (item[0] if len(item) == 2 else item[1] for item in items):
            assert not anchor or page.find(id=anchor), f"{address}#{anchor}"
