"""What a bundle is made of: a report, the sources behind it, and the package that made it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from umbrella_review.build.publish import MANIFEST
from umbrella_review.bundle.draft_guard import refuse_stale_draft
from umbrella_review.errors import BuildError, InputError, Problem
from umbrella_review.paths import Project
from umbrella_review.provenance import DISTRIBUTION, PACKAGE, files_in
from umbrella_review.release.again import Say, make_again
from umbrella_review.release.checksums import compare_files
from umbrella_review.release.compare import compare
from umbrella_review.release.manifest import Manifest, read_files, read_manifest
from umbrella_review.release.origin import Origin, package_files
from umbrella_review.release.sources import (
    CITATION,
    FOLDER,
    FORMATS,
    LOCK,
    copy_sources,
    shared_fonts,
)

REPORT = "report"
SOFTWARE = "software"
ARTICLE = "jats/article.xml"
LEDGER = "ledger/ledger.json"
DESCRIPTION = "data/datapackage.json"
LICENSE = "LICENSE"
_OF_REPORT = ("index.html", "index.pdf", "report.docx", ARTICLE, LEDGER, DESCRIPTION)
_OF_SOURCES = ("review.yml", CITATION, LICENSE, LOCK)
_MOST = 10  # files that one message names


@dataclass(frozen=True)
class Material:
    """What a bundle is made of.

    Parameters
    ----------
    report : mapping of str to bytes
        Files of the report by their paths in its folder.
    sources : mapping of str to bytes
        Files of the project without its data, by their paths in it.
    software : mapping of str to bytes
        Files from which the package can be installed; none where the running package is not the
        one that made the release, or was not installed from its sources.
    origin : Origin or None
        What the release was made by; None for a draft.
    """

    report: Mapping[str, bytes]
    sources: Mapping[str, bytes]
    software: Mapping[str, bytes]
    origin: Origin | None

    @property
    def source_folder(self) -> str:
        """Where the sources lie in the bundle: a release holds them itself."""
        return FOLDER if self.origin is None else f"{REPORT}/{FOLDER}"


def gather(project: Project, named: str, scratch: Path, say: Say) -> Material:
    """Return what a bundle is made of.

    Parameters
    ----------
    project : Project
        The project.
    named : str
        Version or folder of a release; empty for the draft.
    scratch : Path
        An empty folder for copies.
    say : callable
        Takes lines on the progress.

    Returns
    -------
    Material
        With a report that is as its manifest says.

    Raises
    ------
    InputError
        If there is no such report, or files of it are missing or changed; a `StaleError` where
        the draft no longer matches the project.
    BuildError
        If a release cannot be made again, from which its formats for journals come.
    """
    report = find_report(project, named)
    if report.resolve() == project.draft.resolve():
        origin, listed = None, _files_of_draft(report)
        copy_sources(project, scratch)
        root, fonts = scratch / FOLDER, {}
    else:
        manifest = read_manifest(report)
        origin, listed = manifest.origin, dict(manifest.files)
        root, fonts = report / FOLDER, shared_fonts(report)
    problems = list(_changed(report, listed))
    if origin is None and not problems:
        refuse_stale_draft(project)
    formats: dict[str, bytes] = {}
    if origin is not None and not problems and not (report / ARTICLE).is_file():
        formats = _formats(report, manifest, scratch, say)
    contents = {**_contents(report), **formats}
    problems += _missing(report.name, contents, root)
    if problems:
        raise InputError(problems)
    return Material(contents, {**_contents(root), **fonts}, _software(origin), origin)


def find_report(project: Project, named: str) -> Path:
    """Return the folder of a report.

    Parameters
    ----------
    project : Project
        The project.
    named : str
        Version or folder of a release; empty for the draft.

    Returns
    -------
    Path
        The folder of that version before a folder of that name elsewhere.

    Raises
    ------
    InputError
        If there is no such folder.
    """
    if not named:
        return project.draft
    found = next((path for path in (project.reports / named, Path(named)) if path.is_dir()), None)
    if found is None:
        remedy = "Name a version that was released, or the folder of a release."
        raise InputError([Problem(named, "there is no such report", "a release", remedy)])
    return found


def refuse_inside(target: Path, report: Path) -> None:
    """Refuse to write an archive into the report that it packs.

    Parameters
    ----------
    target : Path
        The archive.
    report : Path
        Folder of the report.

    Raises
    ------
    InputError
        If it lies in there: the report would no longer be as it was made.
    """
    if target.resolve().is_relative_to(report.resolve()):
        expected, remedy = "a place outside the report", "Name another file by --out."
        raise InputError([Problem(str(target), "a file in the report", expected, remedy)])


def _files_of_draft(draft: Path) -> dict[str, str]:
    if not (draft / MANIFEST).is_file():
        remedy = "Make one: umbrella build."
        raise InputError([Problem("reports/draft", "there is no report", "a report", remedy)])
    return read_files(draft)


def _changed(report: Path, listed: Mapping[str, str]) -> Iterator[Problem]:
    found = compare_files(report, listed)
    remedy = "Make the draft again (umbrella build), or fetch the release anew."
    for one in found[:_MOST]:
        where = (report / one.where).as_posix()
        yield Problem(where, f"{one.kind} since the report was made", "the file as made", remedy)
    if len(found) > _MOST:
        more = f"{len(found) - _MOST} more such files"
        yield Problem(report.as_posix(), more, "files as made", remedy)


def _formats(release: Path, manifest: Manifest, scratch: Path, say: Say) -> dict[str, bytes]:
    """Return the formats for journals of a release, from the report made again and compared."""
    remade = make_again(release, manifest, scratch, say)
    if remade.failure:
        raise BuildError(f"the release could not be made again:\n{remade.failure}")
    differences = compare(release, manifest, remade.report).differences
    if differences:
        raise BuildError(
            f"made again, the release differs in {len(differences)} places. "
            "`umbrella verify` names them."
        )
    found = _contents(remade.report)
    return {name: content for name, content in found.items() if name.startswith(FORMATS)}


def _missing(report: str, contents: Mapping[str, bytes], root: Path) -> Iterator[Problem]:
    for name in _OF_REPORT:
        if name not in contents:
            remedy = "Make the report again: umbrella build."
            yield Problem(f"{report}/{name}", "there is no such file", "the report", remedy)
    for name in _OF_SOURCES:
        if not (root / name).is_file():
            remedy = "Add it at the top of the project; editors ask for it."
            yield Problem(name, "there is no such file", "a file of this name", remedy)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_in(folder)}


def _software(origin: Origin | None) -> dict[str, bytes]:
    """Return the sources of the running package, if they are those that made the report."""
    root = PACKAGE.parents[1]
    if not _declares_package(root / "pyproject.toml"):
        return {}
    if origin is not None and package_files() != origin.package_files:
        return {}
    top = [root / name for name in ("pyproject.toml", "README.md", LICENSE)]
    files = [path for path in files_in(PACKAGE) if path.suffix != ".pyc"]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in [*top, *files]}


def _declares_package(file: Path) -> bool:
    if not file.is_file():
        return False
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return bool(content.get("project", {}).get("name") == DISTRIBUTION)
