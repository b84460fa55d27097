"""Which rows of the data stand behind each row of a printed table.

Functions that make tables know the keys of what they print; they hand them to the `TableView`,
and the session of the notebook keeps them beside the recorded values.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

ROWS = "rows.json"  # beside the values that a notebook records
#: Per table of the data the ids of rows.
RowIds = Mapping[str, tuple[str, ...]]
#: Stands for every row of a table.
EVERY = ("*",)


def one_row(table: str, ids: Iterable[object]) -> list[RowIds]:
    """Return for each printed row the one row of a table behind it.

    Parameters
    ----------
    table : str
        Name of the table.
    ids : iterable of str
        An id a printed row; may be missing.

    Returns
    -------
    list of RowIds
        Empty where the id is missing.
    """
    return [{table: (key,)} if isinstance(key, str) else {} for key in ids]


def many_rows(table: str, ids: Iterable[Iterable[str]]) -> list[RowIds]:
    """Return for each printed row the rows of a table behind it.

    Parameters
    ----------
    table : str
        Name of the table.
    ids : iterable of iterable of str
        Any number of ids a printed row; an id that comes twice counts once.

    Returns
    -------
    list of RowIds
        Empty where there are none.
    """
    found = (tuple(dict.fromkeys(map(str, keys))) for keys in ids)
    return [{table: keys} if keys else {} for keys in found]


def group_rows(
    table: str, frame: pd.DataFrame, key: str, by: str, groups: Iterable[object]
) -> list[RowIds]:
    """Return for each printed row the rows of a table that belong to its group.

    Parameters
    ----------
    table : str
        Name of the table.
    frame : DataFrame
        Rows of the table, with `key` and `by`.
    key, by : str
        Columns of ids and of groups.
    groups : iterable of object
        The group of each printed row.

    Returns
    -------
    list of RowIds
        Empty where a group has no row.
    """
    members = frame.groupby(by, sort=False)[key].agg(tuple)
    return many_rows(table, (members.get(group, ()) for group in groups))


def together(*columns: Sequence[RowIds]) -> list[RowIds]:
    """Return for each printed row the rows of several tables.

    Parameters
    ----------
    *columns : sequence of RowIds
        Each with an entry a printed row.

    Returns
    -------
    list of RowIds
        Ids of the same table are joined, each once.
    """
    result: list[RowIds] = []
    for entries in zip(*columns, strict=True):
        joined: dict[str, tuple[str, ...]] = {}
        for entry in entries:
            for table, ids in entry.items():
                joined[table] = tuple(dict.fromkeys((*joined.get(table, ()), *ids)))
        result.append(joined)
    return result


def write_rows(tables: Mapping[str, Sequence[RowIds]], target: Path) -> None:
    """Write the rows behind the tables of a notebook as JSON, one table a line.

    Parameters
    ----------
    tables : mapping of str to sequence of RowIds
        By label of the table, an entry a printed row.
    target : Path
        File to write; an older one is replaced.
    """
    lines = [
        f"{json.dumps(label)}:{json.dumps(list(map(dict, rows)), separators=(',', ':'))}"
        for label, rows in sorted(tables.items())
    ]
    text = "{\n" + ",\n".join(lines) + "\n}\n" if lines else "{}\n"
    target.write_text(text, encoding="utf-8", newline="\n")


def read_rows(source: Path) -> dict[str, list[RowIds]]:
    """Read what `write_rows` wrote.

    Parameters
    ----------
    source : Path
        A file of `write_rows`.

    Returns
    -------
    dict of str to list of RowIds
        By label of the table.
    """
    content = json.loads(source.read_text(encoding="utf-8"))
    return {
        label: [{table: tuple(ids) for table, ids in row.items()} for row in rows]
        for label, rows in content.items()
    }
