"""What changed since the last version, in a few lines for readers in a hurry."""

from __future__ import annotations

import json
import re
import shutil
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from umbrella_review.build.publish import MANIFEST, add_data, add_results
from umbrella_review.ledger import FOLDER as LEDGER
from umbrella_review.paths import Project
from umbrella_review.provenance import DISTRIBUTION
from umbrella_review.release.changes.brief import brief
from umbrella_review.release.changes.compare import compare
from umbrella_review.release.changes.folder import is_report, read_report
from umbrella_review.release.changes.report import Report
from umbrella_review.review import Review

# A release holds the lines among its sources: made again alone, it has no earlier one beside it.
RECORD = "changes.json"
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")


def changes_since(project: Project, ledger: Path) -> list[str]:
    """Return what changed since the newest release that is older than the review.

    Parameters
    ----------
    project : Project
        The project; its notebooks have been executed. The lines are kept in its folder ``build``.
    ledger : Path
        A folder that holds the ledger of the new report as files.

    Returns
    -------
    list of str
        Nothing for the first version.
    """
    older = earlier_release(project, Review.read(project.review_file).version)
    if older is not None:
        comparison = compare(read_report(older, older.name), _now(project, ledger))
        lines = brief(comparison)
    else:
        lines = _recorded(project)
    text = json.dumps(lines, indent=1, ensure_ascii=False) + "\n"
    project.build.mkdir(exist_ok=True)
    (project.build / RECORD).write_text(text, encoding="utf-8", newline="\n")
    return lines


def earlier_release(project: Project, before: str) -> Path | None:
    """Return the folder of the newest release before a version.

    Parameters
    ----------
    project : Project
        The project.
    before : str
        The version; three numbers, with others nothing is found.

    Returns
    -------
    Path or None
        The release of this very version is not before it.
    """
    limit = _numbers(before)
    found = {
        numbers: folder
        for folder in project.reports.glob("*")
        if (numbers := _numbers(folder.name)) is not None
        and limit is not None
        and numbers < limit
        and is_report(folder)
    }
    return found[max(found)] if found else None


def copy_record(project: Project, source: Path) -> None:
    """Copy the lines of the last build among the sources of a release.

    Parameters
    ----------
    project : Project
        The project.
    source : Path
        Folder of the sources in the release.
    """
    if (project.build / RECORD).is_file():
        shutil.copyfile(project.build / RECORD, source / RECORD)


def _numbers(text: str) -> tuple[int, ...] | None:
    match = _VERSION.fullmatch(text)
    return tuple(map(int, match.groups())) if match else None


def _recorded(project: Project) -> list[str]:
    file = project.root / RECORD
    if not file.is_file():
        return []
    return [str(line) for line in json.loads(file.read_text(encoding="utf-8"))]


def _now(project: Project, ledger: Path) -> Report:
    """Read the report that is being made as one that was made: it is not complete yet."""
    with TemporaryDirectory(prefix="umbrella-") as place:
        folder = Path(place)
        shutil.copytree(ledger / LEDGER, folder / LEDGER)
        shutil.copytree(project.executed, folder / "notebooks")
        about = {"package": f"{DISTRIBUTION} {version(DISTRIBUTION)}"}
        (folder / MANIFEST).write_text(json.dumps(about), encoding="utf-8")
        add_data(project, folder)
        add_results(project, [path.stem for path in project.executed.glob("*.ipynb")], folder)
        return read_report(folder, "this version")
