"""Where results come from: digests of files, of the package and of the environment."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

PACKAGE = Path(__file__).parent
DISTRIBUTION = "umbrella-review"
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.MULTILINE)
_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")
_INSTALLED = re.compile(r"(?P<name>.+?)-(?P<version>[^-]+)\.dist-info")


def digest(content: bytes | str) -> str:
    """Return the SHA-256 of bytes or of a text.

    Parameters
    ----------
    content : bytes or str
        A text counts in UTF-8.

    Returns
    -------
    str
        Hexadecimal digits.
    """
    data = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def digest_of(value: object) -> str:
    """Return the SHA-256 of a value.

    Parameters
    ----------
    value : object
        Made of mappings, lists, texts and numbers.

    Returns
    -------
    str
        Hexadecimal digits; the same whatever the order of keys.
    """
    return digest(json.dumps(value, sort_keys=True, ensure_ascii=False))


def file_digest(path: Path) -> str | None:
    """Return the SHA-256 of a file's content.

    Parameters
    ----------
    path : Path
        A file.

    Returns
    -------
    str or None
        Hexadecimal digits; None where there is no such file.
    """
    try:
        return digest(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None


def files_in(folder: Path) -> list[Path]:
    """Return all files below a folder.

    Parameters
    ----------
    folder : Path
        A folder.

    Returns
    -------
    list of Path
        Sorted; without caches of Python. Empty where there is no such folder.
    """
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )


def folder_digest(folder: Path) -> str | None:
    """Return the SHA-256 of names and contents of all files below a folder.

    Parameters
    ----------
    folder : Path
        A folder; None is returned where it does not exist.

    Returns
    -------
    str or None
        The same for two folders whenever they hold the same files, whatever their times.
    """
    if not folder.is_dir():
        return None
    return digest_of(
        [(path.relative_to(folder).as_posix(), file_digest(path)) for path in files_in(folder)]
    )


@cache
def package_files() -> Mapping[str, str]:
    """Return the SHA-256 of every file of this package's source, by its place in the package."""
    sources = [path for path in files_in(PACKAGE) if path.suffix != ".pyc"]
    return {path.relative_to(PACKAGE).as_posix(): digest(path.read_bytes()) for path in sources}


def package_digest() -> str:
    """Return the SHA-256 of this package's source.

    Returns
    -------
    str
        Hexadecimal digits.
    """
    return digest_of(package_files())


def environment(lock: Path) -> dict[str, str]:
    """Return what the computations run on: Python, and the installed distributions that matter.

    Parameters
    ----------
    lock : Path
        Requirements file whose distributions matter. Where it does not exist, the dependencies
        of this package matter, and theirs in turn.

    Returns
    -------
    dict of str to str
        Versions by normalised name, and ``python``.
    """
    installed = _installed()
    if lock.is_file():
        names = {_normalise(name) for name in _PINNED.findall(lock.read_text(encoding="utf-8"))}
    else:
        names = _dependencies(DISTRIBUTION)
    names.add(DISTRIBUTION)
    versions = {name: installed[name] for name in sorted(names & installed.keys())}
    return {"python": platform.python_version(), **versions}


def _installed() -> dict[str, str]:
    """Return versions by name, read from folder names: metadata files take ten times as long."""
    found: dict[str, str] = {}
    for entry in reversed(sys.path):
        folder = Path(entry or ".")
        if folder.is_dir():
            matches = (_INSTALLED.fullmatch(path.name) for path in folder.glob("*.dist-info"))
            found |= {_normalise(m["name"]): m["version"] for m in matches if m}
    return found


def _dependencies(root: str) -> set[str]:
    """Return the names that a distribution needs, directly and indirectly, without extras."""
    seen: set[str] = set()
    waiting = [root]
    while waiting:
        for name in _required(waiting.pop()):
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return seen


def _required(name: str) -> Iterable[str]:
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return
    for line in lines:
        match = _NAME.match(line)
        if match and "extra ==" not in line:
            yield _normalise(match.group())


def _normalise(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
