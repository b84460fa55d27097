"""Pages of the ledger: one a topic, with an overview of all claims, figures and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from umbrella_review.ledger import FOLDER, Value, format_value
from umbrella_review.render.html import Page, text
from umbrella_review.render.nodes import (
    details,
    div,
    header,
    link,
    para,
    plain,
    string,
    strong,
    words,
)
from umbrella_review.render.trace.claims import Claim
from umbrella_review.render.trace.data_pages import row_address
from umbrella_review.render.trace.ledger import Entry, Ledger
from umbrella_review.render.tree import Node, Nodes
from umbrella_review.schemas import TABLES

_UNLISTED = ("unnumbered", "unlisted")
_SHOWN_ROWS = 8  # longer lists are folded, and listed once a page
_Rows = tuple[str, tuple[str, ...]]
_ARTICLE = "../index.html"
KICKER = {"kicker": text("Ledger")}


def ledger_pages(
    ledger: Ledger, titles: Mapping[str, str], *, anchored: bool
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

    Returns
    -------
    list of tuple of str and Page
        Stem of the file and page; the overview is called ``index``.
    """
    claims = {claim.claim_id: claim for claim in ledger.claims}
    topics: dict[str, list[Entry]] = {}
    for entry in ledger.entries:
        topics.setdefault(entry.value.topic, []).append(entry)
    pages = [("index", _overview(ledger, topics, titles, anchored=anchored))]
    for topic, entries in topics.items():
        blocks: Nodes = []
        shown = _listing(entries)
        for notebook in dict.fromkeys(entry.notebook for entry in entries):
            own = [entry for entry in entries if entry.notebook == notebook]
            blocks.append(header(2, words(titles[notebook])))
            blocks += [_entry(entry, claims, shown, anchored=anchored) for entry in own]
        title = f"Ledger: {topic.replace('_', ' ')}"
        pages.append((topic, Page(title, words(title), blocks, KICKER, root="../", kind="ledger")))
    return pages


def _listing(entries: Sequence[Entry]) -> dict[_Rows, str]:
    """Return for each set of rows the value under which a page lists it, the most cited one."""
    by_use = sorted(entries, key=lambda entry: len(entry.cited))
    return {rows: one.value.value_id for one in by_use for rows in one.value.rows.items()}


def _entry(
    entry: Entry, claims: Mapping[str, Claim], shown: Mapping[_Rows, str], *, anchored: bool
) -> Node:
    """Return an entry; `shown` tells under which value the page lists which rows."""
    value = entry.value
    cell = f"cell {entry.anchor.removeprefix('cell-')}" if entry.anchor else "its notebook"
    address = f"../notebooks/{entry.notebook}.html#{entry.anchor}".rstrip("#")
    facts: list[tuple[str, Nodes]] = [
        ("Printed", [plain([strong(value.text), string(f" {value.unit}".rstrip())])])
    ]
    if _exact(value) != value.text:
        facts.append(("Exact", [plain([string(_exact(value))])]))
    facts.append(("Computed by", [plain([link(words(cell), address)])]))
    facts.append(
        ("From", [b for item in value.rows.items() for b in _rows(item, value.value_id, shown)])
    )
    if not value.rows:
        facts[-1] = ("From", [plain(words("other values; it rests on no single rows"))])
    cited: Nodes = []
    for claim_id in entry.cited:
        claim = claims[claim_id]
        place = claim.anchors[claim.values.index(value.value_id)] if anchored else claim.section
        cited.append(
            para(
                [
                    link(words(claim.heading), f"{_ARTICLE}#{place}"),
                    *words(f": {claim.text}"),
                ]
            )
        )
    facts.append(("Cited in", cited or [plain(words("not cited in the text"))]))
    listed = {"t": "DefinitionList", "c": [[words(name), [blocks]] for name, blocks in facts]}
    title = header(3, [{"t": "Code", "c": [["", [], []], value.value_id]}], "", _UNLISTED)
    return div([title, listed], value.value_id, ["entry"])


def _rows(rows: _Rows, value_id: str, shown: Mapping[_Rows, str]) -> Nodes:
    table, ids = rows
    head = f"{format_value(len(ids))} {'row' if len(ids) == 1 else 'rows'} of {TABLES[table].title}"
    if len(ids) > _SHOWN_ROWS and shown[rows] != value_id:
        first = link([{"t": "Code", "c": [["", [], []], shown[rows]]}], f"#{shown[rows]}")
        return [para([string(f"{head}, the same as of "), first])]
    inlines: Nodes = []
    for row in ids:
        inlines += [string(", ")] if inlines else []
        inlines.append(link(words(row), f"../{row_address(table, row)}"))
    if len(ids) > _SHOWN_ROWS:
        return details(head, [plain(inlines)])
    return [para([string(f"{head}: " if ids else head), *inlines])]


def _exact(value: Value) -> str:
    number = value.value
    if isinstance(number, bool | str):
        return str(number)
    return format_value(number) if isinstance(number, int) else f"{number:.15g}".replace("-", "−")


def _overview(
    ledger: Ledger,
    topics: Mapping[str, list[Entry]],
    titles: Mapping[str, str],
    *,
    anchored: bool,
) -> Page:
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
                *words("."),
            ]
        ),
        header(2, words("Values by topic")),
        _bullets(
            [
                link(words(topic.replace("_", " ")), f"{topic}.html"),
                *words(
                    f": {format_value(len(entries))} values, "
                    f"{format_value(sum(bool(entry.cited) for entry in entries))} cited"
                ),
            ]
            for topic, entries in topics.items()
        ),
        header(2, words("Figures and tables")),
        _bullets(
            [
                link(words(one.name), f"{_ARTICLE}#{one.label}"),
                string(": made by "),
                link(words(titles[one.notebook]), f"../notebooks/{one.notebook}.html#{one.label}"),
                *([string(", "), link(words("data"), f"../{one.data}")] if one.data else []),
            ]
            for one in ledger.displays
        ),
        header(2, words("Claims")),
    ]
    section = ""
    for claim in ledger.claims:
        if claim.heading != section:
            section = claim.heading
            blocks.append(header(3, words(section), "", _UNLISTED))
        blocks.append(_claim(claim, anchored=anchored))
    title = "Ledger of all computed numbers"
    return Page(title, words(title), blocks, KICKER, root="../", kind="ledger")


def _claim(claim: Claim, *, anchored: bool) -> Node:
    target = claim.anchors[0] if anchored else claim.section
    inlines = [link(words(claim.text), f"{_ARTICLE}#{target}", ["claim"]), string(" — ")]
    for number, value_id in enumerate(dict.fromkeys(claim.values)):
        address = Value(value_id, "", "").address.removeprefix(f"{FOLDER}/")
        inlines += [string(", ")] if number else []
        inlines.append(link([{"t": "Code", "c": [["", [], []], value_id]}], address))
    return div([para(inlines)], claim.claim_id)


def _bullets(items: object) -> Node:
    return {"t": "BulletList", "c": [[plain(item)] for item in items]}  # type: ignore[attr-defined]
