"""What is done about counts of zero.

A ratio does not exist where a count is zero, so a small number is added to the counts (Cochrane
Handbook, version 6, section 10.4.4; Sweeting, Sutton and Lambert 2004, doi 10.1002/sim.1761). To
which tables it is added is a choice; the codes of the choices are those of metafor.
"""

from __future__ import annotations

import numpy as np

from umbrella_review.effects.intervals import Array
from umbrella_review.effects.measure import Flags, Options, To

CHOICES: tuple[To, ...] = ("only0", "all", "if0all", "none")


def addition(cells: tuple[Array, ...], options: Options) -> Array:
    """Return what is to be added to every count of each study.

    Parameters
    ----------
    cells : tuple of ndarray
        Counts that must not be zero; the last axis runs over the studies of one analysis.
    options : Options
        `add` and `to`: ``only0`` adds in the studies with a zero, ``all`` in every study,
        ``if0all`` in every study of an analysis in which some study has a zero, ``none`` nowhere.

    Returns
    -------
    ndarray
        Of the shape of the counts; 0 or `add`.
    """
    zero = np.any([cell == 0 for cell in cells], axis=0)
    where: dict[To, Flags] = {
        "only0": zero,
        "all": np.ones_like(zero),
        "if0all": np.broadcast_to(zero.any(axis=-1, keepdims=True), zero.shape),
        "none": np.zeros_like(zero),
    }
    return np.where(where[options.to], options.add, 0.0)


def without(dropped: Flags, cells: tuple[Array, ...]) -> tuple[Array, ...]:
    """Return the counts, missing in the studies that are left out.

    Parameters
    ----------
    dropped : ndarray of bool
        Studies to leave out.
    cells : tuple of ndarray
        Counts.

    Returns
    -------
    tuple of ndarray
        As many.
    """
    return tuple(np.where(dropped, np.nan, cell) for cell in cells)
