"""What takes the places of shortcodes, once the text around them has been parsed."""

from __future__ import annotations

from collections.abc import Mapping

from umbrella_review.render import pandoc
from umbrella_review.render.embeds import Embed
from umbrella_review.render.nodes import div, image, is_value, plain, string, words
from umbrella_review.render.shortcodes import MARK, Slot
from umbrella_review.render.tree import Node, Nodes, inlines_of, walk


def slot_contents(
    slots: list[Slot], embeds: Mapping[str, Embed], captions: Mapping[str, str]
) -> list[Nodes]:
    """Return for each slot the inlines, or the one block, that take its place.

    Parameters
    ----------
    slots : list of Slot
        In the order of the text.
    embeds : mapping of str to Embed
        By ``path.ipynb#label``.
    captions : mapping of str to str
        Their captions, by the same, in which marks stand for values.

    Returns
    -------
    list of list of dict
        Nothing for an embed that stands already elsewhere.
    """
    pieces: dict[str, str] = {}
    for index, slot in enumerate(slots):
        if slot.kind == "value":
            pieces[f"value {index}"] = slot.content.strip()
    for content, embed in embeds.items():
        pieces[f"caption {content}"] = captions[content]
        if embed.kind == "tbl":
            pieces[f"table {content}"] = (embed.cell.markdown or "") + "\n"
    _, parsed = pandoc.parse("", pieces, pandoc.DATA)
    contents: list[Nodes] = []
    for index, slot in enumerate(slots):
        if slot.kind == "value":
            contents.append(_value(inlines_of(parsed[f"value {index}"]), index))
        else:
            contents.append(words(slot.content) if slot.kind == "literal" else [])
    # Captions may hold values, so that embeds come last.
    placed: set[str] = set()
    for index, slot in enumerate(slots):
        if slot.kind == "embed" and slot.content in embeds and slot.content not in placed:
            placed.add(slot.content)
            caption = plain(inlines_of(parsed[f"caption {slot.content}"]))
            filled = fill([caption], slots, contents)
            contents[index] = [_embed(slot.content, embeds[slot.content], filled, parsed)]
    return contents


def _value(inlines: Nodes, index: int) -> Nodes:
    """Let the link of a recorded value be a place to which the ledger can lead back."""
    if len(inlines) != 1 or not is_value(inlines[0]):
        return inlines
    (_, classes, pairs), inner, target = inlines[0]["c"]
    return [{"t": "Link", "c": [[used(index), classes, pairs], inner, target]}]


def used(index: int) -> str:
    """Return the identifier of the link of a value.

    Parameters
    ----------
    index : int
        Place of its slot.

    Returns
    -------
    str
        To which the ledger leads back.
    """
    return f"used-{index}"


def _embed(content: str, embed: Embed, caption: Nodes, parsed: Mapping[str, Nodes]) -> Node:
    if embed.kind == "fig":
        body = [plain([image(embed.cell.alternative, embed.image)])]
    else:
        body = parsed[f"table {content}"]
    return div([*caption, *body], embed.label, ["embed"])


def fill(blocks: Nodes, slots: list[Slot], contents: list[Nodes]) -> Nodes:
    """Put the contents of shortcodes in the places of their marks.

    Parameters
    ----------
    blocks : list of dict
        Parsed text with marks.
    slots : list of Slot
        What the marks stand for.
    contents : list of list of dict
        As `slot_contents` gives them.

    Returns
    -------
    list of dict
        The text without marks.
    """

    def visit(element: Node) -> Nodes | None:
        if element["t"] in ("Para", "Plain") and len(element["c"]) == 1:
            only = element["c"][0]
            match = MARK.fullmatch(only["c"]) if only["t"] == "Str" else None
            if match and slots[int(match[1])].kind == "embed":
                return contents[int(match[1])]
        if element["t"] == "Str" and MARK.search(element["c"]):
            parts = MARK.split(element["c"])
            inlines: Nodes = []
            for position, part in enumerate(parts):
                if position % 2:
                    inlines += contents[int(part)] if slots[int(part)].kind != "embed" else []
                elif part:
                    inlines.append(string(part))
            return inlines
        return None

    result: Nodes = walk(blocks, visit)
    return result


def without_comments(blocks: Nodes) -> Nodes:
    """Return blocks without comments, which are for authors alone.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.

    Returns
    -------
    list of dict
        Blocks without comments, which are for authors alone.
    """

    def visit(element: Node) -> Nodes | None:
        comment = element["t"] in ("RawBlock", "RawInline") and element["c"][1].startswith("<!--")
        return [] if comment else None

    result: Nodes = walk(blocks, visit)
    return result
