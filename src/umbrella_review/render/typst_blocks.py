"""Blocks as print shows them: figures, tables, landscape pages, callouts, references."""

from __future__ import annotations

import json
import re

from umbrella_review.render.embeds import Embed
from umbrella_review.render.page_blocks import callout_title
from umbrella_review.render.tree import Node, Nodes, elements, plain, raw, string, walk


_LINE_START = re.compile(r"[-+=/]|[0-9]+\.")


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
    """

    def visit(element: Node) -> Nodes | None:
        if element["t"] == "Table":
            return [_bare(walk(element, visit))]
        if element["t"] in ("Plain", "Para"):
            return [{"t": element["t"], "c": _guarded(lay_out(element["c"], embeds))}]
        if element["t"] != "Div":
            return None
        (identifier, classes, pairs), inner = element["c"]
        values = dict(map(tuple, pairs))
        callout = next((name for name in classes if name.startswith("callout-")), None)
        if "embed" in classes:
            return _embed(identifier, embeds.get(identifier), lay_out(inner, embeds))
        if callout:
            return _callout(callout, values.get("title"), lay_out(inner, embeds))
        if "layout-ncol" in values:
            return _columns(int(values["layout-ncol"]), lay_out(inner, embeds))
        if "landscape" in classes:
            return [raw("typst", "#landscape["), *lay_out(inner, embeds), raw("typst", "]")]
        if "csl-entry" in classes:
            return _reference(identifier, inner)
        return None

    result: Nodes = walk(blocks, visit)
    return result


def literal(text: str) -> str:
    """Return a Typst string."""
    quoted = json.dumps(" ".join(text.split()), ensure_ascii=False)
    return quoted.replace("\\/", "/")


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
            result.append({"t": "RawInline", "c": ["typst", "#[]"]})
        result.append(inline)
    return result


def _embed(identifier: str, embed: Embed | None, inner: Nodes) -> Nodes:
    caption, *content = inner
    label = _label(identifier)
    if embed is not None and embed.kind == "fig":
        picture = f"image({literal(embed.image)}, alt: {literal(embed.cell.alternative)})"
        opening = f"#[#figure({picture}, kind: image, caption: ["
        return [raw("typst", opening), caption, raw("typst", f"]) {label}]")]
    tables = [block for block in content if block["t"] == "Table"]
    notes = [block for block in content if block["t"] != "Table"]
    result = [raw("typst", "#[#figure(kind: table, caption: ["), caption, raw("typst", "], [")]
    result += [*tables, raw("typst", f"]) {label}]")]
    if notes:
        result += [raw("typst", "#table-notes["), *notes, raw("typst", "]")]
    return result


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
