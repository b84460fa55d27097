"""The keys of ``data/references.bib``."""

from __future__ import annotations

import logging

from umbrella_review.errors import Problem
from umbrella_review.paths import Project


def read_keys(project: Project) -> tuple[frozenset[str] | None, list[Problem]]:
    """Return the keys of the bibliography, if it can be read, and what is wrong with it.

    Parameters
    ----------
    project : Project
        The project whose bibliography is read.
    """
    import bibtexparser  # noqa: PLC0415 - the command line starts without it

    where = project.relative(project.bibliography)
    try:
        text = project.bibliography.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        remedy = "Restore it; sources of tables are keys of this file."
        return None, [Problem(where, "there is no such file", "a BibTeX file", remedy)]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = f"the byte 0x{error.object[error.start]:02X}, which is not UTF-8"
        remedy = "Save the file as UTF-8 in your editor."
        return None, [Problem(f"{where}, line {line}", found, "text in UTF-8", remedy)]
    # The parser logs what it also returns.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = bibtexparser.parse_string(text)
    problems = [_problem(where, block) for block in library.failed_blocks]
    return frozenset(entry.key for entry in library.entries), problems


def _problem(where: str, block: object) -> Problem:
    line = f"{where}, line {getattr(block, 'start_line', 0) + 1}"
    if type(block).__name__ == "DuplicateBlockKeyBlock":
        key = getattr(block, "key", "")
        remedy = "Remove one of the entries, or give it another key."
        return Problem(line, f"the key {key!r} for the second time", "each key once", remedy)
    remedy = "Check its braces and commas."
    return Problem(line, "an entry that cannot be read", "an entry in BibTeX form", remedy)
