"""One effect per cluster from effects that depend on each other.

Outcomes measured in the same people, or comparisons with the same control group, are correlated.
Aggregated with a stated correlation they enter a meta-analysis once.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from umbrella_review.pooling.batch import Array, Index, read
from umbrella_review.pooling.refusals import misfit, wrong_option

WEIGHTS = ("equal", "inverse")


@dataclass(frozen=True)
class Aggregated:
    """One effect per cluster.

    Parameters
    ----------
    cluster : tuple
        Labels in the order in which they first appear.
    yi, vi : ndarray, shape (C,)
        Effects and variances.
    m : ndarray of int, shape (C,)
        Number of effects behind each.
    """

    cluster: tuple[Hashable, ...]
    yi: Array
    vi: Array
    m: Index


def aggregate(
    yi: ArrayLike,
    vi: ArrayLike,
    cluster: Sequence[Hashable],
    *,
    rho: float,
    weights: str = "equal",
) -> Aggregated:
    """Aggregate effects within clusters that share one correlation.

    Parameters
    ----------
    yi, vi : array_like, shape (K,)
        Effects and sampling variances.
    cluster : sequence of hashable, length K
        To which cluster each effect belongs, e.g. its study.
    rho : float
        Correlation of the sampling errors of two effects of one cluster, at most 1 and at least
        -1 / (m - 1) in clusters of m effects; the ends excluded for inverse weights. 0 stands for
        separate people (groups in a study).
    weights : {"equal", "inverse"}, default "equal"
        Mean of the effects; or the combination of least variance.

    Returns
    -------
    Aggregated
        The mean has variance ``(sum(v) + rho sum(s_i s_j)) / m²`` over pairs i ≠ j.

    Raises
    ------
    StatisticsError
        If the numbers cannot be worked on or the correlation is outside its range.

    Notes
    -----
    Borenstein, Hedges, Higgins and Rothstein 2009, Introduction to Meta-Analysis, chapters 23 to
    25 (doi 10.1002/9780470743386); Gleser and Olkin 2009 for inverse weights. The inverse of a
    correlation matrix with one off-diagonal value is known in closed form.
    """
    if weights not in WEIGHTS:
        raise wrong_option("weights", weights, WEIGHTS)
    y, v = (values[0] for values in read(yi, vi))
    if len(cluster) != y.size or np.isnan(y).any():
        raise misfit("clusters", f"{len(cluster)} labels", f"one for each of {y.size} effects")
    labels = tuple(dict.fromkeys(cluster))
    place = {label: number for number, label in enumerate(labels)}
    at = np.array([place[label] for label in cluster], dtype=np.intp)

    def total(values: Array) -> Array:
        return np.asarray(np.bincount(at, weights=values, minlength=len(labels)), dtype=float)

    m = np.bincount(at, minlength=len(labels))
    lowest = -1 / max(int(m.max()) - 1, 1)
    open_ends = weights == "inverse"
    if not (lowest < rho < 1 or (not open_ends and rho in {lowest, 1})):
        ends = f"above {lowest:.3g} and below 1" if open_ends else f"from {lowest:.3g} to 1"
        raise misfit("correlation within clusters", repr(rho), ends)
    s = np.sqrt(v)
    if weights == "equal":
        variance = ((1 - rho) * total(v) + rho * total(s) ** 2) / m**2
        return Aggregated(labels, total(y) / m, variance, m)
    share = (rho / (1 + (m - 1) * rho))[at]
    # Row sums of the inverse covariance matrix, up to 1 / (1 - rho).
    row = (1 / s - share * total(1 / s)[at]) / s
    information = total(row)
    return Aggregated(labels, total(row * y) / information, (1 - rho) / information, m)


def shared_arm_size(n: ArrayLike, comparisons: ArrayLike) -> Array:
    """Return the people of a control arm that count for each of the comparisons that share it.

    Parameters
    ----------
    n : array_like
        People (or events) in the arm.
    comparisons : array_like
        How many comparisons use it.

    Returns
    -------
    ndarray
        Equal parts (Cochrane Handbook, section 23.3.4).

    Raises
    ------
    StatisticsError
        If an arm is used by no comparison.
    """
    sizes, parts = np.asarray(n, dtype=float), np.asarray(comparisons, dtype=float)
    if (parts < 1).any():
        raise misfit("comparisons that share an arm", f"{parts.min():g}", "1 or more")
    return np.asarray(sizes / parts)
