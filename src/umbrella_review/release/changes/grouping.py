"""Rows that were changed in one go, such as a word of a vocabulary that was replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

from umbrella_review.release.changes.rows import RowChange

_RECODED = 3  # rows with the same cells before and the same after, from which they are one change
_MANY = 10  # more rows of one table that were added, removed or changed alike are one change


def in_groups(rows: Iterable[RowChange]) -> list[list[RowChange]]:
    """Group rows that were changed in one go; every other row stands alone.

    Parameters
    ----------
    rows : iterable of RowChange
        Rows that differ.

    Returns
    -------
    list of list of RowChange
        In the order of their first rows: rows of one table with the same cells before and after,
        where there are three or more; and rows that were added, removed, or changed in the same
        columns, where there are more than ten.
    """
    left = list(rows)
    recoded = _sorted_by(left, lambda one: (one.table, *one.own_cells))
    groups = [group for group in recoded if len(group) >= _RECODED and group[0].columns]
    taken = {one.place for group in groups for one in group}
    left = [one for one in left if one.place not in taken]
    for group in _sorted_by(left, lambda one: (one.table, one.kind, one.columns)):
        groups += [group] if len(group) > _MANY else [[one] for one in group]
    return sorted(groups, key=lambda group: group[0].place)


def _sorted_by(
    rows: Iterable[RowChange], key: Callable[[RowChange], Hashable]
) -> list[list[RowChange]]:
    found: defaultdict[Hashable, list[RowChange]] = defaultdict(list)
    for one in rows:
        found[key(one)].append(one)
    return list(found.values())
