"""Results of batches as entries: for each analysis a mapping of names to numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Entry = dict[str, Any]


def entries(result: object, names: Mapping[str, str], head: Mapping[str, Any]) -> list[Entry]:
    """Return the numbers of a result by analysis.

    Parameters
    ----------
    result : object
        Its attributes are arrays whose first axis runs over the analyses, or one value for all.
    names : mapping of str to str
        Name of the entry to the attribute.
    head : mapping of str to object
        What every entry begins with.

    Returns
    -------
    list of dict
        In the order of the analyses.
    """
    columns = [np.asarray(getattr(result, attribute)) for attribute in names.values()]
    count = max(len(column) for column in columns if column.ndim)
    lists = [column.tolist() if column.ndim else [column.item()] * count for column in columns]
    return [{**head, **dict(zip(names, line, strict=True))} for line in zip(*lists, strict=True)]


def same(*names: str) -> dict[str, str]:
    """Return names that are those of the attributes.

    Parameters
    ----------
    *names : str
        Names.

    Returns
    -------
    dict
        Each name to itself.
    """
    return {name: name for name in names}


def by_analysis(lists: list[list[Entry]]) -> list[list[Entry]]:
    """Return lists of entries of each analysis from lists of all analyses.

    Parameters
    ----------
    lists : list of list of dict
        One list a computation, with an entry for each analysis.

    Returns
    -------
    list of list of dict
        One list an analysis, with an entry for each computation.
    """
    return [list(line) for line in zip(*lists, strict=True)]


def joined(*parts: list[Entry]) -> list[Entry]:
    """Return lists of entries as one, whose entries hold what those of all lists hold.

    Parameters
    ----------
    *parts : list of dict
        Of the same analyses.

    Returns
    -------
    list of dict
        In the order of the analyses.
    """
    return [
        {name: item for one in line for name, item in one.items()}
        for line in zip(*parts, strict=True)
    ]


def cut(found: list[Entry], names: Collection[str], k: NDArray[np.integer]) -> list[Entry]:
    """Return entries whose lists end with the last study of their analysis.

    Parameters
    ----------
    found : list of dict
        In the order of the analyses.
    names : collection of str
        Of the lists, an item a study.
    k : ndarray of int of shape (A,)
        Number of studies of each analysis.

    Returns
    -------
    list of dict
        In the order of the analyses.
    """
    return [
        {name: item[:studies] if name in names else item for name, item in entry.items()}
        for entry, studies in zip(found, k.tolist(), strict=True)
    ]
