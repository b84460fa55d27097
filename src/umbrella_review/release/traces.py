"""Places of this machine in files that are to be released."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from umbrella_review.errors import Problem
from umbrella_review.provenance import files_in


def find_traces(folder: Path, root: Path) -> list[Problem]:
    """Return the files that name a place of this machine.

    Parameters
    ----------
    folder : Path
        Folder of a report.
    root : Path
        The project's folder.

    Returns
    -------
    list of Problem
        One a file that holds the path of the project, of Python or of the user's home. What is
        compressed inside a file is not seen.
    """
    places = [root.resolve(), Path(sys.prefix), Path.home()]
    pattern = _pattern(place for place in places if len(place.parts) > 1)
    return [
        Problem(
            path.relative_to(folder).as_posix(),
            f"the path {match.group().decode(errors='replace')} of this machine",
            "nothing that depends on where the report is made",
            "Find the cell or the line of data that prints it, and remove it there.",
        )
        for path in files_in(folder)
        if (match := pattern.search(path.read_bytes()))
    ]


def _pattern(places: Iterable[Path]) -> re.Pattern[bytes]:
    """Return what finds whole paths: the end of another path is none."""
    words = {form for place in places for form in (str(place), place.as_posix())}
    longest_first = sorted(words, key=len, reverse=True)
    choices = b"|".join(re.escape(word.encode()) for word in longest_first)
    return re.compile(rb"(?<![\w/\\.:])(" + choices + rb")(?![\w.-])")
