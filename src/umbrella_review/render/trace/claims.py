"""The claims of a manuscript: its sentences that carry recorded values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from umbrella_review.render.crossref import is_target
from umbrella_review.render.nodes import is_value
from umbrella_review.render.tree import Node, Nodes, text_of

ARTICLE = "index.html"
_END = re.compile(r"[.!?][\"'”’)\]]*$")
_SHORT = frozenset(("al.", "e.g.", "i.e.", "vs.", "cf.", "no."))
_BLANKS = re.compile(r"\s+")
_BEFORE_SIGN = re.compile(r"\s+([.,;:)])")
_EMPTY = re.compile(r"\(\s*(?:[;,]\s*)*\)")
_TYPED = re.compile(r"\d")


@dataclass(frozen=True)
class Claim:
    """A sentence that carries values.

    Parameters
    ----------
    claim_id : str
        From the section and the wording: it stays while values change.
    section : str
        Identifier of the section.
    heading : str
        Its title.
    text : str
        The sentence as printed, without marks of citations.
    wording : str
        The sentence with the ids of values, in braces, in the place of what is printed.
    values : tuple of str
        Ids of the values, in order; one can come twice.
    anchors : tuple of str
        Identifiers of their links, in the same order.
    where : str
        File and line of the first.
    page : str
        File of the report that it stands in.
    """

    claim_id: str
    section: str
    heading: str
    text: str
    wording: str
    values: tuple[str, ...]
    anchors: tuple[str, ...]
    where: str
    page: str = ARTICLE

    def place(self, value_id: str, *, anchored: bool) -> str:
        """Return where a report shows one of the values, from the report's folder.

        Parameters
        ----------
        value_id : str
            The value.
        anchored : bool
            Whether the article has a place for each value, else one for each section; pages
            beside it always have.

        Returns
        -------
        str
            A page and a place on it.
        """
        exact = anchored or self.page != ARTICLE
        anchor = self.anchors[self.values.index(value_id)] if exact else self.section
        return f"{self.page}#{anchor}"


def find_claims(
    blocks: Nodes, places: Mapping[str, str], page: str = ARTICLE, title: str = ""
) -> list[Claim]:
    """Return the claims of a manuscript, or of a page beside it, in the order of the text.

    Parameters
    ----------
    blocks : list of dict
        The text with values, figures and tables in place; citations need not be set.
    places : mapping of str to str
        File and line of each value, by the identifier of its link.
    page : str, optional
        File of the report that the text stands in; that of the article by default.
    title : str, optional
        Title of the page: what sentences before its first heading stand under.

    Returns
    -------
    list of Claim
        Two of the same wording in one section are told apart by a number.
    """
    claims: list[Claim] = []
    taken: dict[str, int] = {}
    for section, heading, sentence in sentences(blocks):
        links = [element for element in sentence if is_value(element)]
        if not links:
            continue
        values = tuple(element["c"][2][0].partition("#")[2] for element in links)
        anchors = tuple(element["c"][0][0] for element in links)
        wording = _printed(_with_ids(sentence))
        place = section if page == ARTICLE else f"{page}#{section}"
        digest = hashlib.sha256(f"{place}\n{wording}".encode()).hexdigest()[:8]
        taken[digest] = taken.get(digest, 0) + 1
        number = f"-{taken[digest]}" if taken[digest] > 1 else ""
        claims.append(
            Claim(
                f"c{digest}{number}",
                section,
                heading or title,
                _printed(sentence),
                wording,
                values,
                anchors,
                places.get(anchors[0], ""),
                page,
            )
        )
    return claims


def sentences(blocks: Nodes) -> Iterator[tuple[str, str, Nodes]]:
    """Yield identifier and title of the section, and the inlines, of each sentence.

    Of figures and tables, which notebooks make, the captions alone; footnotes follow their
    paragraph.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.

    Yields
    ------
    tuple of str, str and list of dict
        Inlines without emphasis and other markup around them.
    """
    section, heading = "", ""
    for element in _texts(blocks):
        if element["t"] == "Header":
            section, heading = element["c"][1][0], text_of(element["c"][2])
            continue
        sentence: Nodes = []
        for inline in _flat(element["c"]):
            if inline["t"] == "Space" and _ends(sentence):
                yield section, heading, sentence
                sentence = []
            else:
                sentence.append(inline)
        if sentence:
            yield section, heading, sentence


def typed_digits(sentence: Nodes, names: Collection[str]) -> bool:
    """Tell whether a sentence holds digits that no value carries.

    Parameters
    ----------
    sentence : list of dict
        As `sentences` yields it.
    names : collection of str
        Names that may hold digits.

    Returns
    -------
    bool
        Numbers in code, mathematics, citations and references do not count.
    """
    text = text_of([element for element in sentence if element["t"] in ("Str", "Space")])
    for name in names:
        text = text.replace(name, "")
    return bool(_TYPED.search(text))


def _texts(blocks: Nodes) -> Iterator[Node]:
    """Yield headings, paragraphs and captions in reading order."""
    for block in blocks:
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind in ("Header", "Para", "Plain"):
            yield block
            for note in _notes(content):
                yield from _texts(note)
        elif kind == "Div":
            # An embedded figure or table begins with its caption.
            embedded = "embed" in content[0][1]
            yield from _texts(content[1][:1] if embedded else content[1])
        elif kind == "BlockQuote":
            yield from _texts(content)
        elif kind in ("BulletList", "OrderedList"):
            for item in content if kind == "BulletList" else content[1]:
                yield from _texts(item)
        elif kind == "DefinitionList":
            for term, definitions in content:
                yield {"t": "Plain", "c": term}
                for definition in definitions:
                    yield from _texts(definition)


def _notes(content: object) -> Iterator[Nodes]:
    if isinstance(content, list):
        for item in content:
            if isinstance(item, dict) and item.get("t") == "Note":
                yield item["c"]
            else:
                yield from _notes(item)
    elif isinstance(content, dict):
        yield from _notes(content.get("c"))


def _flat(inlines: Nodes) -> Iterator[Node]:
    """Yield inlines without the emphasis around them; line breaks are spaces."""
    for inline in inlines:
        kind = inline["t"]
        if kind in ("Emph", "Strong", "Underline", "Strikeout", "SmallCaps"):
            yield from _flat(inline["c"])
        elif kind in ("Span", "Quoted") or (kind == "Link" and not _kept(inline)):
            yield from _flat(inline["c"][1])
        elif kind in ("SoftBreak", "LineBreak"):
            yield {"t": "Space"}
        else:
            yield inline


def _kept(link: Node) -> bool:
    """Tell whether a link stays one: those of values, and those of numbered figures and parts."""
    target = link["c"][2][0]
    return is_value(link) or is_target(target.removeprefix("#"))


def _ends(sentence: Nodes) -> bool:
    """Tell whether a sentence is over; a citation may stand before its full stop."""
    last = sentence[-1] if sentence else {"t": ""}
    word = last["c"] if last["t"] == "Str" else ""
    return _END.search(word) is not None and word not in _SHORT


def _with_ids(sentence: Nodes) -> Nodes:
    return [
        {"t": "Str", "c": f"{{{element['c'][2][0].partition('#')[2]}}}"}
        if is_value(element)
        else element
        for element in sentence
    ]


def _printed(sentence: Nodes) -> str:
    """Return the text without citations and what they leave behind."""
    kept = [element for element in sentence if element["t"] not in ("Cite", "Note")]
    text = _EMPTY.sub("", text_of(kept))
    return _BLANKS.sub(" ", _BEFORE_SIGN.sub(r"\1", text)).strip()
