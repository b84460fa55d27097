"""What the search of the pages finds: sections, figures, tables, values and rows of the data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from umbrella_review.render.crossref import label_text
from umbrella_review.render.tree import Node, Nodes, text_of, walk

SECTION, DISPLAY, PAGE, ENTRY = range(4)  # the script ranks by these
_LONG, _SHORT = 120, 64  # characters kept of a section beside the article, and of an entry
# Divisions that tell of no section.
_ASIDE = ("embed", "entry", "made", "ways", "source", "enlarge")


_BLANKS = re.compile(r"\s+")
_AFTER_CITATION = re.compile(r"\s+(?=[.,;:)])")


@dataclass(frozen=True)
class Item:
    """A place to which the search leads.

    Parameters
    ----------
    anchor : str
        Identifier on its page; empty for the page itself.
    kind : int
        `SECTION`, `DISPLAY`, `PAGE` or `ENTRY`.
    heading : str
        What the result is called.
    text : str
        What else is searched, and shown in part.
    """

    anchor: str
    kind: int
    heading: str
    text: str


@dataclass(frozen=True)
class Indexed:
    """A page of the report, for the search.

    Parameters
    ----------
    address : str
        From the report's folder.
    title : str
        Of the page.
    items : tuple of Item
        In the order of the page.
    """

    address: str
    title: str
    items: tuple[Item, ...]


def article_items(blocks: Nodes, numbers: Mapping[str, str]) -> tuple[Item, ...]:
    """Return sections, figures and tables of an article, with its whole text.

    Parameters
    ----------
    blocks : list of dict
        The article; figures and tables are divisions of class ``embed``.
    numbers : mapping of str to str
        Printed numbers by identifier.

    Returns
    -------
    tuple of Item
        In the order of the text.
    """
    found: list[tuple[str, int, str, list[str]]] = []
    section: list[str] = []
    for block in _flat(blocks):
        if block["t"] == "Header":
            anchor = block["c"][1][0]
            section = []
            name = " ".join(filter(None, (numbers.get(anchor, ""), text_of(block["c"][2]))))
            found.append((anchor, SECTION, name, section))
        elif _is(block, "embed"):
            label = block["c"][0][0]
            caption, rest = _display(block)
            found.append((label, DISPLAY, f"{label_text(label, numbers)}: {caption}", [rest]))
        elif block["t"] != "Table":
            section.append(_text(block))
    return tuple(Item(anchor, kind, name, _joined(parts)) for anchor, kind, name, parts in found)


def page_items(
    title: str, blocks: Nodes, names: Mapping[str, str] = MappingProxyType({})
) -> tuple[Item, ...]:
    """Return a page beside the article, its sections and its entries.

    Parameters
    ----------
    title : str
        Of the page.
    blocks : list of dict
        Its content.
    names : mapping of str to str, optional
        What its entries are called, by their places; those without a name are left out.

    Returns
    -------
    tuple of Item
        The page itself, then the others in its order.
    """
    found: list[tuple[str, int, str, list[str]]] = [("", PAGE, title, [])]
    for block in _flat(blocks):
        if block["t"] == "Header":
            found.append((block["c"][1][0], SECTION, text_of(block["c"][2]), []))
        elif block["t"] in ("Para", "Plain"):
            found[-1][3].append(_text(block))
    named = [
        Item(anchor, kind, name, _cut(_joined(parts), _LONG)) for anchor, kind, name, parts in found
    ]
    entries = [
        Item(place, ENTRY, _cut(_joined([name]), _SHORT), place.removeprefix("row-"))
        for place, name in names.items()
    ]
    return (*(item for item in named if item.anchor or item.kind == PAGE), *entries)


def index_script(pages: Sequence[Indexed]) -> str:
    """Return the index as a script: pages opened from a folder can read no other files.

    Parameters
    ----------
    pages : sequence of Indexed
        What is found.

    Returns
    -------
    str
        The code; an item is its kind, anchor, heading and text, and an entry, whose text is what
        its anchor says, anchor and heading alone.
    """
    lines = []
    for page in pages:
        body = ",\n".join(_json(_short(item)) for item in page.items)
        lines.append(f"[{_json(page.address)},{_json(page.title)},[\n{body}]]")
    return '"use strict";\nconst umbrellaIndex = [\n' + ",\n".join(lines) + "\n];\n"


def _short(item: Item) -> list[int | str]:
    """Return an item as the script reads it; the anchors of values and rows are their text."""
    if item.kind == ENTRY:
        return [item.anchor, item.heading]
    return [item.kind, item.anchor, item.heading, item.text]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _flat(blocks: Nodes) -> Iterable[Node]:
    """Yield blocks in reading order, those inside divisions in the place of these."""
    for block in blocks:
        if block["t"] == "Div" and not any(_is(block, name) for name in _ASIDE):
            # The heading of a callout is its title and no section.
            callout = any(name.startswith("callout") for name in block["c"][0][1])
            inner = _flat(block["c"][1])
            yield from (one for one in inner if not (callout and one["t"] == "Header"))
        else:
            yield block


def _is(block: Node, name: str) -> bool:
    return block["t"] == "Div" and name in block["c"][0][1]


def _display(block: Node) -> tuple[str, str]:
    """Return the first sentence of the caption; its rest, with the heads of a table's columns."""
    caption, *content = block["c"][1]
    heads = [text_of(one["c"][3][1]) for one in content if one["t"] == "Table"]
    first, stop, rest = _joined([_words(caption)]).partition(". ")
    return first + stop.strip(), _joined([rest, *heads])


def _text(block: Node) -> str:
    """Return the text of a block; paragraphs of lists are kept apart."""
    if block["t"] in ("Para", "Plain", "Header"):
        return _words(block)
    if block["t"] in ("CodeBlock", "RawBlock"):
        return ""
    return _joined(_words(one) for one in _paragraphs(block["c"]))


def _words(block: Node) -> str:
    """Return the text of a block without its citations."""
    kept = walk([block], lambda node: [] if node["t"] == "Cite" else None)
    return _AFTER_CITATION.sub("", _BLANKS.sub(" ", text_of(kept)))


def _paragraphs(content: object) -> Iterable[Node]:
    if isinstance(content, list):
        for part in content:
            yield from _paragraphs(part)
    elif isinstance(content, dict):
        if content.get("t") in ("Para", "Plain"):
            yield content
        else:
            yield from _paragraphs(content.get("c"))


def _joined(parts: Iterable[str]) -> str:
    return " ".join(" ".join(parts).split())


def _cut(text: str, length: int) -> str:
    """Return the beginning of a text, up to the end of a word."""
    return text if len(text) <= length else text[:length].rpartition(" ")[0] + " …"
