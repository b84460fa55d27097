"""Pooled effects of subgroups and the test that they differ."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar

from umbrella_review.pooling.batch import Array, Index, read
from umbrella_review.pooling.model import Fit, fit
from umbrella_review.pooling.refusals import misfit, wrong_option
from umbrella_review.pooling.regression import regress
from umbrella_review.pooling.tau2 import Tau2

TAU2 = ("separate", "common")


@dataclass(frozen=True)
class Between:
    """Tests of differences between subgroups of many analyses; all arrays have shape (A,).

    Parameters
    ----------
    q : ndarray
        Cochran's Q of the subgroups' pooled effects.
    df : ndarray of int
        Subgroups less one.
    pval : ndarray
        Of the chi-square test; 1 for a single subgroup.
    """

    q: Array
    df: Index
    pval: Array


@dataclass(frozen=True)
class Subgroups:
    """Subgroups of one analysis.

    Parameters
    ----------
    groups : tuple
        Labels in the order in which they first appear.
    fits : Fit
        One pooled effect per group.
    between : Between
        Test that the groups differ, shape (1,).
    tau2 : str
        Whether groups have ``separate`` or a ``common`` between-study variance.
    """

    groups: tuple[Hashable, ...]
    fits: Fit
    between: Between
    tau2: str


def between_groups(estimate: ArrayLike, se: ArrayLike) -> Between:
    """Test differences between subgroups by their pooled effects alone.

    Parameters
    ----------
    estimate, se : array_like, shape (A, G) or (G,)
        Pooled effects and standard errors, as computed or as reported; both missing where an
        analysis has no further subgroup.

    Returns
    -------
    Between
        The tests.

    Raises
    ------
    StatisticsError
        If a standard error is not positive, or only one of the two is missing.

    Notes
    -----
    Borenstein and Higgins 2013, doi 10.1007/s11121-013-0377-7.
    """
    pooled = fit(estimate, np.asarray(se, dtype=float) ** 2, method="FE")
    return Between(pooled.q, np.maximum(pooled.k - 1, 0), pooled.q_pval)


def between_bounds(
    low: ArrayLike, high: ArrayLike, se_least: ArrayLike, se_greatest: ArrayLike
) -> tuple[float, float]:
    """Return the least and the greatest Q between subgroups whose results are rounded.

    Parameters
    ----------
    low, high : array_like, shape (G,)
        Bounds of the pooled effects.
    se_least, se_greatest : array_like, shape (G,)
        Bounds of their standard errors; the least may be 0.

    Returns
    -------
    least, greatest : float
        Sharp bounds. The greatest is infinite where a standard error may be 0.

    Notes
    -----
    Q is the least weighted sum of squares around a common effect. It therefore never falls with
    a weight, and is convex in the effects: the greatest lies at a corner of their bounds, and the
    least at the common effect that is nearest to all bounds.
    """
    lower, upper, least, greatest = (
        np.asarray(values, dtype=float) for values in (low, high, se_least, se_greatest)
    )
    light = 1 / greatest**2

    def distance(effect: float) -> float:
        return float(np.sum(light * (effect - np.clip(effect, lower, upper)) ** 2))

    ends = float(lower.min()), float(upper.max())
    nearest = minimize_scalar(distance, bounds=ends, method="bounded", options={"xatol": 1e-10})
    if (least <= 0).any():
        return float(nearest.fun), np.inf
    corners = np.array(list(product(*zip(lower, upper, strict=True))))
    return float(nearest.fun), float(between_groups(corners, np.broadcast_to(least, corners.shape))
                                     .q.max())  # fmt: skip


def subgroups(
    yi: ArrayLike,
    vi: ArrayLike,
    group: Sequence[Hashable],
    *,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
    tau2: str = "separate",
) -> Subgroups:
    """Pool the subgroups of one analysis.

    Parameters
    ----------
    yi, vi : array_like, shape (K,)
        Effects and sampling variances.
    group : sequence of hashable, length K
        Subgroup of each study.
    method, test, level : str, str, float
        As in `umbrella_review.pooling.model.fit`.
    tau2 : {"separate", "common"}, default "separate"
        Between-study variance of each group, or one for all: the residual variance of the
        regression on the groups.

    Returns
    -------
    Subgroups
        The test between groups uses normal standard errors whatever `test` says.

    Raises
    ------
    StatisticsError
        If an option is unknown, lengths differ, or a common variance is asked of as many groups
        as studies.
    """
    if tau2 not in TAU2:
        raise wrong_option("between-study variance of subgroups", tau2, TAU2)
    y, v = (values[0] for values in read(yi, vi))
    if len(group) != y.size or np.isnan(y).any():
        raise misfit("subgroups", f"{len(group)} labels", f"one for each of {y.size} effects")
    labels = tuple(dict.fromkeys(group))
    members = np.array([[label == name for label in group] for name in labels])
    rows, variances = np.where(members, y, np.nan), np.where(members, v, np.nan)
    given = None
    if tau2 == "common":
        model = regress(y, v, members[1:].T.astype(float), method=method)
        every = np.ones(len(labels))
        given = Tau2(model.tau2 * every, model.se_tau2 * every, method)
    fits = fit(rows, variances, method=method, test=test, level=level, tau2=given)
    plain = fits if test == "z" else fit(rows, variances, method=method, tau2=given)
    return Subgroups(labels, fits, between_groups(plain.estimate, plain.se), tau2)
