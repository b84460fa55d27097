"""Pages of the ledger: one a topic, with an overview of all claims, figures and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from types import MappingProxyType

from umbrella_review.ledger import FOLDER, Value, format_value
from umbrella_review.render.fields import text
from umbrella_review.render.html import Page
from umbrella_review.render.nodes import (
    div,
    header,
    link,
    para,
    plain,
    string,
    words,
)
from umbrella_review.render.trace.claims import Claim
from umbrella_review.render.trace.excerpts import excerpt
from umbrella_review.render.trace.ledger import Entry, Ledger
from umbrella_review.render.trace.row_links import Listing, linked_rows, listing
from umbrella_review.render.tree import Node, Nodes
from umbrella_review.words import uncapitalised, with_unit

_UNLISTED = ("unnumbered", "unlisted")
_ARTICLE = "../index.html"
_SILENCE = (
    "Without From, a value rests on other values and on no single rows of the data;"
    " without Cited in, it is not cited in the text. ma001–ma004 are the rows from the first to the"
    " last, which stand one after the other in the data."
)
KICKER = {"kicker": text("Ledger")}


def ledger_pages(
    ledger: Ledger,
    titles: Mapping[str, str],
    *,
    anchored: bool,
    questions: Mapping[str, str] = MappingProxyType({}),
) -> list[tuple[str, Page]]:
    """Return the pages of the ledger.

    Parameters
    ----------
    ledger : Ledger
        The ledger.
    titles : mapping of str to str
        Titles of the notebooks by their stems.
    anchored : bool
        Whether the article has a place for each value; else links lead to its sections.
    questions : mapping of str to str, optional
        Titles of the research questions, which name their topics.

    Returns
    -------
    list of tuple of str and Page
        Stem of the file and page; the overview is called ``index``.
    """
    claims = {claim.claim_id: claim for claim in ledger.claims}
    topics: dict[str, list[Entry]] = {}
    for entry in ledger.entries:
        topics.setdefault(entry.value.topic, []).append(entry)
    names = {topic: _topic(topic, questions) for topic in topics}
    counts = {names[topic]: (topic, entries) for topic, entries in topics.items()}
    pages = [("index", _overview(ledger, counts, titles, anchored=anchored))]
    for topic, entries in topics.items():
        blocks: Nodes = [para(words(_SILENCE))]
        # Rows are listed under the value that is cited most.
        by_use = sorted(entries, key=lambda entry: len(entry.cited))
        shown = listing((entry.value.value_id, entry.value.rows) for entry in by_use)
        for notebook in dict.fromkeys(entry.notebook for entry in entries):
            own = [entry for entry in entries if entry.notebook == notebook]
            blocks.append(header(2, words(titles[notebook]), notebook))
            for cell, group in groupby(own, lambda entry: entry.anchor):
                blocks.append(_made(notebook, cell))
                blocks += [_entry(entry, claims, shown, anchored=anchored) for entry in group]
        title = f"Ledger: {names[topic]}"
        pages.append((topic, Page(title, words(title), blocks, KICKER, root="../", kind="ledger")))
    return pages


def _topic(topic: str, questions: Mapping[str, str]) -> str:
    """Return what a topic is called; its id, which values begin with, stands behind a question."""
    if topic in questions:
        return f"{uncapitalised(questions[topic])} ({topic})"
    return topic.replace("_", " ")


def _made(notebook: str, anchor: str) -> Node:
    """Return the line that names the cell of the entries below; it stays in sight over them."""
    cell = f"cell {anchor.removeprefix('cell-')}" if anchor else "its notebook"
    address = f"../notebooks/{notebook}.html#{anchor}".rstrip("#")
    return div(
        [plain([*words("Computed by"), string(" "), link(words(cell), address)])], "", ["made"]
    )


def _entry(entry: Entry, claims: Mapping[str, Claim], shown: Listing, *, anchored: bool) -> Node:
    """Return an entry; `shown` tells under which value the page lists which rows.

    What many entries lack is not said in each: the page says at its top what silence means.
    """
    value = entry.value
    facts: list[tuple[str, Nodes]] = [
        ("Printed", [plain(words(with_unit(value.text, value.unit)))])
    ]
    if _exact(value) != _shortest(value.text):
        facts.append(("Exact", [plain([string(_exact(value))])]))
    facts.append(("From", linked_rows(value.rows, value.value_id, shown)))
    cited: Nodes = []
    for claim_id in entry.cited:
        claim = claims[claim_id]
        place = link(words(claim.heading), f"../{claim.place(value.value_id, anchored=anchored)}")
        cited.append(para([place, *words(f": {excerpt(claim, value.value_id)}")]))
    facts.append(("Cited in", cited))
    listed = {
        "t": "DefinitionList",
        "c": [[words(name), [blocks]] for name, blocks in facts if blocks],
    }
    title = header(3, [string(value.value_id)], "", _UNLISTED)
    return div([title, listed], value.value_id, ["entry"])


def _exact(value: Value) -> str:
    number = value.value
    if isinstance(number, bool | str):
        return str(number)
    return format_value(number) if isinstance(number, int) else f"{number:.15g}".replace("-", "−")


def _shortest(printed: str) -> str:
    """Return a printed number without the zeros that end it: 2.20 and 2.2 are the same."""
    return re.sub(r"(\.\d*?)0+$", r"\1", printed).rstrip(".") if "." in printed else printed


def _overview(
    ledger: Ledger,
    topics: Mapping[str, tuple[str, list[Entry]]],
    titles: Mapping[str, str],
    *,
    anchored: bool,
) -> Page:
    rows = {table.label: table.address.removeprefix(f"{FOLDER}/") for table in ledger.tables}
    blocks: Nodes = [
        para(words(f"{ledger.summary.removeprefix('Ledger: ')}.")),
        para(
            words(
                "Every number that the article computes leads here, and from here to the cell of"
                " the notebook that made it and to the rows of the data that it rests on."
            )
        ),
        para(
            [
                string("The same for programs: "),
                link(words("ledger.csv"), "ledger.csv"),
                string(", "),
                link(words("ledger.json"), "ledger.json"),
                *words(", and row by row of the tables"),
                string(" "),
                link(words("tables.csv"), "tables.csv"),
                *words("."),
            ]
        ),
        header(2, words("Values by topic"), "values"),
        _bullets(
            [
                link(words(name), f"{topic}.html"),
                *words(
                    f": {format_value(len(entries))} values, "
                    f"{format_value(sum(bool(entry.cited) for entry in entries))} cited"
                ),
            ]
            for name, (topic, entries) in topics.items()
        ),
        header(2, words("Figures and tables"), "figures-and-tables"),
        _bullets(
            [
                link(words(one.name), f"{_ARTICLE}#{one.label}"),
                string(": made by "),
                link(words(titles[one.notebook]), f"../notebooks/{one.notebook}.html#{one.label}"),
                *([string(", "), link(words("data"), f"../{one.data}")] if one.data else []),
                *(
                    [string(", "), link(words("rows"), rows[one.label])]
                    if one.label in rows
                    else []
                ),
            ]
            for one in ledger.displays
        ),
        header(2, words("Claims"), "claims"),
    ]
    section = ("", "")
    for claim in ledger.claims:
        if (claim.page, claim.heading) != section:
            section = (claim.page, claim.heading)
            blocks.append(header(3, words(claim.heading), "", _UNLISTED))
        blocks.append(_claim(claim, anchored=anchored))
    title = "Ledger of all computed numbers"
    return Page(title, words(title), blocks, KICKER, root="../", kind="ledger")


def _claim(claim: Claim, *, anchored: bool) -> Node:
    target = f"../{claim.place(claim.values[0], anchored=anchored)}"
    inlines = [link(words(claim.text), target, ["claim"]), string(" — ")]
    for number, value_id in enumerate(dict.fromkeys(claim.values)):
        address = Value(value_id, "", "").address.removeprefix(f"{FOLDER}/")
        inlines += [string(", ")] if number else []
        inlines.append(link([string(value_id)], address))
    return div([para(inlines)], claim.claim_id)


def _bullets(items: object) -> Node:
    return {"t": "BulletList", "c": [[plain(item)] for item in items]}  # type: ignore[attr-defined]
