"""Roots between brackets, for all analyses of a block together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from umbrella_review.pooling.batch import Array, Block, Index

_MOST_STEPS = 1000
_PRECISION = 1e-9  # of a Newton step: the error left behind is of the order of its square
_NARROWEST = 4e-16

Step = Callable[[Block, Array, Index], tuple[Array, NDArray[np.bool_]]]


def between(block: Block, low: Array, high: Array, newton: Step) -> Array:
    """Find one root per analysis between two between-study variances.

    Parameters
    ----------
    block : Block
        Analyses.
    low, high : ndarray, shape (n,)
        Ends of the brackets, 0 or more; where they are equal they are the root.
    newton : callable
        From a part of the block, values and the part's columns to Newton's steps (infinite where
        there is none) and whether the root lies above the value.

    Returns
    -------
    ndarray, shape (n,)
        Roots, exact to rounding.

    Notes
    -----
    A step that leaves its bracket, or is not shorter than half the step before, is replaced by
    the way to the middle, geometric in ``v + tau2``: the search ends whatever the function looks
    like (Press et al. 2007, Numerical Recipes, section 9.4).
    """
    at = low.copy()
    active = np.flatnonzero(high > low)
    part, low, high = block.take(active), low[active], high[active]
    x, last = low, high - low
    finished = np.zeros(active.size, dtype=bool)
    for _ in range(_MOST_STEPS):
        if finished.all():
            break
        step, above = newton(part, x, active)
        low, high = np.where(above, x, low), np.where(above, high, x)
        least = part.v[0]
        aim = x + step
        middle = np.sqrt(low + least) * np.sqrt(high + least) - least
        follow = (aim >= low) & (aim <= high) & (np.abs(step) <= last / 2)
        new = np.clip(np.where(follow, aim, middle), low, high)
        last = np.abs(new - x)
        x = np.where(finished, x, new)
        at[active] = x
        finished |= follow & (last <= _PRECISION * (x + least))
        finished |= high - low <= _NARROWEST * (high + least)
        if np.count_nonzero(finished) > 0.3 * finished.size:
            keep = np.flatnonzero(~finished)
            active, low, high = active[keep], low[keep], high[keep]
            x, last, finished = x[keep], last[keep], finished[keep]
            part = part.take(keep)
    return at
