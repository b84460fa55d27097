"""Archives that hold the same bytes whenever they hold the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

EARLIEST = date(1980, 1, 1)  # the first day that a zip archive can name
_FILE_MODE = 0o100644


def zipped(files: Mapping[str, bytes], day: date) -> bytes:
    """Return a zip archive with sorted entries, one date, and no trace of who made it.

    Parameters
    ----------
    files : mapping of str to bytes
        Contents by path in the archive, with forward slashes.
    day : date
        The date of all entries; days before 1980 count as the first of that year.

    Returns
    -------
    bytes
        The archive.
    """
    stamp = max(day, EARLIEST)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (stamp.year, stamp.month, stamp.day, 0, 0, 0))
            entry.create_system = 3  # the same on every system: Unix, whose modes we set
            entry.external_attr = _FILE_MODE << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=9)
    return target.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the files of a zip archive by their paths, without entries of folders.

    Parameters
    ----------
    content : bytes
        The archive.

    Returns
    -------
    dict of str to bytes
        Contents by path.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = (name for name in archive.namelist() if not name.endswith("/"))
        return {name: archive.read(name) for name in names}
