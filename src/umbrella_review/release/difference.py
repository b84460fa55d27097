"""What can differ between a release and what is found, with what it means and what to do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

# Relative difference up to which two floating-point numbers count as the same: summing in
# another order changes the last digits of double precision (about 16), and no printed digit.
TOLERANCE = 1e-9
NOTHING = "–"


@dataclass(frozen=True)
class Kind:
    """A kind of difference.

    Parameters
    ----------
    title : str
        Heading of its list.
    meaning : str
        What it means and what to do, in one line.
    """

    title: str
    meaning: str


KINDS = {
    "changed": Kind(
        "Files that are not as released",
        "They were edited or damaged after the release: restore them, or fetch the release anew.",
    ),
    "missing": Kind(
        "Files of the release that are missing",
        "The copy is not complete: fetch the release anew.",
    ),
    "extra": Kind(
        "Files that do not belong to the release",
        "Nobody vouches for them: remove them, or fetch the release anew.",
    ),
    "package": Kind(
        "Source files of the package that are not those of the release",
        "Other code may compute other results: check out the commit of the release.",
    ),
    "environment": Kind(
        "Versions that are not those of the release",
        "They may compute other digits: install source/requirements.lock into a new environment.",
    ),
    "failed": Kind(
        "The release could not be executed again",
        "Nothing could be compared: mend what the last lines say, and verify again.",
    ),
    "setting": Kind(
        "What the report is made with",
        "Pages made by another engine or package differ: use those of the release.",
    ),
    "value": Kind(
        "Recorded values that come out differently",
        "A number of the release cannot be reproduced here: look at code and versions above.",
    ),
    "table": Kind(
        "Cells of tables that come out differently",
        "A table of the release cannot be reproduced here: look at code and versions above.",
    ),
    "figure data": Kind(
        "Data behind figures that come out differently",
        "A figure of the release shows other data: look at code and versions above.",
    ),
    "figure": Kind(
        "Figures that come out as other files",
        "With equal data behind it a figure is drawn differently: look at matplotlib's version.",
    ),
    "claim": Kind(
        "Sentences, figures and tables of the ledger that come out differently",
        "The text says something else: look at the values above, then at source/.",
    ),
    "notebook": Kind(
        "Cells of executed notebooks that come out differently",
        "The notebook shows something else when it is run: look at code and versions above.",
    ),
    "file": Kind(
        "Other files that come out with other bytes",
        "They follow from what is listed above; where nothing is, another program wrote them.",
    ),
    "not made": Kind(
        "Files of the release that were not made again",
        "The sources of the release do not lead to them: look at code and versions above.",
    ),
    "new": Kind(
        "Files that were made again but are not in the release",
        "The release lacks something that its sources lead to: look at code and versions above.",
    ),
}


@dataclass(frozen=True)
class Difference:
    """One difference.

    Parameters
    ----------
    kind : str
        A key of `KINDS`.
    where : str
        What differs: a file, a value, a cell, a distribution.
    recorded : str
        How it is in the release; empty where the kind says it.
    found : str
        How it is here; empty where the kind says it.
    """

    kind: str
    where: str
    recorded: str = ""
    found: str = ""

    def __str__(self) -> str:
        if not self.recorded and not self.found:
            return self.where
        return f"{self.where}: {self.recorded} in the release, {self.found} here"


def same(old: object, new: object) -> bool:
    """Whether two values are the same within the tolerance.

    Parameters
    ----------
    old, new : object
        Values as JSON knows them.

    Returns
    -------
    bool
        Floating-point numbers may differ by `TOLERANCE`, relative to the larger; all else
        must be equal, and of the same type.
    """
    if isinstance(old, float) and isinstance(new, float):
        return math.isclose(old, new, rel_tol=TOLERANCE) or (math.isnan(old) and math.isnan(new))
    return type(old) is type(new) and old == new


def same_text(old: str, new: str) -> bool:
    """Whether two cells of a table are the same within the tolerance.

    Parameters
    ----------
    old, new : str
        As they stand in the file.

    Returns
    -------
    bool
        Two numbers with a decimal point or an exponent may differ by `TOLERANCE`; all else must
        be equal.
    """
    if old == new:
        return True
    if not all(any(mark in text for mark in ".eE") for text in (old, new)):
        return False
    try:
        return math.isclose(float(old), float(new), rel_tol=TOLERANCE)
    except ValueError:
        return False


def shown(value: object, width: int = 80) -> str:
    """Return a value for a line of the terminal.

    Parameters
    ----------
    value : object
        Anything that a file of JSON may hold.
    width : int, optional
        Characters from which it is cut.

    Returns
    -------
    str
        On one line.
    """
    text = " ".join(str(value).split())
    return text if len(text) <= width else f"{text[: width - 1]}…"


def first_change(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Return the first lines in which two texts differ.

    Parameters
    ----------
    old, new : sequence of str
        Their lines.

    Returns
    -------
    tuple of str
        The two lines; `NOTHING` where one text has ended, or where no line differs.
    """
    for before, after in zip_longest(old, new, fillvalue=NOTHING):
        if before != after:
            return shown(before), shown(after)
    return NOTHING, NOTHING
