"""Residual between-study variance of a meta-regression."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from umbrella_review.pooling.batch import Array
from umbrella_review.pooling.projection import Weighted, project

METHODS = ("FE", "DL", "ML", "REML")


def residual_tau2(y: Array, v: Array, design: Array, method: str) -> tuple[float, float]:
    """Estimate the variance between studies that moderators leave unexplained.

    Parameters
    ----------
    y, v : ndarray, shape (k,)
        Effects and sampling variances.
    design : ndarray, shape (k, p)
        Design matrix of full rank with k > p.
    method : {"FE", "DL", "ML", "REML"}
        Estimator.

    Returns
    -------
    tau2, se : float
        Estimate, 0 or more, and its standard error (missing under FE).

    Notes
    -----
    As `umbrella_review.pooling.tau2`, with the projection of the regression in place of that of
    the mean: the moment estimator of DerSimonian and Laird, and largest likelihood found by the
    same global search.
    """
    if method == "FE":
        return 0.0, float("nan")
    if method == "DL":
        return _moments(y, v, design)
    restricted = method == "REML"
    tau2 = _maximise(y, v, design, restricted)
    w = 1 / (v + tau2)
    p = project(y, design, w).p if restricted else np.diag(w)
    return tau2, float(np.sqrt(2 / (p * p).sum()))


def _moments(y: Array, v: Array, design: Array) -> tuple[float, float]:
    fitted = project(y, design, 1 / v)
    df = design.shape[0] - design.shape[1]
    tau2 = max(0.0, (fitted.q - df) / fitted.trace)
    product = fitted.p * (v + tau2)
    return tau2, float(np.sqrt(2 * (product * product.T).sum()) / fitted.trace)


def _maximise(y: Array, v: Array, design: Array, restricted: bool) -> float:
    def at(tau2: float) -> Weighted:
        return project(y, design, 1 / (v + tau2))

    def score(tau2: float) -> float:
        fitted = at(tau2)
        weighted = fitted.p @ y
        trace = fitted.trace if restricted else (1 / (v + tau2)).sum()
        return float(weighted @ weighted - trace)

    def height(tau2: float) -> float:
        fitted = at(tau2)
        extra = fitted.log_determinant if restricted else 0.0
        return float(-np.log(v + tau2).sum() - extra - fitted.q)

    candidates = []
    grid = _grid(y, v, design, restricted)
    scores = [score(point) for point in grid]
    if scores[0] <= 0:
        candidates.append(0.0)
    for low, high, before, after in zip(grid, grid[1:], scores, scores[1:], strict=False):
        if before > 0 >= after:
            candidates.append(float(brentq(score, low, high, xtol=1e-300, rtol=1e-14)))
    return max(candidates, key=height)


def _grid(y: Array, v: Array, design: Array, restricted: bool) -> list[float]:
    """Return points from 0 to where the likelihood must fall, at which ``v + tau2`` doubles."""
    k, p = design.shape
    least, largest = v.min(), v.max()
    square = project(y, design, np.ones(k)).q / (k - p if restricted else k)
    above = (square + np.sqrt(square * (square + 4 * (largest - least)))) / 2 - least
    points = [0.0]
    step = least
    while points[-1] < above:
        points.append(min(points[-1] + step, max(above * (1 + 1e-9), 0.0)))
        step *= 2
    return points
