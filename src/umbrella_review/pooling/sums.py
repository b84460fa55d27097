"""Weighted sums over the studies of a block, free of cancellation.

With weights ``w = 1 / (v + tau2)`` and the projection ``P = diag(w) - w w' / sum(w)`` every
estimator of the between-study variance is built from ``y'Py`` (Cochran's Q at `tau2`),
``y'PPy``, ``y'PPPy``, ``tr P`` and ``tr PP``. The first row of a block is the most precise
study. Where it outweighs all others, ``tr P`` is a small difference of large sums; written with
the sum of the *other* weights it is not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from umbrella_review.pooling.batch import Array, Block


@dataclass(frozen=True)
class Pool:
    """Weighted means of a block's analyses, on the block's scale.

    Parameters
    ----------
    w : ndarray, shape (K, n)
        Weights.
    total : ndarray, shape (n,)
        Their sums.
    rest : ndarray, shape (n,)
        Sums without the first study.
    mean : ndarray, shape (n,)
        Weighted means.
    u : ndarray, shape (K, n)
        Weighted residuals ``Py``.
    q : ndarray, shape (n,)
        Weighted sums of squared residuals ``y'Py``.
    """

    w: Array
    total: Array
    rest: Array
    mean: Array
    u: Array
    q: Array


def dot(first: Array, second: Array) -> Array:
    """Sum products over studies.

    Parameters
    ----------
    first, second : ndarray, shape (K, n)
        Factors.

    Returns
    -------
    ndarray, shape (n,)
        One sum per analysis.
    """
    return np.asarray(np.einsum("ka,ka->a", first, second))


def pool(block: Block, tau2: Array | float = 0.0) -> Pool:
    """Pool the analyses of a block by inverse variance.

    Parameters
    ----------
    block : Block
        Analyses.
    tau2 : ndarray, shape (n,), or float
        Between-study variances on the block's scale.

    Returns
    -------
    Pool
        Weights, means and residuals.
    """
    return weigh(block.y, 1.0 / (block.v + tau2))


def weigh(y: Array, w: Array) -> Pool:
    """Pool by given weights.

    Parameters
    ----------
    y, w : ndarray, shape (K, n)
        Effects and weights, weight 0 where there is no study.

    Returns
    -------
    Pool
        Weights, means and residuals.
    """
    rest = w[1:].sum(axis=0)
    total = w[0] + rest
    mean = dot(w, y) / total
    residual = y - mean
    u = w * residual
    return Pool(w, total, rest, mean, u, dot(u, residual))


def trace_p(pooled: Pool) -> Array:
    """Return ``tr P = sum(w) - sum(w²) / sum(w)``.

    Parameters
    ----------
    pooled : Pool
        Weights.

    Returns
    -------
    ndarray, shape (n,)
        Positive.
    """
    tail = pooled.w[1:]
    first = pooled.w[0]
    return np.asarray((pooled.rest * (first + pooled.total) - dot(tail, tail)) / pooled.total)


def trace_pp(pooled: Pool) -> Array:
    """Return ``tr PP``, the sum of the squared entries of P.

    Parameters
    ----------
    pooled : Pool
        Weights.

    Returns
    -------
    ndarray, shape (n,)
        Positive.
    """
    return trace_psps(pooled, np.ones_like(pooled.w))


def trace_psps(pooled: Pool, s: Array) -> Array:
    """Return ``tr(P S P S)`` for a diagonal S.

    Half the variance of the quadratic form ``y'Py`` when `y` is normal with variances `s`.

    Parameters
    ----------
    pooled : Pool
        Weights.
    s : ndarray, shape (K, n)
        Diagonals of S; any finite number where there is no study.

    Returns
    -------
    ndarray, shape (n,)
        Positive.
    """
    w, total = pooled.w, pooled.total
    others = total - w
    others[0] = pooled.rest
    on_diagonal = w * others * s / total
    mixed = w * w * s / total
    head, tail = mixed[0], mixed[1:]
    tail_sum = tail.sum(axis=0)
    off_diagonal = 2 * head * tail_sum + tail_sum**2 - dot(tail, tail)
    return np.asarray(dot(on_diagonal, on_diagonal) + off_diagonal)


def mean_square(block: Block, divisor: Array) -> Array:
    """Return the unweighted sum of squares about the mean over a divisor.

    Parameters
    ----------
    block : Block
        Analyses.
    divisor : ndarray, shape (n,)
        For example k - 1.

    Returns
    -------
    ndarray, shape (n,)
        Variance of the effects on the block's scale.
    """
    return weigh(block.y, block.present.astype(float)).q / divisor
