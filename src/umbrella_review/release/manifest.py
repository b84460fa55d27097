"""Reading the manifest of a release, which comes from outside and may say anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from umbrella_review.build.publish import MANIFEST
from umbrella_review.errors import InputError, Problem
from umbrella_review.release.origin import Origin

PROVENANCE = "provenance"
FILES = "files"


@dataclass(frozen=True)
class Manifest:
    """What a release says of itself.

    Parameters
    ----------
    about : mapping of str to object
        What the report was made with, e.g. the engine.
    files : mapping of str to str
        SHA-256 of every file by its path.
    origin : Origin
        What the release was made by.
    """

    about: Mapping[str, object]
    files: Mapping[str, str]
    origin: Origin

    @property
    def engine(self) -> str:
        """Name of the engine, without its version."""
        return str(self.about.get("engine", "")).partition(" ")[0]


def read_head(report: Path) -> dict[str, object]:
    """Return what a manifest says apart from its list of files.

    Parameters
    ----------
    report : Path
        Folder of a report that this package has made.

    Returns
    -------
    dict of str to object
        E.g. engine and parameters.
    """
    content: dict[str, object] = json.loads((report / MANIFEST).read_text(encoding="utf-8"))
    return {key: value for key, value in content.items() if key not in (FILES, PROVENANCE)}


def read_files(report: Path) -> dict[str, str]:
    """Return the digests that the manifest of a report lists.

    Parameters
    ----------
    report : Path
        Folder of the report.

    Returns
    -------
    dict of str to str
        By path.
    """
    content = json.loads((report / MANIFEST).read_text(encoding="utf-8"))
    return {entry["path"]: entry["sha256"] for entry in content[FILES]}


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a release.

    Parameters
    ----------
    folder : Path
        Folder of the release.

    Returns
    -------
    Manifest
        All of its parts are of the kinds that they must be.

    Raises
    ------
    InputError
        If the folder is no release, or its manifest cannot be read.
    """
    where = (folder / MANIFEST).as_posix()
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        remedy = "Name the folder of a release, e.g. reports/1.0.0."
        raise _refusal(where, "there is no such file", remedy) from None
    except (ValueError, RecursionError) as error:
        remedy = "Fetch the release anew."
        raise _refusal(where, f"it is not JSON ({error})", remedy) from None
    if isinstance(content, dict) and PROVENANCE not in content:
        remedy = "Name a release, e.g. reports/1.0.0; `umbrella release` makes one of a draft."
        raise _refusal(where, "a report that was not released", remedy)
    try:
        return Manifest(
            {key: value for key, value in content.items() if key not in (FILES, PROVENANCE)},
            {_inside(entry["path"]): _text(entry["sha256"]) for entry in content[FILES]},
            _origin(content[PROVENANCE]),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        found = f"it lacks or garbles what a release says of itself ({error})"
        raise _refusal(where, found, "Fetch the release anew.") from None


def _origin(content: Any) -> Origin:
    return Origin(
        release=_text(content["release"]),
        commit=_text(content["commit"]),
        commit_date=_text(content["commit_date"]),
        source_date_epoch=_text(content["source_date_epoch"]),
        parameters={_text(name): dict(values) for name, values in content["parameters"].items()},
        environment=_texts(content["environment"]),
        package_files=_texts(content["package_files"]),
    )


def _texts(content: Any) -> dict[str, str]:
    return {_text(key): _text(value) for key, value in content.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} instead of a text")
    return value


def _inside(value: Any) -> str:
    """Return a path of a file, which must lie inside the release on every system."""
    text = _text(value)
    absolute = PurePosixPath(text).is_absolute() or PureWindowsPath(text).anchor
    if absolute or ".." in PureWindowsPath(text).parts or not text:
        raise ValueError(f"{text!r} is no path inside the release")
    return text


def _refusal(where: str, found: str, remedy: str) -> InputError:
    return InputError([Problem(where, found, "the manifest of a release", remedy)])
