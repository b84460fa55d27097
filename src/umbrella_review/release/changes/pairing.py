"""Pairing what is alike in two lists, the same way whichever comes first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

Item = TypeVar("Item")


def pairs(
    old: Sequence[Item],
    new: Sequence[Item],
    likeness: Callable[[Item, Item], float],
    least: float,
) -> list[tuple[int, int]]:
    """Pair the items that are most alike, best pairs first.

    Parameters
    ----------
    old, new : sequence
        The items.
    likeness : callable
        How alike two of them are, from 0 to 1; must not depend on which comes first.
    least : float
        Pairs that are less alike are not made.

    Returns
    -------
    list of tuple of int and int
        Positions in both lists, by the first; each position comes once at most.
    """
    scored = [
        (-score, abs(i - j), min(i, j), max(i, j), i, j)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if (score := likeness(one, other)) >= least
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(scored):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return sorted(found.items())


def text_likeness(one: str, other: str) -> float:
    """Return how alike two texts are, by Ratcliff and Obershelp as in `difflib`.

    Parameters
    ----------
    one, other : str
        The texts; the result does not depend on their order.

    Returns
    -------
    float
        From 0 to 1.
    """
    first, second = sorted((one.split(), other.split()))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
