"""What the files of a bundle are, in a few words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from umbrella_review.bundle.displays import Display
from umbrella_review.bundle.material import ARTICLE, DESCRIPTION, LEDGER, LICENSE, REPORT
from umbrella_review.bundle.readme import CHECKSUMS, MECA

_TOP = {
    "README.md": "What is where, how to check it and how to make it again",
    LICENSE: "Licences of code, and of data and text",
    "CITATION.cff": "How to cite",
    "codecheck.yml": "Configuration for CODECHECK",
    MECA: "The article as a MECA package",
    CHECKSUMS: "SHA-256 of every other file",
}
_REPORT = {
    "index.html": "The report as a page",
    "index.pdf": "The report as PDF",
    "report.docx": "The report as a Word document",
    ARTICLE: "The article in JATS XML",
    LEDGER: "Each number of the report with its origin",
    "ledger/ledger.csv": "Each number of the report with its origin, as a table",
    "manifest.json": "Files of the report with their digests, and what it was made with",
    DESCRIPTION: "Description of the data for machines",
    "data/codebook.md": "Description of every column of the data",
}


def file_names(
    report: Mapping[str, bytes],
    displays: Iterable[Display],
    figures: Mapping[str, Mapping[str, bytes]],
) -> dict[str, str]:
    """Return what files of a bundle are.

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
    dict of str to str
        By path in the bundle; files that say it by their path are left out.
    """
    inside = {**_REPORT}
    for resource in json.loads(report[DESCRIPTION]).get("resources", ()):
        inside[f"data/{resource['path']}"] = resource.get("title", resource["path"])
    names = dict(_TOP)
    for display in displays:
        inside |= dict.fromkeys(display.pictures, display.described)
        if display.printed:
            inside[display.printed] = f"{display.described}. For print"
        inside[display.data] = display.described
        for name in figures.get(display.label, ()):
            names[f"figures/{name}"] = display.described
        names[f"checklists/{display.label}.csv"] = display.described
    for path in report:
        place = PurePosixPath(path)
        if place.parent.name == "notebooks" and place.suffix == ".ipynb":
            title = _title(report[path])
            inside[path] = f"Notebook: {title}" if title else place.name
    return names | {f"{REPORT}/{path}": name for path, name in inside.items()}


def _title(notebook: bytes) -> str:
    cells = json.loads(notebook).get("cells", ())
    lines = "".join(cells[0]["source"]).splitlines() if cells else []
    return lines[0].lstrip("# ").strip() if lines else ""
