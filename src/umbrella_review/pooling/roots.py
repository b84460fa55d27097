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
    A step that leaves its bracket is replaced by the middle, geometric in ``v + tau2``; every
    fifth step is the middle anyway, so that brackets shrink whatever the function looks like.
    """
    at = low.copy()
    active = np.flatnonzero(high > low)
    part, low, high = block.take(active), low[active], high[active]
    x = low
    for count in range(_MOST_STEPS if active.size else 0):
        step, above = newton(part, x, active)
        low, high = np.where(above, x, low), np.where(above, high, x)
        least = part.v[0]
        aim = x + step
        middle = np.sqrt(low + least) * np.sqrt(high + least) - least
        inside = (aim >= low) & (aim <= high) & (count % 5 != 4)
        x = np.clip(np.where(inside, aim, middle), low, high)
        at[active] = x
        done = inside & (np.abs(step) <= _PRECISION * (x + least))
        done |= high - low <= _NARROWEST * (high + least)
        if done.all():
            break
        if np.count_nonzero(done) > 0.3 * done.size:
            keep = np.flatnonzero(~done)
            active, low, high, x = active[keep], low[keep], high[keep], x[keep]
            part = part.take(keep)
    return at
