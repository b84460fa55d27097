"""One build at a time in a project."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from umbrella_review.errors import BuildError
from umbrella_review.paths import Project

# Beyond anything written there: a locked byte cannot be read by others on Windows.
_BYTE = 1 << 20


@contextmanager
def locked(project: Project) -> Iterator[None]:
    """Hold a project's lock; the system frees it even if this process is killed.

    Parameters
    ----------
    project : Project
        Its lock is a file in the folder ``build``.

    Yields
    ------
    None
        While the lock is held.

    Raises
    ------
    BuildError
        If another process holds it; names that process.
    """
    target = project.build / "lock"
    target.parent.mkdir(exist_ok=True)
    with target.open("a+", encoding="utf-8") as stream:
        if not _acquire(stream):
            stream.seek(0)
            holder = stream.read().strip() or "unknown"
            raise BuildError(
                f"another build is running in this project (process {holder}). "
                "Wait for it to end, or end it, and try again."
            )
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield


if sys.platform == "win32":
    import msvcrt

    def _acquire(stream: TextIO) -> bool:
        stream.seek(_BYTE)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        stream.seek(0)
        return True

else:
    import fcntl

    def _acquire(stream: TextIO) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
