"""Figures and tables of a report: number, caption, and the files that hold each."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from umbrella_review.bundle.figure_pdf import figure_pdf
from umbrella_review.bundle.material import ARTICLE, LEDGER
from umbrella_review.ledger_file import read_ledger
from umbrella_review.paths import PRINTED
from umbrella_review.render.bitmaps import PRINT_PPI, make_bitmap, make_tiff
from umbrella_review.render.executed import Picture

PICTURES = (".png", ".svg", ".pdf", ".tiff")
_HREF = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = ("fig", "table-wrap")


@dataclass(frozen=True)
class Display:
    """A figure or a table.

    Parameters
    ----------
    label : str
        E.g. ``fig-flow``.
    name : str
        As the report calls it, e.g. ``Figure 1``.
    caption : str
        In plain text; empty if the article has none.
    data : str
        Path in the report of the table, or of the data behind the figure.
    graphic : str
        Path of the figure from the article in JATS; empty for tables.
    pictures : tuple of str
        Paths in the report of the figure's files, one a format.
    printed : str
        Path in the report of the figure as it was drawn for print, letters as text; empty if it
        was not.
    alternative : str
        What the figure shows, in words; empty if the article has none.
    """

    label: str
    name: str
    caption: str
    data: str
    graphic: str
    pictures: tuple[str, ...]
    printed: str
    alternative: str

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure."""
        return self.label.startswith("fig-")

    @property
    def described(self) -> str:
        """Name and caption in one line."""
        named = self.caption.startswith(self.name)
        return self.caption if named else ". ".join(filter(None, (self.name, self.caption)))


def read_displays(report: Mapping[str, bytes]) -> tuple[Display, ...]:
    """Return the figures and tables of a report in the order in which they are embedded.

    Parameters
    ----------
    report : mapping of str to bytes
        Its files.

    Returns
    -------
    tuple of Display
        Names come from the ledger, captions from the article in JATS.
    """
    article = ET.fromstring(report[ARTICLE])  # noqa: S314 - made by a build
    elements = {one.get("id"): one for tag in _ELEMENTS for one in article.iter(tag)}
    nothing = ET.Element("fig")
    found = []
    for entry in read_ledger(report[LEDGER].decode("utf-8"))["displays"]:
        label, element = entry["label"], elements.get(entry["label"], nothing)
        graphic = element.find(".//graphic")
        found.append(
            Display(
                label,
                _plain(entry["name"]),
                _plain("".join(_texts(element.find("caption")))),
                entry["data"],
                "" if graphic is None else graphic.get(_HREF, ""),
                _pictures(report, label),
                printed if (printed := f"{PRINTED}/{label}.svg") in report else "",
                _plain("".join(_texts(element.find(".//alt-text")))),
            )
        )
    return tuple(found)


def figure_files(report: Mapping[str, bytes], display: Display) -> dict[str, bytes]:
    """Return a figure as SVG, PDF, TIFF and PNG; one that was not drawn as SVG as it is.

    Parameters
    ----------
    report : mapping of str to bytes
        Files of the report.
    display : Display
        A figure.

    Returns
    -------
    dict of str to bytes
        By file name, the bitmap first.
    """
    files = {PurePosixPath(path).suffix: report[path] for path in display.pictures}
    svg = files.get(".svg")
    if svg is not None:
        files[".png"] = make_bitmap(Picture(svg, ".svg"), PRINT_PPI).content
        files[".tiff"] = make_tiff(svg)
        drawn = report[display.printed] if display.printed else svg
        files[".pdf"] = figure_pdf(drawn, display.described, display.alternative)
    return {f"{display.label}{suffix}": files[suffix] for suffix in PICTURES if suffix in files}


def _pictures(report: Mapping[str, bytes], label: str) -> tuple[str, ...]:
    """Return one file a format; what stands in ``figures`` is what the pages show."""
    by_suffix: dict[str, str] = {}
    for path in sorted(report):
        place = PurePosixPath(path)
        if place.stem == label and place.suffix in PICTURES and place.parts[0] != PRINTED:
            by_suffix.setdefault(place.suffix, path)
    return tuple(by_suffix[suffix] for suffix in PICTURES if suffix in by_suffix)


def _texts(element: ET.Element | None) -> list[str]:
    return [] if element is None else list(element.itertext())


def _plain(text: str) -> str:
    return " ".join(text.split())
