"""Blocks as pages show them: figures, scrolling tables, callouts, columns."""

from __future__ import annotations

from itertools import count
from typing import Any

from umbrella_review.render.executed import Picture
from umbrella_review.render.nodes import div, link, para, plain, raw, span, string, words
from umbrella_review.render.picture_size import picture_size
from umbrella_review.render.tree import Node, Nodes, elements, text_of, walk

_ALIGN = {"AlignRight": "right", "AlignCenter": "center"}
_FRAME = "table-frame"
_LABEL = "label"  # class of what stands before a caption
_KNOWN = 16  # columns whose alignment the style sheet knows by a class of the table
_LONG = (15, 25, 40, 60, 120, 240)  # rows: browsers leave such tables until they come near
_STEP = 5  # per cent: column widths are classes of the style sheet, which knows these steps


def lay_out(blocks: Nodes) -> Nodes:
    """Return blocks with accessible tables and with callouts and columns as divisions.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.

    Returns
    -------
    list of dict
        The blocks, laid out.
    """
    unnamed = count(1)

    def visit(element: Node) -> Nodes | None:
        if element["t"] == "Table":
            return [scrolling(element, f"Table without caption, {next(unnamed)}")]
        if element["t"] != "Div":
            return None
        (identifier, classes, pairs), inner = element["c"]
        values = dict(map(tuple, pairs))
        callout = next((name for name in classes if name.startswith("callout-")), None)
        if callout:
            return [_callout(callout, values.get("title"), identifier, lay_out(inner))]
        if "layout-ncol" in values:
            columns = ["columns", f"columns-{values['layout-ncol']}"]
            return [div(lay_out(inner), identifier, columns)]
        if "landscape" in classes:
            return lay_out(inner)
        return [element] if _FRAME in classes else None

    result: Nodes = walk(blocks, visit)
    return result


def callout_title(kind: str, title: str | None, inner: Nodes) -> tuple[Nodes, Nodes]:
    """Return the title of a callout, by attribute, by leading heading or by kind; and the rest.

    Parameters
    ----------
    kind : str
        Class of the callout.
    title : str or None
        By attribute, if any.
    inner : list of dict
        What it holds.

    Returns
    -------
    tuple of list of dict and list of dict
        The title of a callout, by attribute, by leading heading or by kind.
    """
    if title:
        return [string(title)], inner
    if inner and inner[0]["t"] == "Header":
        return inner[0]["c"][2], inner[1:]
    return [string(kind.removeprefix("callout-").capitalize())], inner


def _callout(kind: str, title: str | None, identifier: str, inner: Nodes) -> Node:
    heading, rest = callout_title(kind, title, inner)
    return div(
        [div([plain(heading)], classes=["callout-title"]), *rest], identifier, ["callout", kind]
    )


def figure(
    label: str,
    kind: str,
    caption: Nodes,
    content: Nodes,
    after: Nodes,
    *,
    anchored: bool = True,
    picture: Picture | None = None,
) -> Nodes:
    """Return a figure or a table, not yet laid out, with caption and what stands under it.

    Parameters
    ----------
    label : str
        Identifier: small letters, digits and hyphens.
    kind : str
        ``fig`` or ``tbl``.
    caption : list of dict
        Inlines.
    content : list of dict
        The image, or the table and its notes.
    after : list of dict
        Inlines of the line below.
    anchored : bool, optional
        Whether the figure itself carries the identifier.
    picture : Picture, optional
        What its image shows.

    Returns
    -------
    list of dict
        Blocks.
    """
    identifier = f' id="{label}"' if anchored else ""
    heading = [raw("html", "<figcaption>"), plain(caption), raw("html", "</figcaption>")]
    size = picture_size(picture) if picture else None
    framed = div(_enlarging(content, size), classes=["figure-frame"])
    named = _framed(content, _own_name(caption) or text_of(caption))
    pictures = [element["c"][2][0] for element in elements(content) if element["t"] == "Image"]
    larger = [_full_size(pictures[0], caption)] if pictures else []
    ordered = [*heading, *named] if kind == "tbl" else [*larger, framed, *heading]
    below = [div([para(after)], classes=["source"])] if after else []
    opening = raw("html", f'<figure{identifier} class="{kind}{_length(content)}">')
    return [opening, *ordered, *below, raw("html", "</figure>")]


def _enlarging(content: Nodes, size: tuple[int, int] | None) -> Nodes:
    """Let pictures be links to their files, which a browser shows at any size.

    They are loaded when they come near, into the place that is kept for them.
    """
    kept = [["width", str(size[0])], ["height", str(size[1])]] if size else []

    def visit(element: Node) -> Nodes | None:
        if element["t"] != "Image":
            return None
        (identifier, classes, pairs), inlines, target = element["c"]
        attribute = [identifier, classes, [*pairs, *kept, ["loading", "lazy"]]]
        return [link([{"t": "Image", "c": [attribute, inlines, target]}], target[0])]

    result: Nodes = walk(content, visit)
    return result


