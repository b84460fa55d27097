"""What ``_quarto.yml`` and the front matter say, for both engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from umbrella_review.errors import Problem
from umbrella_review.paths import Project
from umbrella_review.qmd.syntax import Line

_CONFIG = "_quarto.yml"


@dataclass(frozen=True)
class Listed:
    """A notebook that the manuscript lists: its path from the project's root, and its title.

    Parameters
    ----------
    path : str
        From the project's root, with forward slashes.
    title : str
        As the report lists it.
    """

    path: str
    title: str

    @property
    def name(self) -> str:
        """The stem of the file."""
        return Path(self.path).stem


@dataclass(frozen=True)
class Settings:
    """How a manuscript is to be rendered.

    Parameters
    ----------
    metadata : mapping
        Settings of the project, overlaid by those of the front matter.
    bibliography : tuple of Path
        Existing files.
    csl : Path or None
        Citation style; pandoc's own where None.
    css : tuple of Path
        Style sheets of the pages.
    typst_header : str
        Typst code that goes before the text.
    notebooks : tuple of Listed
        In the order in which they are listed.
    """

    metadata: Mapping[str, Any]
    bibliography: tuple[Path, ...]
    csl: Path | None
    css: tuple[Path, ...]
    typst_header: str
    notebooks: tuple[Listed, ...]

    @property
    def language(self) -> str:
        """Language tag of the document."""
        return str(self.metadata.get("lang", "en"))

    def option(self, target: str, key: str, default: Any) -> Any:
        """Return a setting of one format, else that of all formats, else `default`."""
        return _option(self.metadata, target, key, default)


def read_settings(project: Project, front: Sequence[Line], problems: list[Problem]) -> Settings:
    """Read the project's and the article's settings and find the files that they name.

    Parameters
    ----------
    project : Project
        The project.
    front : sequence of Line
        The front matter of the article.
    problems : list of Problem
        Gets what has to be mended.

    Returns
    -------
    Settings
        What was read; what is wrong is among the problems.
    """
    shared = _mapping(_text(project.quarto_file, problems), _CONFIG, 0, problems)
    first = front[0].number - 1 if front else 0
    article = "\n".join(line.text for line in front)
    own = _mapping(article, project.article.name, first, problems)
    metadata = {**shared, **own}
    files = _Files(project.root, problems)
    csl = files.named(metadata.get("csl"), "csl")
    header = _option(metadata, "typst", "include-in-header", None)
    return Settings(
        metadata,
        files.named(metadata.get("bibliography"), "bibliography"),
        csl[0] if csl else None,
        files.named(_option(metadata, "html", "css", None), "css"),
        _header_code(header, files),
        tuple(_notebooks(metadata, problems)),
    )


def _option(metadata: Mapping[str, Any], target: str, key: str, default: Any) -> Any:
    formats = metadata.get("format")
    own = formats.get(target) if isinstance(formats, Mapping) else None
    if isinstance(own, Mapping) and key in own:
        return own[key]
    return metadata.get(key, default)


@dataclass(frozen=True)
class _Files:
    root: Path
    problems: list[Problem]

    def named(self, value: Any, key: str) -> tuple[Path, ...]:
        """Return the existing files that a setting names, and report the others."""
        names = [value] if isinstance(value, str) else list(value or ())
        found = []
        for name in names:
            path = self.root / str(name)
            if path.is_file():
                found.append(path)
                continue
            self.problems.append(
                Problem(
                    f"{_CONFIG}, {key}",
                    f"{name} does not exist",
                    "a file, by its path from the project's folder",
                    "Correct the path or add the file.",
                )
            )
        return tuple(found)


def _header_code(value: Any, files: _Files) -> str:
    """Return the code of ``include-in-header``: files by name, or code given as text."""
    parts = []
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, Mapping) and "text" in entry:
            parts.append(str(entry["text"]))
            continue
        name = entry.get("file") if isinstance(entry, Mapping) else entry
        found = files.named(name, "include-in-header")
        parts += [path.read_text(encoding="utf-8") for path in found]
    return "\n".join(parts)


def _notebooks(metadata: Mapping[str, Any], problems: list[Problem]) -> list[Listed]:
    manuscript = metadata.get("manuscript")
    entries = manuscript.get("notebooks", []) if isinstance(manuscript, Mapping) else []
    listed = []
    for entry in entries:
        if isinstance(entry, Mapping) and {"notebook", "title"} <= set(entry):
            listed.append(Listed(str(entry["notebook"]), str(entry["title"])))
        else:
            problems.append(
                Problem(
                    f"{_CONFIG}, manuscript.notebooks",
                    f"the entry {entry!r}",
                    "entries with notebook and title",
                    "Give the path and the title of each notebook.",
                )
            )
    return listed


def _text(path: Path, problems: list[Problem]) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        problems.append(
            Problem(
                path.name,
                "the file does not exist or is not UTF-8",
                "the settings of the manuscript",
                "Add the file to the project's folder.",
            )
        )
        return ""


def _mapping(text: str, where: str, first: int, problems: list[Problem]) -> dict[str, Any]:
    try:
        value = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1 + first}" if mark else ""
        found = f"not valid YAML ({getattr(error, 'problem', None) or error})"
        problems.append(Problem(f"{where}{line}", found, "YAML", "Correct the settings there."))
        return {}
    if isinstance(value, dict):
        return value
    problems.append(Problem(where, "no settings", "lines `key: value`", "Write them so."))
    return {}


def read_variables(path: Path, problems: list[Problem]) -> dict[str, Any]:
    """Return the nested values that the manuscript may cite; empty where there are none yet.

    Parameters
    ----------
    path : Path
        The file of values.
    problems : list of Problem
        Gets what has to be mended.

    Returns
    -------
    dict of str to object
        The nested values that the manuscript may cite.
    """
    if not path.is_file():
        return {}
    return _mapping(path.read_text(encoding="utf-8"), path.name, 0, problems)
