"""Weighted sums over the studies of a block, free of cancellation.

With weights ``w = 1 / (v + tau2)`` and the projection ``P = diag(w) - w w' / sum(w)`` every
estimator of the between-study variance is built from ``y'Py`` (Cochran's Q at `tau2`),
``y'PPy``, ``y'PPPy``, ``tr P`` and ``tr PP``. The first row of a block is the most precise
study. Where it outweighs all others, ``tr P`` is a small difference of large sums; written with
the sum of the *other* weights it is not. A block with moderators has the projection of its
regression instead (`umbrella_review.pooling.plane`), under the same names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from umbrella_review.pooling.batch import Array, Block, dot
from umbrella_review.pooling.plane import Plane, project


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

    @property
    def log_determinant(self) -> Array:
        """Return the logarithm of the sum of weights, shape (n,)."""
        return np.asarray(np.log(self.total))

    def diagonal(self) -> Array:
        """Return the diagonals of P, shape (K, n)."""
        others = self.total - self.w
        others[0] = self.rest
        return np.asarray(self.w * others / self.total)

    def trace(self) -> Array:
        """Return ``tr P = sum(w) - sum(w²) / sum(w)``, shape (n,)."""
        tail = self.w[1:]
        return np.asarray((self.rest * (self.w[0] + self.total) - dot(tail, tail)) / self.total)

    def trace_psps(self, s: Array) -> Array:
        """Return ``tr(P S P S)`` for diagonals `s`, any finite number where no study is."""
        on_diagonal = self.diagonal() * s
        mixed = self.w * self.w * s / self.total
        head, tail = mixed[0], mixed[1:]
        tail_sum = tail.sum(axis=0)
        off_diagonal = 2 * head * tail_sum + tail_sum**2 - dot(tail, tail)
        return np.asarray(dot(on_diagonal, on_diagonal) + off_diagonal)

    def form(self, x: Array) -> Array:
        """Return ``x'Px`` for vectors `x` of shape (K, n), shape (n,)."""
        return np.asarray(dot(self.w * x, x) - dot(self.w, x) ** 2 / self.total)

    def slope_of_trace(self) -> Array:
        """Return ``tr PP``, with less care for rounding than `trace_psps`, shape (n,)."""
        ww = self.w * self.w
        fall = ww.sum(axis=0)
        return np.asarray(fall - 2 * dot(ww, self.w) / self.total + (fall / self.total) ** 2)


def pool(block: Block, tau2: Array | float = 0.0) -> Pool | Plane:
    """Pool the analyses of a block by inverse variance, or regress them on their moderators.

    Parameters
    ----------
    block : Block
        Analyses.
    tau2 : ndarray, shape (n,), or float
        Between-study variances on the block's scale.

    Returns
    -------
    Pool or Plane
        Weights and residuals; means where there are no moderators.
    """
    return fitted(block, 1.0 / (block.v + tau2))


def unweighted(block: Block) -> Pool | Plane:
    """Pool or regress the analyses of a block with all studies counting the same.

    Parameters
    ----------
    block : Block
        Analyses.

    Returns
    -------
    Pool or Plane
        With weights of 1, and 0 where there is no study.
    """
    return fitted(block, block.present.astype(float))


def fitted(block: Block, w: Array) -> Pool | Plane:
    """Pool or regress the analyses of a block by given weights.

    Parameters
    ----------
    block : Block
        Analyses.
    w : ndarray, shape (K, n)
        Weights, 0 where there is no study.

    Returns
    -------
    Pool or Plane
        A plane where there are moderators.
    """
    return project(block.y, w, block.x) if len(block.x) else weigh(block.y, w)


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
