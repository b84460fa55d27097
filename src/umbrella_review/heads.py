"""The header of a table that its users name themselves: what can be read, and what cannot."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection

from umbrella_review.csv_file import HEADER_ROW, Finding, Header, RawTable
from umbrella_review.errors import InputError, Problem

_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def free_header(heads: list[str], where: str, known: Collection[str]) -> Header:
    """Return the heads of a table in which further columns may stand, and those that stand twice.

    Parameters
    ----------
    heads : list of str
        As they stand in the file.
    where : str
        What messages call the table.
    known : collection of str
        Columns with a meaning, in lower case. A head that differs from one of them in case alone
        becomes it, unless it stands there as well.

    Returns
    -------
    tuple of str, and list of Finding
        Heads without blanks around them, and what is wrong with them.

    Raises
    ------
    InputError
        If the cells are separated by something else than commas: nothing else can be said then.
    """
    trimmed = [head.strip() for head in heads]
    if len(trimmed) == 1:
        _other_separator(trimmed[0], where, known)
    folded = Counter(head.lower() for head in trimmed)
    names = tuple(
        head.lower() if head.lower() in known and folded[head.lower()] == 1 else head
        for head in trimmed
    )
    findings = [
        Finding(
            HEADER_ROW,
            names.index(name),
            Problem(
                f"{where}, row {HEADER_ROW}, column {name}",
                f"the column {name!r} {count} times",
                "it once",
                "Remove or rename the others.",
            ),
        )
        for name, count in Counter(names).items()
        if count > 1 and name
    ]
    return names, findings


def _other_separator(head: str, where: str, known: Collection[str]) -> None:
    for mark, words in _SEPARATORS.items():
        parts = [part.strip().strip('"').lower() for part in head.split(mark)]
        if len(parts) > 1 and not set(parts).isdisjoint(known):
            raise InputError(
                [
                    Problem(
                        f"{where}, row {HEADER_ROW}",
                        f"heads separated by {words}",
                        "cells separated by commas, and decimal points in numbers",
                        "Save it as 'CSV UTF-8 (comma delimited)' in your spreadsheet program, "
                        "with English number formats.",
                    )
                ]
            )


def no_studies(raw: RawTable, findings: Collection[Finding]) -> list[Finding]:
    """Return that a table holds no studies, unless its rows could not be read at all.

    Parameters
    ----------
    raw : RawTable
        The table.
    findings : collection of Finding
        What is known to be wrong with it.

    Returns
    -------
    list of Finding
        One, or none.
    """
    if raw.rows or any(finding.row > HEADER_ROW for finding in findings):
        return []
    words = "no studies", "one row a study below the header", "Add the studies."
    return [Finding(0, 0, Problem(raw.where, *words))]


def in_order(findings: Collection[Finding]) -> InputError:
    """Return the error that tells all findings, in the order of rows and columns.

    Parameters
    ----------
    findings : collection of Finding
        One or more.

    Returns
    -------
    InputError
        To be raised.
    """
    return InputError(finding.problem for finding in sorted(findings))


def near(name: str, known: Collection[str]) -> str:
    """Return the known column that a name may be meant for; empty where none is near.

    Parameters
    ----------
    name : str
        A head.
    known : collection of str
        Columns with a meaning.

    Returns
    -------
    str
        One of them, or nothing.
    """
    return next(iter(difflib.get_close_matches(name.lower(), sorted(known), n=1, cutoff=0.8)), "")
