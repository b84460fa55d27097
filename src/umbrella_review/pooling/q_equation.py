"""Between-study variances at which Cochran's generalised Q takes a given value."""

from __future__ import annotations

import numpy as np

from umbrella_review.pooling.batch import Array, Block, dot
from umbrella_review.pooling.sums import pool, unweighted

_MOST_STEPS = 200
_PRECISION = 1e-9  # of a Newton step: the error left behind is of the order of its square


def solve_q(block: Block, target: Array) -> Array:
    """Solve ``Q(tau2) = target`` for each analysis of a block.

    Parameters
    ----------
    block : Block
        Analyses.
    target : ndarray, shape (n,)
        Positive values of Q.

    Returns
    -------
    ndarray, shape (n,)
        Solutions on the block's scale, exact to rounding; 0 where Q is at most `target` already
        without between-study variance.

    Notes
    -----
    Q is ``y'Py`` with weights ``1 / (v + tau2)`` (DerSimonian and Kacker 2007, doi
    10.1016/j.cct.2006.04.004). It falls in `tau2`, and ``1 / Q`` is concave, being the smallest
    variance ``x'(V + tau2 I)x`` over all contrasts with ``x'y = 1``, which is linear in `tau2`
    for each `x`. Newton's steps on ``1 / Q`` from the left therefore rise to the solution and
    never pass it, so that no bracket is needed.
    """
    tau2 = np.zeros(block.k.size)
    active = np.flatnonzero(pool(block).q > target)
    if active.size == 0:
        return tau2
    part, goal = block.take(active), target[active]
    largest = np.where(part.present, part.v, 0.0).max(axis=0)
    # Q lies above the sum of squares over (largest v + tau2), hence a first guess from the left.
    x = np.maximum(unweighted(part).q / goal - largest, 0.0)
    for _ in range(_MOST_STEPS):
        pooled = pool(part, x)
        step = pooled.q * (pooled.q / goal - 1) / dot(pooled.u, pooled.u)
        x = np.maximum(x + step, 0.0)
        tau2[active] = x
        go_on = np.abs(step) > _PRECISION * (x + part.v[0])
        if not go_on.any():
            break
        if np.count_nonzero(go_on) < 0.7 * go_on.size:
            active, goal, x = active[go_on], goal[go_on], x[go_on]
            part = part.take(np.flatnonzero(go_on))
    return tau2
