"""Weighted least squares of one analysis, with the projection that its residuals come from."""

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
    p : ndarray, shape (k, k)
        The matrix P.
    trace : float
        ``tr P``.
    hat : ndarray, shape (k, k)
        ``X (X'WX)⁻¹ X'W``.
    log_determinant : float
        ``log |X'WX|``.
    """

    beta: Array
    inverse: Array
    q: float
    p: Array
    trace: float
    hat: Array
    log_determinant: float


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
    residual_maker = np.eye(y.size) - basis @ basis.T
    p = root[:, None] * residual_maker * root
    beta = inverse_triangle @ (basis.T @ (root * y))
    residual = root * (y - design @ beta)
    return Weighted(
        beta,
        inverse_triangle @ inverse_triangle.T,
        float(residual @ residual),
        p,
        float(np.trace(p)),
        (basis @ basis.T) * root / root[:, None],
        float(2 * np.log(np.abs(np.diag(triangle))).sum()),
    )
