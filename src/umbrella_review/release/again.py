"""Making a report again from a release alone, in a process and a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from umbrella_review.dates import VARIABLE
from umbrella_review.provenance import PACKAGE
from umbrella_review.release.manifest import Manifest
from umbrella_review.release.sources import restore

Say = Callable[[str], None]
# The command of this very package, also where another one is installed.
COMMAND = (sys.executable, "-P", "-c", "from umbrella_review.cli import main; main()")
_LAST_LINES = 12


@dataclass(frozen=True)
class Remade:
    """A report that was made again, or why it was not.

    Parameters
    ----------
    report : Path
        Its folder.
    failure : str
        The last lines of the build that failed; empty where it succeeded.
    """

    report: Path
    failure: str


def make_again(release: Path, manifest: Manifest, folder: Path, say: Say) -> Remade:
    """Build the report of a release from its sources and data.

    Parameters
    ----------
    release : Path
        Folder of the release.
    manifest : Manifest
        Its manifest: engine and date are those of the release.
    folder : Path
        An empty folder outside every project.
    say : callable
        Takes each line that the build prints.

    Returns
    -------
    Remade
        The report, or the end of what the failed build printed.
    """
    project = restore(release, folder / "project")
    engine = ["--engine", manifest.engine] if manifest.engine else []
    last: deque[str] = deque(maxlen=_LAST_LINES)
    with subprocess.Popen(
        [*COMMAND, "--project", str(project.root), "build", *engine],
        cwd=project.root,
        env=_environment(manifest),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            last.append(line.rstrip())
            say(line.rstrip())
    return Remade(project.draft, "\n".join(last) if process.returncode else "")


def _environment(manifest: Manifest) -> dict[str, str]:
    path = [str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    variables = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path),
        "PYTHONIOENCODING": "utf-8",
        VARIABLE: manifest.origin.source_date_epoch,
    }
    if not manifest.origin.source_date_epoch:
        del variables[VARIABLE]
    return variables
