"""Subsets of studies as rows of boolean masks, each distinct one once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from umbrella_review.pooling.refusals import misfit

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Index = NDArray[np.intp]


@dataclass(frozen=True)
class Distinct:
    """The different rows of a set of masks.

    Parameters
    ----------
    masks : ndarray of bool, shape (U, N)
        Each subset once, in the order of first rows.
    place : ndarray of int, shape (S,)
        For each row that was given its row in `masks`.
    """

    masks: Mask
    place: Index


def product(axes: Sequence[ArrayLike]) -> Mask:
    """Combine the options of several axes: a study stays where one option of each keeps it.

    Parameters
    ----------
    axes : sequence of array_like of bool, shape (options, N)
        Per axis one mask an option.

    Returns
    -------
    ndarray of bool, shape (S, N)
        One row a combination; the options of the last axis change fastest.

    Raises
    ------
    StatisticsError
        If there is no axis, or the axes are of different numbers of studies.
    """
    masks = [np.atleast_2d(np.asarray(axis, dtype=bool)) for axis in axes]
    widths = {axis.shape[1] for axis in masks}
    if len(widths) != 1:
        raise misfit("axes", f"masks of {sorted(widths)} studies", "one number of studies")
    combined = np.ones((1, *widths), dtype=bool)
    for axis in masks:
        combined = (combined[:, None, :] & axis[None, :, :]).reshape(-1, axis.shape[1])
    return combined


def without_each(n: int) -> Mask:
    """Return the options of an axis that leaves out no study, then each in turn.

    Parameters
    ----------
    n : int
        Number of studies.

    Returns
    -------
    ndarray of bool, shape (n + 1, n)
        The first row keeps all.
    """
    return np.vstack([np.ones((1, n), dtype=bool), ~np.eye(n, dtype=bool)])


def distinct(masks: ArrayLike) -> Distinct:
    """Find the rows that differ.

    Parameters
    ----------
    masks : array_like of bool, shape (S, N)
        One row a subset.

    Returns
    -------
    Distinct
        Each subset once.
    """
    rows = np.atleast_2d(np.asarray(masks, dtype=bool))
    # A row as one string of bytes: sorting these is much faster than sorting rows of cells.
    packed = np.ascontiguousarray(np.packbits(rows, axis=1))
    keys = packed.view(np.dtype((np.void, max(packed.shape[1], 1)))).ravel()
    if not packed.shape[1]:
        keys = np.zeros(len(rows), dtype=np.intp)
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    return Distinct(rows[first[order]], rank[place.ravel()])


def compact(values: ArrayLike, masks: Mask) -> Array:
    """Write the chosen values of each subset side by side.

    Parameters
    ----------
    values : array_like, shape (N,)
        One value a study.
    masks : ndarray of bool, shape (U, N)
        Subsets.

    Returns
    -------
    ndarray, shape (U, K)
        Values in their order, then missing ones; K is the size of the largest subset, at least 1.
    """
    order = np.argsort(~masks, axis=1, kind="stable")
    count = masks.sum(axis=1)
    widest = int(count.max(initial=0))
    side_by_side = np.full((len(masks), max(widest, 1)), np.nan)
    chosen = np.asarray(values, dtype=float)[order[:, :widest]]
    side_by_side[:, :widest] = np.where(np.arange(widest) < count[:, None], chosen, np.nan)
    return side_by_side
