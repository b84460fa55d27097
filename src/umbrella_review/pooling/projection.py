"""Weighted least squares of one analysis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from umbrella_review.pooling.batch import Array


@dataclass(frozen=True)
class Weighted:
    """A weighted regression; ``P = W - W X (X'WX)⁻¹ X'W``.

    Parameters
    ----------
    beta : ndarray, shape (p,)
        Coefficients.
    inverse : ndarray, shape (p, p)
        ``(X'WX)⁻¹``.
    q : float
        ``y'Py``.
    trace : float
        ``tr P``.
    hat : ndarray, shape (k, k)
        ``X (X'WX)⁻¹ X'W``.
    """

    beta: Array
    inverse: Array
    q: float
    trace: float
    hat: Array


def project(y: Array, design: Array, w: Array) -> Weighted:
    """Fit a weighted regression by an orthogonal decomposition.

    Parameters
    ----------
    y : ndarray, shape (k,)
        Effects.
    design : ndarray, shape (k, p)
        Design matrix of full rank.
    w : ndarray, shape (k,)
        Weights.

    Returns
    -------
    Weighted
        The fit.
    """
    root = np.sqrt(w)
    basis, triangle = np.linalg.qr(design * root[:, None])
    inverse_triangle = np.linalg.solve(triangle, np.eye(triangle.shape[0]))
    beta = inverse_triangle @ (basis.T @ (root * y))
    residual = root * (y - design @ beta)
    return Weighted(
        beta,
        inverse_triangle @ inverse_triangle.T,
        float(residual @ residual),
        float(w @ (1 - (basis**2).sum(axis=1))),
        (basis @ basis.T) * root / root[:, None],
    )
