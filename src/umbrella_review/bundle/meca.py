"""The article as a MECA package, which submission systems take in.

MECA (Manuscript Exchange Common Approach, NISO RP-30-2023, https://www.niso.org/standards-committees/meca)
is one zip archive with ``manifest.xml`` at its root. Its schema is the manifest DTD 1.0 of
https://github.com/niso-standards/meca. ``transfer.xml`` names the systems between which a
manuscript moves; these are not known here, so there is none.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from umbrella_review.bundle.displays import Display
from umbrella_review.bundle.material import ARTICLE
from umbrella_review.bundle.media import media_type

MANIFEST = "manifest.xml"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE manifest PUBLIC "-//MECA//DTD Manifest v1.0//en" '
    '"https://www.manuscriptexchange.org/schema/manifest-1.0.dtd">\n'
)
_SPACES = {
    "xmlns": "https://manuscriptexchange.org/schema/manifest",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "manifest-version": "1",
}
_JATS = PurePosixPath(ARTICLE)
_LARGE = ".tiff"  # the bundle has these figures beside the package
_DATA = "data"


@dataclass(frozen=True)
class Item:
    """An item of the manifest.

    Parameters
    ----------
    identifier : str
        Unique in the manifest.
    kind : str
        Its type.
    description : str
        For people.
    files : sequence of str
        Paths in the package: the same thing in several formats.
    metadata : mapping of str to str
        Names and values, e.g. the caption.
    """

    identifier: str
    kind: str
    description: str
    files: Sequence[str]
    metadata: Mapping[str, str]


def meca_files(
    report: Mapping[str, bytes],
    displays: Iterable[Display],
    figures: Mapping[str, Mapping[str, bytes]],
) -> dict[str, bytes]:
    """Return the files of the package.

    Parameters
    ----------
    report : mapping of str to bytes
        Files of the report.
    displays : iterable of Display
        Its figures and tables.
    figures : mapping of str to mapping of str to bytes
        Files of each figure by name, by label.

    Returns
    -------
    dict of str to bytes
        The manifest, the article with its figures, the manuscript, and data as supplements.
    """
    shown = [display for display in displays if display.is_figure]
    files = {
        PurePosixPath(path).relative_to(_JATS.parent).as_posix(): content
        for path, content in report.items()
        if path.startswith(f"{_JATS.parent}/")
    }
    files |= {"report.docx": report["report.docx"], "report.pdf": report["index.pdf"]}
    for display in shown:
        files |= {
            f"figures/{name}": content
            for name, content in figures[display.label].items()
            if not name.endswith(_LARGE)
        }
    files |= {
        path: content
        for path, content in report.items()
        if PurePosixPath(path).parent == PurePosixPath(_DATA) and not path.endswith(".html")
    }
    return {MANIFEST: manifest(_items(files, shown, figures)).encode(), **files}


def manifest(items: Iterable[Item]) -> str:
    """Return ``manifest.xml``.

    Parameters
    ----------
    items : iterable of Item
        In order.

    Returns
    -------
    str
        The document, valid by the manifest DTD 1.0.
    """
    root = ET.Element("manifest", _SPACES)
    for place, item in enumerate(items, start=1):
        element = ET.SubElement(root, "item", {"id": item.identifier, "item-type": item.kind})
        ET.SubElement(element, "item-description").text = item.description
        ET.SubElement(element, "file-order").text = str(place)
        if item.metadata:
            group = ET.SubElement(element, "item-metadata")
            for name, value in item.metadata.items():
                ET.SubElement(group, "metadata", {"metadata-name": name}).text = value
        for file in item.files:
            ET.SubElement(element, "instance", {"media-type": media_type(file), "xlink:href": file})
    ET.indent(root)
    return f"{_HEAD}{ET.tostring(root, encoding='unicode')}\n"


def _items(
    files: Mapping[str, bytes],
    displays: Iterable[Display],
    figures: Mapping[str, Mapping[str, bytes]],
) -> list[Item]:
    items = [
        Item("article", "article-metadata", "The article in JATS XML", [_JATS.name], {}),
        Item("manuscript", "manuscript", "The article", ["report.docx", "report.pdf"], {}),
    ]
    for display in displays:
        names = [display.graphic, *(f"figures/{name}" for name in figures[display.label])]
        about = {"Figure Number": display.name.rpartition(" ")[2], "Caption": display.caption}
        paths = [name for name in dict.fromkeys(names) if name in files]
        known = {name: value for name, value in about.items() if value}
        items.append(Item(display.label, "figure", display.name, paths, known))
    listed = {path for item in items for path in item.files}
    for path in sorted(files.keys() - listed):
        identifier = f"supplement-{path.replace('/', '-')}"
        items.append(Item(identifier, "supplemental", path, [path], {}))
    return items
