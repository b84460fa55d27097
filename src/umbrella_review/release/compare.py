"""A release against the report that was made from it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from umbrella_review.build.publish import MADE_BY
from umbrella_review.build.values import VALUES
from umbrella_review.release.contents import (
    compare_ledger,
    compare_notebooks,
    compare_tables,
    compare_values,
)
from umbrella_review.release.difference import Difference, shown
from umbrella_review.release.manifest import Manifest, read_files, read_head
from umbrella_review.release.sources import FOLDER, FORMATS

_PICTURES = {".svg", ".png", ".pdf"}
_FIGURES = "figures"


@dataclass(frozen=True)
class Comparison:
    """How a release compares with the report made again.

    Parameters
    ----------
    differences : tuple of Difference
        In content.
    same_content : tuple of str
        Files whose bytes differ although what they say is the same within the tolerance.
    n_files : int
        Files that were compared.
    """

    differences: tuple[Difference, ...]
    same_content: tuple[str, ...]
    n_files: int


def compare(release: Path, manifest: Manifest, remade: Path) -> Comparison:
    """Compare a release with the report that was made from it again.

    Parameters
    ----------
    release : Path
        Folder of the release.
    manifest : Manifest
        Its manifest; files that it does not list are passed over.
    remade : Path
        Folder of the report.

    Returns
    -------
    Comparison
        Settings first, then by kind: values, tables, figures, sentences, notebooks, others.
    """
    listed = {name for name in manifest.files if not name.startswith(f"{FOLDER}/")}
    old, new = _contents(release, listed), _contents(remade, read_files(remade))
    found = _settings(manifest.about, read_head(remade))
    same_content = []
    for name in sorted(old.keys() & new.keys()):
        if old[name] == new[name]:
            continue
        differences = _by_content(name, old, new)
        if differences is None:
            found.append(_by_bytes(name, old, new))
        elif differences:
            found += differences
        else:
            same_content.append(name)
    found += [Difference("not made", name) for name in sorted(old.keys() - new.keys())]
    fresh = sorted(name for name in new.keys() - listed if not name.startswith(FORMATS))
    found += [Difference("new", name) for name in fresh]
    unique = tuple(dict.fromkeys(found))  # the ledger repeats what the values say
    return Comparison(unique, tuple(same_content), len(old.keys() | new.keys()))


def _contents(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Return the files of these names; what links lead to elsewhere is not read."""
    base = folder.resolve()
    paths = {name: base / name for name in names}
    return {
        name: path.read_bytes()
        for name, path in paths.items()
        if path.is_file() and path.resolve() == path
    }


def _settings(old: Mapping[str, object], new: Mapping[str, object]) -> list[Difference]:
    return [
        Difference("setting", key, shown(old.get(key)), shown(new.get(key)))
        for key in dict.fromkeys([*old, *new])
        # A release keeps what it was made by elsewhere; `checksums` has compared that.
        if key != MADE_BY and old.get(key) != new.get(key)
    ]


def _by_content(
    name: str, old: Mapping[str, bytes], new: Mapping[str, bytes]
) -> list[Difference] | None:
    """Return how two files differ in content; None where only bytes can be compared."""
    path = PurePosixPath(name)
    try:
        before, after = old[name].decode("utf-8"), new[name].decode("utf-8")
        if path.parts[0] == "results" and path.name == VALUES:
            return compare_values(before, after)
        if path.suffix == ".csv":
            kind = "figure data" if path.parent.name == _FIGURES else "table"
            return compare_tables(before, after, name, kind)
        if name == "ledger/ledger.json":
            return compare_ledger(before, after)
        if path.suffix == ".ipynb":
            return compare_notebooks(before, after, name)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # damaged: it does not hold what such a file holds
    return None


def _by_bytes(name: str, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Difference:
    path = PurePosixPath(name)
    words = [_words(content[name]) for content in (old, new)]
    if path.parent.name != _FIGURES or path.suffix not in _PICTURES:
        return Difference("file", name, *words)
    behind = [one for one in old.keys() & new.keys() if _is_behind(one, path.stem)]
    return Difference("figure", f"{name} ({_data(behind, old, new)})", *words)


def _is_behind(name: str, stem: str) -> bool:
    path = PurePosixPath(name)
    return path.parent.name == _FIGURES and path.name == f"{stem}.csv"


def _data(names: Iterable[str], old: Mapping[str, bytes], new: Mapping[str, bytes]) -> str:
    listed = list(names)
    if not listed:
        return "no data are kept behind it"
    equal = all(not _by_content(name, old, new) for name in listed if old[name] != new[name])
    return "the data behind it are equal" if equal else "the data behind it differ too"


def _words(content: bytes) -> str:
    return f"{len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()[:12]}…"
