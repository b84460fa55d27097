"""Checking data and ``review.yml``, and remembering that they were found without a problem."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from umbrella_review.paths import Project
from umbrella_review.provenance import digest_of, file_digest, package_digest
from umbrella_review.qmd.outline import outline_digest, read_outline


@dataclass(frozen=True)
class Counts:
    """How much was checked.

    Parameters
    ----------
    tables : int
        Files of data.
    rows : int
        Their rows, without heads.
    """

    tables: int
    rows: int


def check(project: Project) -> Counts:
    """Check data, ``review.yml`` and bibliography, unless they were checked as they are now.

    The labels of the manuscript count, since data name them.

    Parameters
    ----------
    project : Project
        The project; the outcome is kept in ``build/check.json``.

    Returns
    -------
    Counts
        How much was found without a problem, now or by the check that is remembered.

    Raises
    ------
    InputError
        With all problems.
    """
    memory = project.build / "check.json"
    fingerprint = _fingerprint(project)
    known = _recall(memory, fingerprint)
    if known:
        return known
    # Imported here: pandas and the schemas take a second, and most builds need neither.
    from umbrella_review.load import check_project

    check_project(project)
    counts = _count(project)
    memory.parent.mkdir(exist_ok=True)
    content = {"fingerprint": fingerprint, "tables": counts.tables, "rows": counts.rows}
    memory.write_text(json.dumps(content) + "\n", encoding="utf-8", newline="\n")
    return counts


def _fingerprint(project: Project) -> str:
    files = [project.review_file, *sorted(p for p in project.data.glob("*") if p.is_file())]
    contents = [(path.name, file_digest(path)) for path in files]
    return digest_of([package_digest(), contents, outline_digest(read_outline(project))])


def _recall(memory: Path, fingerprint: str) -> Counts | None:
    try:
        content = json.loads(memory.read_text(encoding="utf-8"))
        if content["fingerprint"] == fingerprint:
            return Counts(content["tables"], content["rows"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _count(project: Project) -> Counts:
    tables = sorted(project.data.glob("*.csv"))
    rows = 0
    for path in tables:
        with path.open(encoding="utf-8", newline="") as stream:
            rows += sum(1 for _ in csv.reader(stream)) - 1
    return Counts(len(tables), rows)
