"""The sources of a project inside a release, and the project made from them again."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterator
from pathlib import Path

from umbrella_review.build.plan import find_notebooks
from umbrella_review.build.publish import is_published_data
from umbrella_review.build.source import read_notebook
from umbrella_review.paths import PRINTED, Project
from umbrella_review.provenance import files_in
from umbrella_review.strict_yaml import read_yaml

# What `umbrella bundle` makes of a release for journals; a release itself is for readers.
FORMATS = ("report.docx", "jats/", f"{PRINTED}/")
FOLDER = "source"
LOCK = "requirements.lock"
_FONTS = "assets/fonts"  # large, and for the most part in the report under the same names
CITATION = "CITATION.cff"
_TOP = ("review.yml", "_quarto.yml", LOCK, "environment.yml", CITATION, "LICENSE")


def copy_sources(project: Project, release: Path) -> None:
    """Copy everything but what a report holds already, its data and fonts, into a release.

    Parameters
    ----------
    project : Project
        The project.
    release : Path
        Folder of the release; its folder `FOLDER` is made.
    """
    for path in _sources(project):
        name = project.relative(path)
        held = release / name
        if name.startswith(f"{_FONTS}/") and held.is_file() and filecmp.cmp(path, held, False):
            continue
        target = release / FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def restore(release: Path, target: Path) -> Project:
    """Make a project from a release alone.

    Parameters
    ----------
    release : Path
        Folder of the release.
    target : Path
        Folder to make.

    Returns
    -------
    Project
        With sources and data, and nothing else.
    """
    shutil.copytree(release / FOLDER, target)
    project = Project(target)
    project.data.mkdir(exist_ok=True)
    for path in sorted((release / "data").glob("*")):
        if is_published_data(path):
            shutil.copyfile(path, project.data / path.name)
    for name, content in shared_fonts(release).items():
        path = project.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return project


def shared_fonts(release: Path) -> dict[str, bytes]:
    """Return the fonts that a release holds once, for its pages and as sources of the project.

    Parameters
    ----------
    release : Path
        Folder of the release.

    Returns
    -------
    dict of str to bytes
        Contents by path in the project; empty where the sources hold all of them.
    """
    found = sorted(path for path in (release / _FONTS).glob("*") if path.is_file())
    names = {path: path.relative_to(release).as_posix() for path in found}
    return {
        name: path.read_bytes()
        for path, name in names.items()
        if not (release / FOLDER / name).is_file()
    }


def is_input(name: str) -> bool:
    """Whether a file of a release is something that its results are made from.

    Parameters
    ----------
    name : str
        Path in the release, with forward slashes.

    Returns
    -------
    bool
        True for sources, fonts and data.
    """
    path = Path(name)
    if path.parts[0] == FOLDER or name.startswith(f"{_FONTS}/"):
        return True
    return path.parts[0] == "data" and is_published_data(path)


def _sources(project: Project) -> Iterator[Path]:
    yield from (project.root / name for name in _TOP if (project.root / name).is_file())
    yield from _scripts(project)
    yield from sorted(project.root.glob("*.qmd"))
    for folder in (project.sections, project.assets):
        yield from (path for path in files_in(folder) if not path.name.startswith("."))
    notebooks = find_notebooks(project)
    yield from notebooks
    named: set[str] = set()
    for path in notebooks:
        source, _ = read_notebook(path, project.root)
        named |= set(source.files) if source else set()
    for name in sorted(named):
        path = project.root / name
        if not (path.parent == project.data and is_published_data(path)):
            yield path


def _scripts(project: Project) -> Iterator[Path]:
    """Yield the scripts of the project that Quarto runs before and after rendering."""
    root = project.root.resolve()
    content, _, _ = read_yaml(project.quarto_file.read_text(encoding="utf-8"), "_quarto.yml")
    settings = content.get("project") if isinstance(content, dict) else None
    for key in ("pre-render", "post-render"):
        value = settings.get(key) if isinstance(settings, dict) else None
        for command in value if isinstance(value, list) else [value]:
            paths = ((root / word).resolve() for word in str(command or "").split())
            yield from (path for path in paths if path.is_file() and path.is_relative_to(root))
