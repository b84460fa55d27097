"""Tests that hold when effects of one cluster depend on each other in an unknown way."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from umbrella_review.pooling.batch import Array, read
from umbrella_review.pooling.distributions import critical, two_sided_p
from umbrella_review.pooling.refusals import misfit
from umbrella_review.pooling.regression import Regression


@dataclass(frozen=True)
class Robust:
    """Coefficients with cluster-robust tests; arrays have shape (p,).

    Parameters
    ----------
    beta, se, stat, pval, ci_lb, ci_ub : ndarray
        Coefficients of the model with their robust tests and intervals.
    df : int
        Clusters less coefficients.
    clusters : int
        Number of clusters.
    level : float
        Confidence level.
    """

    beta: Array
    se: Array
    stat: Array
    pval: Array
    ci_lb: Array
    ci_ub: Array
    df: int
    clusters: int
    level: float


def robust(
    model: Regression,
    yi: ArrayLike,
    vi: ArrayLike,
    moderators: ArrayLike,
    cluster: Sequence[Hashable],
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

    Returns
    -------
    Robust
        Sandwich errors, times the root of clusters over clusters less coefficients, with t tests.

    Raises
    ------
    StatisticsError
        If there are no more clusters than coefficients, or lengths differ.

    Notes
    -----
    Hedges, Tipton and Johnson 2010, doi 10.1002/jrsm.5. The t tests are too liberal below some
    forty clusters (Tipton 2015, doi 10.1037/met0000011).
    """
    y, v = (values[0] for values in read(yi, vi))
    x = np.asarray(moderators, dtype=float)
    design = np.column_stack([np.ones(y.size), x])
    p = design.shape[1]
    labels = {label: number for number, label in enumerate(dict.fromkeys(cluster))}
    clusters = len(labels)
    if len(cluster) != y.size or y.size != model.k or p != model.beta.size:
        raise misfit("robust variance", "numbers other than the model's", "the model's own")
    if clusters <= p:
        raise misfit("robust variance", f"{clusters} clusters", f"more than {p} coefficients")
    w = 1 / (v + model.tau2)
    at = np.array([labels[label] for label in cluster])
    parts = np.zeros((clusters, p))
    np.add.at(parts, at, design * (w * (y - design @ model.beta))[:, None])
    bread = np.linalg.inv(design.T @ (design * w[:, None]))
    sandwich = bread @ (parts.T @ parts) @ bread * (clusters / (clusters - p))
    se = np.sqrt(np.diag(sandwich))
    error = np.where(se > 0, se, np.nan)
    df = np.full(p, float(clusters - p))
    stat = model.beta / error
    margin = critical(model.level, df) * error
    return Robust(
        model.beta,
        se,
        stat,
        two_sided_p(stat, df),
        model.beta - margin,
        model.beta + margin,
        clusters - p,
        clusters,
        model.level,
    )
