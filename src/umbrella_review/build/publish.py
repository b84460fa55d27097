"""The finished report: what goes into it, its manifest, and the one move that publishes it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from umbrella_review.build.values import VALUES
from umbrella_review.errors import BuildError
from umbrella_review.paths import PRINTED, Project
from umbrella_review.provenance import file_digest, files_in

MANIFEST = "manifest.json"
MADE_BY = (
    "made_by"  # in the manifest of a draft: digests of the package, versions; see `provenance`
)
STALE = "stale"  # in the manifest: notebooks that do not match their inputs; none in a release


def staging(project: Project) -> Path:
    """Return an empty folder in which a report is put together.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    Path
        Inside the folder ``build``; what it held before is gone.
    """
    folder = project.build / "staging"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def is_published_data(path: Path) -> bool:
    """Whether a file of the folder ``data`` belongs into a report.

    Parameters
    ----------
    path : Path
        Of the file; only its name counts.

    Returns
    -------
    bool
        True for tables, bibliography, codebook and package description.
    """
    return path.suffix in {".csv", ".bib"} or path.name in {"codebook.md", "datapackage.json"}


def add_data(project: Project, report: Path) -> None:
    """Copy tables, codebook, package description and bibliography into a report.

    Parameters
    ----------
    project : Project
        The project.
    report : Path
        Folder of the report.
    """
    target = report / "data"
    target.mkdir(exist_ok=True)  # the pages of the data may lie there
    for path in sorted(project.data.iterdir()):
        if is_published_data(path):
            shutil.copyfile(path, target / path.name)


def add_results(project: Project, notebooks: Iterable[str], report: Path) -> None:
    """Copy tables, figures, values and inputs of all notebooks into a report.

    A figure that the engine has put into the folder ``figures`` is not copied a second time. As
    it was drawn for print, it goes into a folder of the report by itself, unless the report shows
    another picture under its name.

    Parameters
    ----------
    project : Project
        The project.
    notebooks : iterable of str
        Their stems.
    report : Path
        Folder of the report.
    """
    for notebook in notebooks:
        source, target = project.results / notebook, report / "results" / notebook
        for path in files_in(source):
            shown = report / "figures" / path.name
            if path.suffix == ".svg" and file_digest(shown) == file_digest(path):
                continue
            if path.parent.name == PRINTED:
                if file_digest(shown) in (None, file_digest(source / "figures" / path.name)):
                    _copy(path, report / PRINTED / path.name)
            elif path.name == VALUES or path.parent.name in {"tables", "figures"}:
                _copy(path, target / path.relative_to(source))


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def write_manifest(report: Path, about: Mapping[str, object]) -> None:
    """Write ``manifest.json``: every other file of a report with its size and SHA-256.

    Parameters
    ----------
    report : Path
        The folder.
    about : mapping
        What the report was made with.
    """
    files = [
        {
            "path": path.relative_to(report).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": file_digest(path),
        }
        for path in files_in(report)
        if path != report / MANIFEST  # of an earlier rendering into the same folder
    ]
    files.sort(key=lambda entry: str(entry["path"]))
    text = json.dumps({**about, "files": files}, indent=1, ensure_ascii=False)
    (report / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def replace_draft(project: Project, report: Path) -> None:
    """Put a report in the place of ``reports/draft``.

    Both moves are renames on one file system. If the process ends between them, the earlier
    report is still whole, and `restore_draft` brings it back.

    Parameters
    ----------
    project : Project
        The project.
    report : Path
        Folder on the same file system; it is moved.

    Raises
    ------
    BuildError
        If the earlier report cannot be moved away; it then stays as it was.
    """
    draft, earlier = project.draft, _earlier(project)
    draft.parent.mkdir(exist_ok=True)
    try:
        if earlier.exists():
            shutil.rmtree(earlier)
        if draft.exists():
            os.rename(draft, earlier)  # noqa: PTH104 - like the next one, kept as plain as it is
        os.rename(report, draft)  # noqa: PTH104
    except OSError as error:
        restore_draft(project)
        raise BuildError(
            f"the report could not be put into reports/draft ({error.strerror}). "
            "Close programs that show files of the earlier report, and build again."
        ) from error
    shutil.rmtree(earlier, ignore_errors=True)


def restore_draft(project: Project) -> None:
    """Bring back the earlier report where a move was interrupted.

    Parameters
    ----------
    project : Project
        The project.
    """
    earlier = _earlier(project)
    if earlier.is_dir() and not project.draft.exists():
        earlier.rename(project.draft)


def _earlier(project: Project) -> Path:
    return project.build / "earlier-draft"
