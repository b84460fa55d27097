"""What pandoc leaves to do in a JATS article: abstract, labels, appendices, kinds of references."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection, Mapping

from umbrella_review.render.jats_blocks import ABSTRACT

_TYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.1 20151215//EN"'
    ' "JATS-journalpublishing1.dtd">'
)
_NAMESPACES = {
    "xlink": "http://www.w3.org/1999/xlink",
    "mml": "http://www.w3.org/1998/Math/MathML",
    "ali": "http://www.niso.org/schemas/ali/1.0/",
}
# Kind of a reference by the element that it points to.
_KINDS = {"fig": "fig", "table-wrap": "table", "sec": "sec", "app": "app", "ref": "bibr"}


def finish(
    text: str, numbers: Mapping[str, str], marks: Mapping[str, str], after: Collection[str]
) -> str:
    """Return an article with its parts where JATS has them.

    Parameters
    ----------
    text : str
        As pandoc wrote it.
    numbers : mapping of str to str
        Printed numbers of sections by identifier.
    marks : mapping of str to str
        Printed marks of references by key.
    after : collection of str
        Identifiers of the sections that are appendices.

    Returns
    -------
    str
        The file.
    """
    for prefix, address in _NAMESPACES.items():
        ET.register_namespace(prefix, address)
    root = ET.fromstring(text)  # noqa: S314 - comes from pandoc
    _lift_abstract(root)
    _move_appendices(root, after)
    _flatten_tables(root)
    for section in root.iter("sec"):
        if section.get("id", "") in numbers:
            section.insert(0, _element("label", numbers[section.get("id", "")]))
    _order_references(root, marks)
    kinds = {element.get("id"): _KINDS.get(element.tag, "other") for element in root.iter()}
    for reference in root.iter("xref"):
        reference.attrib.pop("alt", None)  # repeats the words of the reference
        reference.set("ref-type", kinds.get(reference.get("rid"), "other"))
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_TYPE}\n{body}\n'


def _element(tag: str, text: str = "") -> ET.Element:
    element = ET.Element(tag)
    element.text = text
    return element


def _lift_abstract(root: ET.Element) -> None:
    front, body = root.find("front/article-meta"), root.find("body")
    if front is None or body is None:
        return
    target = front.find("abstract")
    section = next((sec for sec in body.findall("sec") if sec.get("id") == ABSTRACT), None)
    if target is None:
        return
    if section is None:
        front.remove(target)
        return
    body.remove(section)
    content = [block for block in section if block.tag != "title"]
    headed = [_headed(block) for block in content]
    target[:] = [part for part in headed if part is not None] if all(headed) else content


def _headed(block: ET.Element) -> ET.Element | None:
    """Return a paragraph that begins with bold words as a section with that title."""
    first = block[0] if block.tag == "p" and len(block) else None
    if first is None or first.tag != "bold" or (block.text or "").strip() or len(first):
        return None
    section = ET.Element("sec")
    section.append(_element("title", (first.text or "").strip().rstrip(".:")))
    paragraph = ET.SubElement(section, "p")
    paragraph.text = (first.tail or "").lstrip()
    paragraph.extend(block[1:])
    return section


def _move_appendices(root: ET.Element, after: Collection[str]) -> None:
    body, back = root.find("body"), root.find("back")
    found = [sec for sec in (body if body is not None else ()) if sec.get("id") in after]
    if body is None or back is None or not found:
        return
    group = ET.SubElement(back, "app-group")
    for section in found:
        body.remove(section)
        section.tag = "app"
        group.append(section)


def _flatten_tables(root: ET.Element) -> None:
    """Take tables out of the frames that pandoc puts into ours."""
    for wrap in root.iter("table-wrap"):
        for index, inner in enumerate(list(wrap)):
            if inner.tag == "table-wrap":
                wrap[index : index + 1] = list(inner)


def _order_references(root: ET.Element, marks: Mapping[str, str]) -> None:
    """Put references into the order of print, with their marks."""
    order = {key: place for place, key in enumerate(marks)}
    for references in root.iter("ref-list"):
        entries = references.findall("ref")
        for entry in entries:
            references.remove(entry)
            mark = marks.get(_key(entry))
            if mark is not None:
                entry.insert(0, _element("label", mark))
        references.extend(sorted(entries, key=lambda entry: order.get(_key(entry), len(order))))


def _key(entry: ET.Element) -> str:
    return entry.get("id", "").removeprefix("ref-")
