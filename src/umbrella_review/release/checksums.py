"""The files of a release against its manifest, and the running package against its origin."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from umbrella_review.build.publish import MANIFEST
from umbrella_review.provenance import PACKAGE, environment, file_digest
from umbrella_review.release.difference import NOTHING, Difference
from umbrella_review.release.origin import Origin, package_files
from umbrella_review.release.sources import FOLDER, FORMATS, LOCK

_LINK = "a link"


def compare_files(folder: Path, files: Mapping[str, str]) -> list[Difference]:
    """Compare the files of a folder with the digests of a manifest.

    Parameters
    ----------
    folder : Path
        Folder of the release.
    files : mapping of str to str
        SHA-256 by path; the manifest itself is not among them.

    Returns
    -------
    list of Difference
        Changed, missing and extra files. Links are never what a manifest lists. Formats for
        journals, which a bundle adds to a release, are not extra.
    """
    found = _listing(folder)
    found.pop(MANIFEST, None)
    differences = []
    for name, digest in sorted(files.items()):
        if name not in found:
            differences.append(Difference("missing", name))
        elif found[name] != digest:
            differences.append(Difference("changed", name, _short(digest), _short(found[name])))
    extra = sorted(found.keys() - files.keys())
    return differences + [
        Difference("extra", name) for name in extra if not name.startswith(FORMATS)
    ]


def compare_origin(release: Path, origin: Origin) -> list[Difference]:
    """Compare the package and the environment that run with those that made a release.

    Parameters
    ----------
    release : Path
        Folder of the release.
    origin : Origin
        What its manifest says.

    Returns
    -------
    list of Difference
        Files of the package, then Python and distributions. Distributions that were not there
        when the release was made, such as those that one system alone needs, do not count.
    """
    here = package_files(PACKAGE)
    names = sorted(here.keys() | origin.package_files.keys())
    package = [
        Difference("package", name, _short(origin.package_files.get(name)), _short(here.get(name)))
        for name in names
        if origin.package_files.get(name) != here.get(name)
    ]
    installed = environment(release / FOLDER / LOCK)
    versions = [
        Difference("environment", name, version, installed.get(name, "not installed"))
        for name, version in origin.environment.items()
        if installed.get(name) != version
    ]
    return package + versions


def _listing(folder: Path) -> dict[str, str]:
    """Return all files with their digests; links are not followed."""
    found = {}
    for base, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(base, name)
            if path.is_symlink():
                found[path.relative_to(folder).as_posix()] = _LINK
            elif name in names:
                found[path.relative_to(folder).as_posix()] = file_digest(path) or NOTHING
    return found


def _short(digest: str | None) -> str:
    if digest in (None, _LINK):
        return digest or NOTHING
    return f"sha256 {str(digest)[:12]}…"
