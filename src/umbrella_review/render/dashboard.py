"""The page for readers in a hurry: the author's sentences as cards and bars, and what changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from importlib import resources
from pathlib import Path

from umbrella_review.render.fields import inlines, text
from umbrella_review.render.html import Page
from umbrella_review.render.nodes import div, is_value, link, para, raw, string, words
from umbrella_review.render.page_blocks import lay_out
from umbrella_review.render.side_page import BARS, CARD, CHANGES, SidePage
from umbrella_review.render.trace.ledger import Ledger
from umbrella_review.render.tree import Node, Nodes, elements, text_of, walk

_TEMPLATES = resources.files("umbrella_review.render") / "templates"
NAME = "dashboard"
STYLE = "dashboard.css"
FIRST = "This is the first version of the report."
_ARTICLE = "index.html"
_NOT_KNOWN = "not_known"


def dashboard_page(
    page: SidePage,
    ledger: Ledger,
    *,
    ratings: Mapping[str, str],
    keys: Mapping[str, str],
    notes: str,
    changes: Sequence[str],
) -> Page:
    """Return the page.

    Parameters
    ----------
    page : SidePage
        The author's text.
    ledger : Ledger
        Gives the numbers that bars are drawn from.
    ratings : mapping of str to str
        Words of the ratings: bars that are named by one have its colour; beside them one that
        is named by none is of a rating that is not known.
    keys : mapping of str to str
        Printed marks of the references in the article, by key.
    notes : str
        What a script shows beside each value, as JSON that is safe in HTML.
    changes : sequence of str
        What changed since the last version, a line each; empty for the first version.

    Returns
    -------
    Page
        The page.
    """
    values = {entry.value.value_id: entry.value.value for entry in ledger.entries}
    codes = {label: code for code, label in ratings.items()}
    own = {element["c"][1][0] for element in elements(page.blocks) if element["t"] == "Header"}

    def visit(element: Node) -> Nodes | None:
        if element["t"] == "Link" and _of_article(element["c"][2][0], own):
            return [link(element["c"][1], _ARTICLE + element["c"][2][0])]
        if element["t"] == "Cite":
            return _citation(element, keys)
        return _part(element) if element["t"] == "Div" else None

    def _part(element: Node) -> Nodes | None:
        (identifier, classes, _), inner = element["c"]
        if CHANGES in classes:
            return [*walk(inner, visit), *_changes(changes)]
        if BARS in classes:
            return [div(_bars(walk(inner, visit), values, codes), identifier, [BARS])]
        return [div(walk(inner, visit), identifier, [CARD])] if CARD in classes else None

    blocks = lay_out(walk(page.blocks, visit))
    note_field = inlines([{"t": "RawInline", "c": ["html", notes]}])
    meta = {"kicker": text("Summary"), "notes": note_field}
    return Page(page.title, words(page.title), blocks, meta, kind=NAME, styles=(STYLE,))


def copy_sheet(target: Path) -> None:
    """Copy the style sheet of the page into a report.

    Parameters
    ----------
    target : Path
        The report's folder.
    """
    (target / "assets" / STYLE).write_bytes((_TEMPLATES / STYLE).read_bytes())


def _of_article(target: str, own: Collection[str]) -> bool:
    return target.startswith("#") and target[1:] not in own


def _citation(cite: Node, keys: Mapping[str, str]) -> Nodes:
    marks: Nodes = []
    for record in cite["c"][0]:
        key = record["citationId"]
        marks += [string(", ")] if marks else []
        marks.append(link([string(f"[{keys.get(key, key)}]")], f"{_ARTICLE}#ref-{key}"))
    return marks


def _changes(lines: Sequence[str]) -> Nodes:
    if not lines:
        return [para(words(FIRST))]
    return [{"t": "BulletList", "c": [[{"t": "Plain", "c": words(line)}] for line in lines]}]


def _bars(blocks: Nodes, values: Mapping[str, object], codes: Mapping[str, str]) -> Nodes:
    """Give each entry of a list a bar as long as the share of its first value in their sum.

    The parts of a whole fill one track together, so that a bar cannot seem to be all of it.
    """
    items = [item for block in blocks if block["t"] == "BulletList" for item in block["c"]]
    sizes = [_size(item, values) for item in items]
    whole = sum(size for size in sizes if size is not None) or 1.0
    rated = any(_name(item) in codes for item in items)
    shares = iter([None if size is None else 100 * size / whole for size in sizes])

    def visit(element: Node) -> Nodes | None:
        if element["t"] != "BulletList":
            return None
        items = [[*item, *_bar(next(shares), _colour(item, codes, rated))] for item in element["c"]]
        return [{"t": "BulletList", "c": items}]

    result: Nodes = walk(blocks, visit)
    return result


def _size(item: Nodes, values: Mapping[str, object]) -> float | None:
    for element in elements(item):
        if is_value(element):
            value = values.get(element["c"][2][0].partition("#")[2])
            return float(value) if isinstance(value, int | float) else None
    return None


def _name(item: Nodes) -> str:
    return text_of(item).partition(":")[0].strip()


def _colour(item: Nodes, codes: Mapping[str, str], rated: bool) -> str:
    return f" rating-{codes.get(_name(item), _NOT_KNOWN)}" if rated else ""


def _bar(share: float | None, colour: str) -> Nodes:
    if share is None:
        return []
    code = (
        f'<svg class="bar{colour}" aria-hidden="true" focusable="false">'
        f'<rect width="{share:.1f}%" height="100%"/></svg>'
    )
    return [raw("html", code)]
