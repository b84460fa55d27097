"""Weighted regressions of the analyses of a block, with their projections.

With weights ``w = 1 / (v + tau2)``, ``W = diag(w)`` and a design matrix X the residuals come from
``P = W - W X (X'WX)⁻¹ X'W``. Everything is built from an orthonormal basis Q of the columns of
``sqrt(W) X``: ``P = sqrt(W) (I - QQ') sqrt(W)``. It is found by Gram and Schmidt's method, each
column freed from the others twice, which leaves it orthogonal to rounding (Giraud, Langou and
Rozložník 2005, doi 10.1016/j.camwa.2005.08.009).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umbrella_review.pooling.batch import Array, dot


@dataclass(frozen=True)
class Plane:
    """Weighted regressions of a block's analyses, on the block's scale.

    Parameters
    ----------
    w : ndarray, shape (K, n)
        Weights.
    total : ndarray, shape (n,)
        Their sums.
    u : ndarray, shape (K, n)
        Weighted residuals ``Py``.
    q : ndarray, shape (n,)
        Weighted sums of squared residuals ``y'Py``.
    basis : ndarray, shape (p, K, n)
        Orthonormal columns Q.
    log_determinant : ndarray, shape (n,)
        ``log |X'WX|``.
    """

    w: Array
    total: Array
    u: Array
    q: Array
    basis: Array
    log_determinant: Array

    def diagonal(self) -> Array:
        """Return the diagonals of P, shape (K, n)."""
        return np.asarray(self.w * (1 - self._leverage()))

    def trace(self) -> Array:
        """Return ``tr P``, shape (n,)."""
        return np.asarray(self.diagonal().sum(axis=0))

    def trace_psps(self, s: Array) -> Array:
        """Return ``tr(P S P S)`` for diagonals `s`, shape (n,)."""
        on_diagonal = self.diagonal() * s
        mixed = self.w * s
        off_diagonal = np.zeros_like(self.total)
        for study in range(len(s) - 1):
            shared = np.einsum("pa,pka->ka", self.basis[:, study], self.basis[:, study + 1 :])
            off_diagonal += mixed[study] * dot(mixed[study + 1 :], shared**2)
        return np.asarray(dot(on_diagonal, on_diagonal) + 2 * off_diagonal)

    def form(self, x: Array) -> Array:
        """Return ``x'Px`` for vectors `x` of shape (K, n), shape (n,)."""
        root = np.sqrt(self.w) * x
        return np.asarray(dot(root, root) - sum(dot(column, root) ** 2 for column in self.basis))

    def slope_of_trace(self) -> Array:
        """Return ``tr PP``, with less care for rounding than `trace_psps`, shape (n,)."""
        inner = np.einsum("pka,qka->pqa", self.basis, self.basis * self.w)
        squares = self.w**2
        return np.asarray(
            squares.sum(axis=0) - 2 * dot(squares, self._leverage()) + (inner**2).sum(axis=(0, 1))
        )

    def _leverage(self) -> Array:
        return np.asarray((self.basis**2).sum(axis=0))


def project(y: Array, w: Array, x: Array) -> Plane:
    """Fit the regressions of a block by given weights.

    Parameters
    ----------
    y, w : ndarray, shape (K, n)
        Effects and weights, weight 0 where there is no study.
    x : ndarray, shape (m, K, n)
        Moderators beside the constant, independent of it and of each other.

    Returns
    -------
    Plane
        The fits.
    """
    root = np.sqrt(w)
    basis: list[Array] = []
    log_determinant = np.zeros(y.shape[1])
    for column in (root, *(root * moderator for moderator in x)):
        rest = _free(column, basis)
        length = np.sqrt(dot(rest, rest))
        log_determinant += 2 * np.log(length)
        basis.append(rest / length)
    residual = _free(root * y, basis)
    return Plane(
        w, w.sum(axis=0), root * residual, dot(residual, residual), np.stack(basis), log_determinant
    )


def _free(column: Array, basis: Sequence[Array]) -> Array:
    """Return what the basis leaves of a column."""
    for _ in range(2):
        for other in basis:
            column = column - other * dot(other, column)
    return column
