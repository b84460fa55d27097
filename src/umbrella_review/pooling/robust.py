"""Tests that hold when effects of one cluster depend on each other in an unknown way."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from umbrella_review.pooling.batch import Array, Index, read
from umbrella_review.pooling.distributions import critical, two_sided_p
from umbrella_review.pooling.refusals import misfit, wrong_option
from umbrella_review.pooling.regression import Regression

KINDS = ("CR1", "CR2")
# Eigenvalues below this, relative to the largest, are 0: the cluster alone fits a coefficient.
_NO_ROOM = 1e-12


@dataclass(frozen=True)
class Robust:
    """Coefficients with cluster-robust tests; arrays have shape (p,).

    Parameters
    ----------
    beta, se, stat, pval, ci_lb, ci_ub : ndarray
        Coefficients of the model with their robust tests and intervals.
    df : ndarray
        Degrees of freedom of the t tests: clusters less coefficients (CR1), or Satterthwaite's
        (CR2), which need not be whole.
    clusters : int
        Number of clusters.
    kind : str
        Correction for few clusters, one of `KINDS`.
    level : float
        Confidence level.
    """

    beta: Array
    se: Array
    stat: Array
    pval: Array
    ci_lb: Array
    ci_ub: Array
    df: Array
    clusters: int
    kind: str
    level: float


@dataclass(frozen=True)
class _Weighted:
    """A fitted model in coordinates in which the working model has unit variances."""

    basis: Array  # orthonormal columns of the design, shape (k, p)
    inverse: Array  # of the triangle that leads from them to the design, shape (p, p)
    residual: Array  # shape (k,)
    variance: Array  # of the studies under the working model, shape (k,)


def robust(
    model: Regression,
    yi: ArrayLike,
    vi: ArrayLike,
    moderators: ArrayLike,
    cluster: Sequence[Hashable],
    *,
    kind: str = "CR2",
) -> Robust:
    """Replace the standard errors of a meta-regression by cluster-robust ones.

    Parameters
    ----------
    model : Regression
        Fitted to these numbers; without moderators it is a meta-analysis.
    yi, vi : array_like, shape (k,)
        Effects and sampling variances.
    moderators : array_like, shape (k,) or (k, m)
        As in the model.
    cluster : sequence of hashable, length k
        To which cluster each effect belongs.
    kind : {"CR1", "CR2"}, default "CR2"
        Sandwich errors times the root of clusters over clusters less coefficients, with that
        difference as degrees of freedom (CR1); or the bias-reduced errors of Bell and McCaffrey
        with Satterthwaite degrees of freedom (CR2), which hold with few clusters too.

    Returns
    -------
    Robust
        The coefficients of the model with t tests.

    Raises
    ------
    StatisticsError
        If there are no more clusters than coefficients, lengths differ, or the kind is unknown.

    Notes
    -----
    Hedges, Tipton and Johnson 2010, doi 10.1002/jrsm.5. The tests of CR1 are too liberal below
    some forty clusters (Tipton 2015, doi 10.1037/met0000011). CR2 as in Pustejovsky and Tipton
    2018, doi 10.1080/07350015.2016.1247004, with the variances and weights of the model as working
    model.
    """
    if kind not in KINDS:
        raise wrong_option("kind of robust variance", kind, KINDS)
    y, v = (values[0] for values in read(yi, vi))
    design = np.column_stack([np.ones(y.size), np.asarray(moderators, dtype=float)])
    p = design.shape[1]
    clusters = len(set(cluster))
    if len(cluster) != y.size or y.size != model.k or p != model.beta.size:
        raise misfit("robust variance", "numbers other than the model's", "the model's own")
    if clusters <= p:
        raise misfit("robust variance", f"{clusters} clusters", f"more than {p} coefficients")
    root = 1 / np.sqrt(v + model.tau2)
    basis, triangle = np.linalg.qr(design * root[:, None])
    inverse = np.linalg.solve(triangle, np.eye(p))
    residual = root * (y - design @ model.beta)
    fitted = _Weighted(basis, inverse, residual, v + model.tau2)
    se, df = (_sandwich if kind == "CR1" else _bias_reduced)(fitted, cluster)
    error = np.where(se > 0, se, np.nan)
    stat = model.beta / error
    margin = critical(model.level, df) * error
    return Robust(
        model.beta, se, stat, two_sided_p(stat, df), model.beta - margin, model.beta + margin, df,
        clusters, kind, model.level,
    )  # fmt: skip


def _members(cluster: Sequence[Hashable]) -> Iterator[Index]:
    """Return the studies of each cluster."""
    for label in dict.fromkeys(cluster):
        yield np.flatnonzero([other == label for other in cluster])


def _sandwich(fitted: _Weighted, cluster: Sequence[Hashable]) -> tuple[Array, Array]:
    """Return standard errors and degrees of freedom of CR1."""
    parts = np.stack([fitted.residual[at] @ fitted.basis[at] for at in _members(cluster)])
    scores = parts @ fitted.inverse.T
    clusters, p = scores.shape
    se = np.sqrt((scores**2).sum(axis=0) * clusters / (clusters - p))
    return se, np.full(p, float(clusters - p))


def _bias_reduced(fitted: _Weighted, cluster: Sequence[Hashable]) -> tuple[Array, Array]:
    """Return standard errors and degrees of freedom of CR2."""
    scores, directions = [], []
    for at in _members(cluster):
        q = fitted.basis[at]
        weights = _adjustment(q, fitted.variance[at]).T @ q @ fitted.inverse.T
        scores.append(fitted.residual[at] @ weights)
        # What the cluster's score is as a combination of all effects.
        direction = -fitted.basis @ (q.T @ weights)
        direction[at] += weights
        directions.append(direction)
    se = np.sqrt((np.stack(scores) ** 2).sum(axis=0))
    stack = np.stack(directions)
    inner = np.einsum("ikp,jkp->pij", stack, stack)
    trace = np.einsum("pii->p", inner)
    return se, trace**2 / (inner**2).sum(axis=(1, 2))


def _adjustment(basis: Array, variance: Array) -> Array:
    """Return the matrix that makes a cluster's residuals vary as the working model says."""
    room = (np.eye(len(variance)) - basis @ basis.T) * variance[:, None] * variance
    values, vectors = np.linalg.eigh(room)
    usable = values > _NO_ROOM * values.max()
    power = np.where(usable, 1 / np.sqrt(np.where(usable, values, 1.0)), 0.0)
    return np.asarray((vectors * power) @ vectors.T * variance)
