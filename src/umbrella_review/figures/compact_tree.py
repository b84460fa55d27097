"""The elements of an SVG, each shape drawn once and each style said once for its neighbours."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import groupby

from umbrella_review.figures.compact_style import compact_style
from umbrella_review.figures.compact_words import name_words

_SPACE = "http://www.w3.org/2000/svg"
_PATH, _USE, _GROUP, _DEFS = (f"{{{_SPACE}}}{name}" for name in ("path", "use", "g", "defs"))
_STYLE_SHEET = f"{{{_SPACE}}}style"
ET.register_namespace("", _SPACE)
_SHARED = ("clip-path", "style")
_MOVE = re.compile(r"m(-?[0-9.]+) ?(-?[0-9.]+)")
_PLACE = re.compile(r"translate\((-?[0-9.]+) (-?[0-9.]+)\) (scale\([^)]*\))")
_GLYPH = re.compile(r"#[A-Z]+[0-9a-f]+")
_OFTEN = 2  # times that a shape has to be drawn before it gets a name
_WHOLE = re.compile(r"(^|;)opacity")  # of what is drawn together, not inherited
_WORTH = 70  # characters of a shape, with the name of its space, that a name is shorter than
_LETTERS = 6  # of a name that is made of a digest
_LONG_NAME = re.compile(r"(?<=[\"#])([mp][0-9a-f]{6})[0-9a-f]{4}(?=[\")])")


def compact_tree(svg: str) -> str:
    """Return the same picture with fewer elements and attributes.

    Parameters
    ----------
    svg : str
        Without space between elements; text may stand in ``text`` alone.

    Returns
    -------
    str
        SVG that ends with a line break.
    """
    root = ET.fromstring(_LONG_NAME.sub(r"\1", svg))  # noqa: S314 - matplotlib wrote it
    for above in root.findall(f".//{_STYLE_SHEET}/.."):
        # Its rule for all elements is stronger than what they inherit.
        above.remove(above[0])
        root.set("stroke-linejoin", "round")
    for element in root.iter():
        _set(element, "style", compact_style(element.get("style", "")))
    kept = _without_definitions(root)
    _shorten_texts(root, kept)
    root[:] = _shared(_flat(_named(_unwrapped(root), kept)))
    _inherit(root, kept)
    if kept:
        definitions = ET.Element(_DEFS)
        definitions.extend(kept[name] for name in kept)
        root.insert(0, definitions)
    return _text(root).replace(" />", "/>") + "\n"


def _set(element: ET.Element, name: str, value: str) -> None:
    if value:
        element.set(name, value)
    else:
        element.attrib.pop(name, None)


def _without_definitions(root: ET.Element) -> dict[str, ET.Element]:
    """Take all definitions out of a tree, and return them by name."""
    found: dict[str, ET.Element] = {}
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag == _DEFS]:
            parent.remove(child)
            found |= {one.get("id", ""): one for one in child}
    return found


def _shorten_texts(root: ET.Element, kept: dict[str, ET.Element]) -> None:
    """Name words that come often; drop outlines of spaces, and their places."""
    empty = {name for name, one in kept.items() if one.tag == _PATH and not one.get("d")}
    texts = [
        group
        for group in root.iter(_GROUP)
        if len(group) and all(_GLYPH.fullmatch(one.get("href", "")) for one in group)
    ]
    kept |= name_words(texts, {f"#{name}" for name in empty}, kept)
    for name in empty:
        del kept[name]


def _unwrapped(parent: ET.Element) -> Iterator[ET.Element]:
    """Yield the children of an element; groups that say nothing give way to their content."""
    for child in parent:
        if child.tag == _GROUP and not child.attrib:
            yield from _unwrapped(child)
        else:
            if child.tag == _GROUP:
                child[:] = list(_unwrapped(child))
            if child.tag != _GROUP or len(child):
                yield child


def _named(elements: Iterable[ET.Element], kept: dict[str, ET.Element]) -> list[ET.Element]:
    """Return elements in which shapes and words that come often are used by their names."""
    listed = list(elements)
    found = [
        (one, drawn)
        for top in listed
        for one in top.iter()
        if (drawn := _at_origin(one)) is not None
    ]
    times = Counter(shape for _, (shape, *_) in found)
    shapes: dict[str, str] = {}
    for one, (shape, x, y) in found:
        if times[shape] < _OFTEN or len(shape) < _WORTH:
            continue
        name = "s" + sha256(shape.encode()).hexdigest()[:_LETTERS]
        if shapes.setdefault(name, shape) != shape:  # short digests may be the same
            continue
        definition = ET.fromstring(shape)  # noqa: S314 - written here
        definition.set("id", name)
        kept[name] = definition
        for attribute in set(one.attrib) - set(_SHARED):
            del one.attrib[attribute]
        # A clip path belongs to a group: at the use itself it would move with it.
        one.tag = _GROUP
        one[:] = [ET.Element(_USE, {"href": f"#{name}", "x": x, "y": y})]
    return listed


def _at_origin(element: ET.Element) -> tuple[str, str, str] | None:
    """Return a path or a word as it is where it begins at the origin, and where it begins.

    None for others, and for hatched ones: their pattern would move.
    """
    if "id" in element.attrib or "url(" in element.get("style", ""):
        return None
    path = _MOVE.match(element.get("d", "")) if element.tag == _PATH else None
    word = _PLACE.fullmatch(element.get("transform", "")) if element.tag == _GROUP else None
    if path and "transform" not in element.attrib:
        same = ET.Element(_PATH, {"d": "m0 0" + element.get("d", "")[path.end() :]})
        return _text(same), path[1], path[2]
    if word and "clip-path" not in element.attrib:
        same = ET.Element(_GROUP, {"transform": word[3]})
        same.extend(element)
        return _text(same), word[1], word[2]
    return None


def _text(element: ET.Element) -> str:
    return ET.tostring(element, encoding="unicode")


def _flat(elements: Iterable[ET.Element]) -> Iterator[ET.Element]:
    """Yield elements; groups with one style for all their content say it themselves."""
    for element in elements:
        if element.tag == _GROUP:
            element[:] = _shared(_flat(element))
            only = element[0] if len(element) == 1 else None
            if only is not None and only.tag == _GROUP and set(only.attrib) == {"style"}:
                element.set("style", _joined(element.get("style", ""), only.get("style", "")))
                element[:] = list(only)
        yield element


def _joined(outer: str, inner: str) -> str:
    said = dict(part.split(":", 1) for part in f"{outer};{inner}".split(";") if part)
    return ";".join(f"{name}:{value}" for name, value in said.items())


def _shared(elements: Iterable[ET.Element]) -> list[ET.Element]:
    """Return elements; neighbours that say the same are put into a group that says it once."""
    clipped = _grouped(elements, "clip-path")
    for element in clipped:
        if element.tag == _GROUP and set(element.attrib) == {"clip-path"}:
            element[:] = _grouped(element, "style")
    return _grouped(clipped, "style")


def _grouped(elements: Iterable[ET.Element], name: str) -> list[ET.Element]:
    found: list[ET.Element] = []
    for said, run in groupby(elements, lambda one: _says(one, name)):
        same = list(run)
        if len(same) > 1 and said:
            group = ET.Element(_GROUP, {name: said})
            for one in same:
                del one.attrib[name]
                group.extend([*one] if one.tag == _GROUP and not one.attrib else [one])
            same = [group]
        found += same
    return found


def _says(element: ET.Element, name: str) -> str:
    """Return what an element says that a group around it may say for it."""
    style = element.get("style", "")
    if element.tag not in {_PATH, _USE, _GROUP} or "id" in element.attrib:
        return ""
    if name == "style" and _WHOLE.search(style):
        return ""
    # A clip path has the measure of its element, and groups with it stay apart by it.
    apart = {"transform", "x"} if name == "clip-path" else {"clip-path"}
    return "" if apart & set(element.attrib) else element.get(name, "")


def _inherit(root: ET.Element, kept: dict[str, ET.Element]) -> None:
    """Take from shapes the style that all who use them say too."""
    said: dict[str, list[set[str]]] = {}

    def collect(element: ET.Element, above: set[str]) -> None:
        here = above | set(element.get("style", "").split(";"))
        if element.tag == _USE:
            said.setdefault(element.get("href", "")[1:], []).append(here)
        for child in element:
            collect(child, here)

    collect(root, set())
    for name, one in kept.items():
        own = set(one.get("style", "").split(";")) - {""}
        if own and name in said and all(own <= there for there in said[name]):
            del one.attrib["style"]
