"""``codecheck.yml``: which files a check of the computations has to make again.

By the specification 1.0 of CODECHECK, https://codecheck.org.uk/spec/config/1.0/, the manifest and
the paper come from the authors; who checked, when, and the certificate are added by the checker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import yaml

from umbrella_review.build.values import VALUES
from umbrella_review.bundle.about import About, Author
from umbrella_review.bundle.displays import Display
from umbrella_review.bundle.material import REPORT

VERSION = "https://codecheck.org.uk/spec/config/1.0/"
_WHOLE = {"index.html": "The report as a page", "index.pdf": "The report as PDF"}


def codecheck(about: About, report: Iterable[str], displays: Iterable[Display]) -> str:
    """Return ``codecheck.yml``.

    Parameters
    ----------
    about : About
        What is known of the report.
    report : iterable of str
        Paths of its files.
    displays : iterable of Display
        Its figures and tables.

    Returns
    -------
    str
        The report, its figures with the data behind them, its tables and all recorded values;
        paths are those of the bundle.
    """
    outputs = dict(_WHOLE)
    for display in displays:
        for path in display.pictures:
            if path.endswith(".svg"):
                outputs[path] = display.described
        behind = f"Data behind {display.name}"
        outputs[display.data] = behind if display.is_figure else display.described
    for path in sorted(report):
        place = PurePosixPath(path)
        if place.parts[0] == "results" and place.name == VALUES:
            outputs[path] = f"Values that the notebook {place.parent.name} recorded"
    content = {
        "version": VERSION,
        "manifest": [
            {"file": f"{REPORT}/{path}", "comment": comment} for path, comment in outputs.items()
        ],
        "paper": _paper(about),
        **({"repository": about.repository} if about.repository else {}),
    }
    return yaml.safe_dump(
        content, sort_keys=False, allow_unicode=True, explicit_start=True, version=(1, 1), width=100
    )


def _paper(about: About) -> Mapping[str, object]:
    paper = {"title": about.title, "authors": [_author(one) for one in about.authors]}
    return {**paper, "reference": f"https://doi.org/{about.doi}"} if about.doi else paper


def _author(author: Author) -> dict[str, str]:
    named = {"name": author.name}
    return {**named, "ORCID": author.orcid} if author.orcid else named
