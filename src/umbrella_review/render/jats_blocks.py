"""Blocks as JATS has them: figures, tables and callouts as elements with labels."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from umbrella_review.render.crossref import label_text
from umbrella_review.render.embeds import Embed
from umbrella_review.render.nodes import para, raw
from umbrella_review.render.page_blocks import callout_title
from umbrella_review.render.tree import Node, Nodes, elements, walk

ABSTRACT = "abstract"  # identifier of the section that is lifted into the front matter
_REFERENCES = "refs"


def picture_name(label: str) -> str:
    """Return the file of a figure, as seen from the article.

    Parameters
    ----------
    label : str
        Of the figure.

    Returns
    -------
    str
        A path with forward slashes.
    """
    return f"figures/{label}.png"


def lay_out(blocks: Nodes, embeds: Mapping[str, Embed], numbers: Mapping[str, str]) -> Nodes:
    """Return blocks for pandoc's JATS writer.

    Parameters
    ----------
    blocks : list of dict
        The text; its citations are set by the writer.
    embeds : mapping of str to Embed
        Figures and tables by label.
    numbers : mapping of str to str
        Printed numbers by identifier.

    Returns
    -------
    list of dict
        The blocks, laid out.
    """

    def visit(element: Node) -> Nodes | None:
        if element["t"] != "Div" or element["c"][0][0] == _REFERENCES:
            return None
        (identifier, classes, pairs), inner = element["c"]
        callout = next((name for name in classes if name.startswith("callout-")), None)
        if "embed" in classes:
            caption, *content = inner
            label = label_text(identifier, numbers)
            return _embed(identifier, label, caption["c"], content, embeds.get(identifier))
        inside = lay_out(inner, embeds, numbers)
        if callout:
            title, rest = callout_title(callout, dict(map(tuple, pairs)).get("title"), inside)
            return [
                _raw("<boxed-text>"),
                para([{"t": "Strong", "c": title}]),
                *rest,
                _raw("</boxed-text>"),
            ]
        return inside

    result: Nodes = walk(blocks, visit)
    return result


def appendices(blocks: Nodes) -> set[str]:
    """Return the identifiers of the sections that follow the list of references.

    Parameters
    ----------
    blocks : list of dict
        The text.

    Returns
    -------
    set of str
        Empty where there is no list.
    """
    found: set[str] = set()
    after = False
    for element in elements(blocks):
        if element["t"] == "Div" and element["c"][0][0] == _REFERENCES:
            after = True
        elif after and element["t"] == "Header" and element["c"][0] == 1:
            found.add(element["c"][1][0])
    return found


def _raw(code: str) -> Node:
    return raw("jats", code)


def _embed(
    identifier: str, label: str, caption: Nodes, content: Nodes, embed: Embed | None
) -> Nodes:
    name = "fig" if embed is not None and embed.kind == "fig" else "table-wrap"
    opening = f'<{name} id="{escape(identifier)}"><label>{escape(label)}</label><caption>'
    start = [_raw(opening), para(caption), _raw("</caption>")]
    if embed is not None and embed.kind == "fig":
        alternative = escape(" ".join(embed.cell.alternative.split()))
        address = f'xlink:href="{picture_name(identifier)}"'
        picture = f'<graphic mimetype="image" mime-subtype="png" {address}/>'
        return [*start, _raw(f"<alt-text>{alternative}</alt-text>{picture}</{name}>")]
    tables = [block for block in content if block["t"] == "Table"]
    notes = [block for block in content if block["t"] != "Table"]
    foot = [_raw("<table-wrap-foot>"), *notes, _raw("</table-wrap-foot>")] if notes else []
    return [*start, *tables, *foot, _raw(f"</{name}>")]