def _length(content: Nodes) -> str:
    """Return the class of a long table: the step of rows at or below its own; else nothing."""
    bodies = [body for one in elements(content) if one["t"] == "Table" for body in one["c"][4]]
    rows = sum(len(body[3]) for body in bodies)
    reached = [step for step in _LONG if rows >= step]
    return f" long long-{reached[-1]}" if reached else ""


def _own_name(caption: Nodes) -> str:
    """Return e.g. ``Figure 3``; empty where the caption does not begin with it."""
    labels = (one for one in elements(caption) if one["t"] == "Span" and _LABEL in one["c"][0][1])
    return next((text_of(one).rstrip(":") for one in labels), "")


def _full_size(address: str, caption: Nodes) -> Node:
    """Return the line that leads to a picture at full size; a small window shows why."""
    name = _own_name(caption) or "this figure"
    hint = span(words("Small on this screen:"), classes=["hint"])
    way = link([string(f"Enlarge {name}")], address)
    return div([plain([hint, {"t": "Space"}, way])], classes=["enlarge"])


def _framed(content: Nodes, name: str) -> Nodes:
    """Put tables into frames that are called by their caption."""

    def visit(element: Node) -> Nodes | None:
        return [scrolling(element, name)] if element["t"] == "Table" else None

    result: Nodes = walk(content, visit)
    return result


def caption_with_label(label: str, caption: Nodes, target: str) -> Nodes:
    """Return a caption that begins with e.g. ``Figure 3:``, a link to the figure itself.

    Parameters
    ----------
    label : str
        What stands before the caption.
    caption : list of dict
        Inlines.
    target : str
        Identifier to which the label leads.

    Returns
    -------
    list of dict
        A caption that begins with e.g. ``Figure 3:``.
    """
    itself = link([string(f"{label}:")], f"#{target}", ["anchor"])
    return [span([itself], classes=[_LABEL]), {"t": "Space"}, *caption]


def scrolling(table: Node, name: str) -> Node:
    """Return a table with scopes and width classes, in a frame that scrolls when it is wide.

    Parameters
    ----------
    table : dict
        A table as pandoc has it.
    name : str
        What screen readers call the frame.

    Returns
    -------
    dict
        A table with scopes and width classes, in a frame that scrolls when it is wide.
    """
    attribute, caption, columns, (head_attribute, head), bodies, foot = table["c"]
    aligned = [_ALIGN.get(align["t"], "") for align, _ in columns]
    every = [*head, *(row for _, _, _, rows in bodies for row in rows)]
    known = _KNOWN if all(cell[3] == 1 for _, cells in every for cell in cells) else 0
    right = [place for place, side in enumerate(aligned[:known]) if side == "right"]
    # A class of the table says it for a column, and not of each of its cells.
    aligned = ["" if place in right else side for place, side in enumerate(aligned)]
    widths = [_width_class(width) for _, width in columns]
    header = [_row(row, aligned, widths, "col", len(columns)) for row in head]
    filled = [
        [part, 1, intermediate, [_row(row, aligned, [], "row", 1) for row in rows]]
        for part, _, intermediate, rows in bodies
    ]
    free = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in columns]
    numbered = [f"r{place + 1}" for place in right]
    classes = [*attribute[1], f"cols-{min(len(columns), 12)}", *numbered]
    content = [
        [attribute[0], classes, attribute[2]],
        caption,
        free,
        [head_attribute, header],
        filled,
        foot,
    ]
    frame = {"tabindex": "0", "role": "region", "aria-label": name}
    return div([{"t": "Table", "c": content}], classes=[_FRAME], pairs=frame)


def _width_class(width: Node) -> str:
    if width["t"] != "ColWidth":
        return ""
    return f"w{max(1, round(width['c'] * 100 / _STEP)) * _STEP}"


def _row(row: Any, aligned: list[str], widths: list[str], scope: str, heads: int) -> Any:
    attribute, cells = row
    result = []
    for index, (cell, align) in enumerate(zip(cells, aligned, strict=False)):
        (identifier, classes, pairs), _, rows, columns, content = cell
        extra = [align, widths[index] if index < len(widths) else ""]
        scoped = [*pairs, ["scope", scope]] if index < heads else pairs
        changed = [identifier, [*classes, *filter(None, extra)], scoped]
        result.append([changed, {"t": "AlignDefault"}, rows, columns, content])
    return [attribute, result]
