"""Blocks as the Word document shows them: captions with fields, bitmaps, sections, callouts."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from umbrella_review.render.bitmaps import Bitmap
from umbrella_review.render.crossref import NAMES
from umbrella_review.render.docx_styles import LANDSCAPE, PORTRAIT, Sheet
from umbrella_review.render.embeds import Embed
from umbrella_review.render.nodes import attributes, div, para, plain, raw, string, words
from umbrella_review.render.page_blocks import callout_title
from umbrella_review.render.tree import Node, Nodes, walk

BREAK = "section-break-{0}"  # value of the marks that `docx_package` turns into sections
_TWIPS = 1440  # an inch
_CAPTION = 1800  # room for a caption on the page of its figure


def lay_out(
    blocks: Nodes,
    embeds: Mapping[str, Embed],
    bitmaps: Mapping[str, Bitmap],
    numbers: Mapping[str, str],
    sheet: Sheet = PORTRAIT,
) -> Nodes:
    """Return blocks for pandoc's DOCX writer.

    Parameters
    ----------
    blocks : list of dict
        The text with citations set.
    embeds : mapping of str to Embed
        Figures and tables by label.
    bitmaps : mapping of str to Bitmap
        The figures as PNG, by label.
    numbers : mapping of str to str
        Printed numbers by identifier.
    sheet : Sheet, optional
        The page that the blocks stand on.

    Returns
    -------
    list of dict
        The blocks, laid out.
    """

    def inside(inner: Nodes, page: Sheet = sheet) -> Nodes:
        return lay_out(inner, embeds, bitmaps, numbers, page)

    def visit(element: Node) -> Nodes | None:
        if element["t"] != "Div":
            return None
        (identifier, classes, pairs), inner = element["c"]
        callout = next((name for name in classes if name.startswith("callout-")), None)
        result = None
        if "embed" in classes:
            caption, *content = inner
            labelled = _caption(identifier, numbers[identifier], caption["c"])
            bitmap = bitmaps.get(identifier)
            if bitmap is None:
                result = _table(labelled, inside(content))
            else:
                alternative = embeds[identifier].cell.alternative
                result = [_figure(labelled, bitmap, alternative, sheet)]
        elif callout:
            heading, rest = callout_title(callout, dict(map(tuple, pairs)).get("title"), inner)
            title = para([{"t": "Strong", "c": heading}])
            result = [_styled("Callout", [title, *inside(rest)])]
        elif "landscape" in classes:
            result = [_break("portrait"), *inside(inner, LANDSCAPE), _break("landscape")]
        return result

    result: Nodes = walk(blocks, visit)
    return result


def _styled(style: str, blocks: Nodes) -> Node:
    return div(blocks, pairs={"custom-style": style})


def _break(before: str) -> Node:
    """Return the mark that ends a section with pages of one orientation."""
    style = BREAK.format(before)
    return raw("openxml", f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>')


def _caption(identifier: str, number: str, caption: Nodes) -> Nodes:
    """Return a caption as Word numbers them: by a field, so that lists of figures find it."""
    name = NAMES[identifier.split("-", 1)[0]]
    field = (
        f'<w:fldSimple w:instr=" SEQ {name} \\* ARABIC "><w:r><w:rPr><w:b/></w:rPr>'
        f"<w:t>{number}</w:t></w:r></w:fldSimple>"
    )
    label = [
        {"t": "Strong", "c": [string(f"{name}\u00a0")]},
        {"t": "RawInline", "c": ["openxml", field]},
        {"t": "Strong", "c": [string(":")]},
    ]
    marked = {"t": "Span", "c": [attributes(identifier), label]}
    return [marked, {"t": "Space"}, *caption]


def _table(caption: Nodes, content: Nodes) -> Nodes:
    result = []
    for block in content:
        if block["t"] == "Table":
            attribute, _, *rest = block["c"]
            result.append({"t": "Table", "c": [attribute, [None, [plain(caption)]], *rest]})
        else:
            result.append(_styled("Table Note", [block]))
    return result


def _figure(caption: Nodes, bitmap: Bitmap, alternative: str, sheet: Sheet) -> Node:
    room = (sheet.text_width / _TWIPS, (sheet.text_height - _CAPTION) / _TWIPS)
    factor = min(1.0, room[0] / bitmap.width, room[1] / bitmap.height)
    size = {"width": f"{bitmap.width * factor:.3f}in", "height": f"{bitmap.height * factor:.3f}in"}
    address = "data:image/png;base64," + base64.b64encode(bitmap.content).decode("ascii")
    picture: dict[str, Any] = {
        "t": "Image",
        "c": [attributes(pairs=size), words(alternative), [address, ""]],
    }
    return {"t": "Figure", "c": [attributes(), [None, [plain(caption)]], [plain([picture])]]}
