"""Blocks as print shows them: figures, tables, landscape pages, callouts, references."""

from __future__ import annotations

import json
import re

from umbrella_review.render.embeds import Embed
from umbrella_review.render.nodes import is_value, link, plain, raw, string
from umbrella_review.render.page_blocks import callout_title
from umbrella_review.render.tree import Node, Nodes, elements, walk

_LINE_START = re.compile(r"[-+=/]|[0-9]+\.")
# Three points, a hyphen before a number or a question mark: each is another sign in Typst.
_SHORTHAND = re.compile(r"(\.\.\.|-(?=[0-9?]|$))")


def lay_out(blocks: Nodes, embeds: dict[str, Embed]) -> Nodes:
    """Return blocks for the Typst writer.

    Raw Typst is written here alone; text of documents and data goes through pandoc's writer,
    which escapes it.

    Parameters
    ----------
    blocks : list of dict
        The text with citations set.
    embeds : dict of str to Embed
        Figures and tables by label.

    Returns
    -------
    list of dict
        The blocks, laid out.
    """

    def visit(element: Node) -> Nodes | None:
        kind = element["t"]
        if kind == "Str":
            return _escaped(element["c"])
        if kind == "Math":
            return [_inline("#formula["), element, _inline("]")]
        if kind in ("Plain", "Para"):
            return [{"t": kind, "c": _guarded(walk(element["c"], visit))}]
        if is_value(element):
            return [link(walk(element["c"][1], visit), element["c"][2][0])]
        if kind == "Table":
            return [_bare({"t": kind, "c": walk(element["c"], visit)})]
        return _division(element, embeds) if kind == "Div" else None

    result: Nodes = walk(blocks, visit)
    return result


def _division(element: Node, embeds: dict[str, Embed]) -> Nodes | None:
    (identifier, classes, pairs), inner = element["c"]
    values = dict(map(tuple, pairs))
    callout = next((name for name in classes if name.startswith("callout-")), None)
    result = None
    if "embed" in classes:
        result = _embed(identifier, embeds.get(identifier), lay_out(inner, embeds))
    elif callout:
        result = _callout(callout, values.get("title"), lay_out(inner, embeds))
    elif "layout-ncol" in values:
        result = _columns(int(values["layout-ncol"]), lay_out(inner, embeds))
    elif "landscape" in classes:
        result = [raw("typst", "#landscape["), *lay_out(inner, embeds), raw("typst", "]")]
    elif "csl-entry" in classes:
        result = _reference(identifier, lay_out(inner, embeds))
    return result


def _escaped(text: str) -> Nodes | None:
    """Keep signs that Typst would turn into others as they are, or None if there are none."""
    if not _SHORTHAND.search(text):
        return None
    inlines: Nodes = []
    for part in _SHORTHAND.split(text):
        if _SHORTHAND.fullmatch(part):
            code = "".join(f"\\{sign}" for sign in part)
            inlines.append(_inline(code))
        elif part:
            inlines.append(string(part))
    return inlines


def _inline(code: str) -> Node:
    return {"t": "RawInline", "c": ["typst", code]}


def literal(text: str) -> str:
    """Return a Typst string.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    str
        A Typst string.
    """
    shown = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return json.dumps(shown, ensure_ascii=False)


def _label(identifier: str) -> str:
    return f"#label({literal(identifier)})"


def _guarded(inlines: Nodes) -> Nodes:
    """Keep signs that begin a line from being read as headings, lists or terms.

    Pandoc does not escape them at the beginning of table cells and captions.
    """
    result: Nodes = []
    for index, inline in enumerate(inlines):
        first = index == 0 or inlines[index - 1]["t"] in ("LineBreak", "SoftBreak")
        if first and inline["t"] == "Str" and _LINE_START.match(inline["c"]):
            result.append(_inline("#[]"))
        result.append(inline)
    return result


def _embed(identifier: str, embed: Embed | None, inner: Nodes) -> Nodes:
    caption, *content = inner
    label = _label(identifier)
    if embed is not None and embed.kind == "fig":
        # The label stands inside, for it is the picture that moves to another page, not its place.
        picture = f"#picture({literal(embed.image)}, alt: {literal(embed.cell.alternative)})"
        opening = f"#drawn(figure([#metadata(none) {label}{picture}], kind: image, caption: ["
        return [raw("typst", opening), caption, raw("typst", "]))")]
    tables = [block for block in content if block["t"] == "Table"]
    notes = [block for block in content if block["t"] != "Table"]
    result = [raw("typst", "#[#figure(kind: table, caption: ["), caption, raw("typst", "], [")]
    result += [*tables, raw("typst", f"]) {label}]")]
    if notes and (last := _last_row(tables)) is not None:
        result = [raw("typst", f"#noted({last}, ["), *result]
        result += [raw("typst", "], ["), *notes, raw("typst", "])")]
    elif notes:
        result = [raw("typst", "#together["), *result]
        result += [raw("typst", "#table-notes["), *notes, raw("typst", "]]")]
    return result


def _last_row(tables: Nodes) -> int | None:
    """Return the place of a table's last row, from 0; None unless one table fills the line."""
    if len(tables) != 1:
        return None
    _, _, columns, (_, heads), bodies, (_, feet) = tables[0]["c"]
    if any(width["t"] == "ColWidthDefault" for _, width in columns):
        return None
    rows = len(heads) + len(feet) + sum(len(above) + len(main) for _, _, above, main in bodies)
    return rows - 1


def _bare(table: Node) -> Node:
    """Return a table that pandoc does not put into a figure of its own."""
    (identifier, classes, pairs), *rest = table["c"]
    return {"t": "Table", "c": [[identifier, [*classes, "typst:no-figure"], pairs], *rest]}


def _callout(kind: str, title: str | None, inner: Nodes) -> Nodes:
    heading, rest = callout_title(kind, title, inner)
    opening = [raw("typst", "#callout(["), plain(heading), raw("typst", "], [")]
    return [*opening, *rest, raw("typst", "])")]


def _columns(count: int, inner: Nodes) -> Nodes:
    result = [raw("typst", f"#grid(columns: {count}, gutter: 1em, [")]
    for index, block in enumerate(inner):
        result += ([raw("typst", "], [")] if index else []) + [block]
    return [*result, raw("typst", "])")]


def _reference(identifier: str, inner: Nodes) -> Nodes:
    spans = {
        name: element["c"][1]
        for element in elements(inner)
        if element["t"] == "Span"
        for name in element["c"][0][1]
    }
    mark, entry = spans.get("csl-left-margin"), spans.get("csl-right-inline")
    if mark is None or entry is None:
        return [raw("typst", "#entry(none, ["), *inner, raw("typst", f"]) {_label(identifier)}")]
    return [
        raw("typst", "#entry(["),
        plain(mark or [string("")]),
        raw("typst", "], ["),
        plain(entry),
        raw("typst", f"]) {_label(identifier)}"),
    ]
