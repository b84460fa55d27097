"""The keys of ``data/references.bib``."""

from __future__ import annotations

import logging
from typing import Any

from umbrella_review.errors import Problem
from umbrella_review.paths import Project


def read_keys(project: Project) -> tuple[frozenset[str] | None, list[Problem]]:
    """Return the keys of the bibliography, if it can be read, and what is wrong with it.

    Parameters
    ----------
    project : Project
        The project whose bibliography is read.

    Returns
    -------
    tuple of frozenset of str or None, and list of Problem
        The keys are None where the file cannot be read at all.
    """
    where = project.relative(project.bibliography)
    try:
        library = _library(project)
    except FileNotFoundError:
        remedy = "Restore it; sources of tables are keys of this file."
        return None, [Problem(where, "there is no such file", "a BibTeX file", remedy)]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = f"the byte 0x{error.object[error.start]:02X}, which is not UTF-8"
        remedy = "Save the file as UTF-8 in your editor."
        return None, [Problem(f"{where}, line {line}", found, "text in UTF-8", remedy)]
    problems = [_problem(where, block) for block in library.failed_blocks]
    return frozenset(entry.key for entry in library.entries), problems


def read_entry(project: Project, key: str) -> dict[str, str] | None:
    """Return title and, where it has a DOI, address of an entry; None where there is none.

    Parameters
    ----------
    project : Project
        The project whose bibliography is read.
    key : str
        Key of the entry.

    Returns
    -------
    dict of str to str or None
        ``title`` and perhaps ``path``.
    """
    return read_entries(project).get(key)


def read_entries(project: Project) -> dict[str, dict[str, str]]:
    """Return title and, where it has a DOI, address of each entry, by key.

    Parameters
    ----------
    project : Project
        The project whose bibliography is read.

    Returns
    -------
    dict of str to dict of str to str
        ``title`` and perhaps ``path``; empty where there is no bibliography.
    """
    if not project.bibliography.is_file():
        return {}
    found = {}
    for key, entry in _library(project).entries_dict.items():
        fields = {name: str(field.value) for name, field in entry.fields_dict.items()}
        found[key] = {"title": fields.get("title", key).replace("{", "").replace("}", "")}
        if "doi" in fields:
            found[key]["path"] = f"https://doi.org/{fields['doi']}"
    return found


def _library(project: Project) -> Any:
    from bibtexparser.entrypoint import parse_string  # the command line starts without it

    # The parser logs what it also returns.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    return parse_string(project.bibliography.read_bytes().decode("utf-8-sig"))


def _problem(where: str, block: object) -> Problem:
    line = f"{where}, line {getattr(block, 'start_line', 0) + 1}"
    if type(block).__name__ == "DuplicateBlockKeyBlock":
        key = getattr(block, "key", "")
        remedy = "Remove one of the entries, or give it another key."
        return Problem(line, f"the key {key!r} for the second time", "each key once", remedy)
    remedy = "Check its braces and commas."
    return Problem(line, "an entry that cannot be read", "an entry in BibTeX form", remedy)
