"""Fail-safe numbers: how many further studies without effect would undo a result."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from umbrella_review.bias.batch import Array, Counts, as_batch, divide, weighted_mean

KINDS = ("Rosenthal", "Orwin", "Rosenberg")


@dataclass(frozen=True)
class FailSafe:
    """Fail-safe numbers of a batch; arrays have the shape (A,).

    Parameters
    ----------
    kind : str
        Whose definition.
    fsnum : ndarray
        Number of studies, rounded up.
    pval : ndarray
        p value of the pooled effect in that definition; missing for Orwin.
    meanes : ndarray
        Mean effect in that definition; missing for Rosenthal.
    target : ndarray
        Mean effect that counts as negligible; missing but for Orwin.
    alpha : float
        Level of significance.
    """

    kind: str
    fsnum: Array
    pval: Array
    meanes: Array
    target: Array
    alpha: float


def fsn(
    yi: ArrayLike,
    vi: ArrayLike,
    kind: str = "Rosenthal",
    *,
    alpha: float = 0.05,
    target: ArrayLike | None = None,
) -> FailSafe:
    """Return the fail-safe number of each analysis.

    Parameters
    ----------
    yi, vi : array_like of shape (A, K)
        Effects and sampling variances.
    kind : {"Rosenthal", "Orwin", "Rosenberg"}
        Whose definition.
    alpha : float, default 0.05
        Level: one-sided for Rosenthal, two-sided for Rosenberg.
    target : array_like of shape (A,), optional
        For Orwin, the mean effect (not zero) that counts as negligible; its sign is that of the
        mean. Half of the mean by default.

    Returns
    -------
    FailSafe
        Missing for an analysis without studies, and for Orwin where the target is zero.

    Raises
    ------
    ValueError
        If the definition is unknown or the level does not lie between 0 and 1.

    Notes
    -----
    Rosenthal 1979, Psychol Bull 86:638-641 (sum of z, one-sided); Orwin 1983, J Educ Stat
    8:157-159 (unweighted mean; added studies have none); Rosenberg 2005, Evolution 59:464-468
    (fixed-effect mean, normal distribution; added studies of mean weight).
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no fail-safe number; there are {', '.join(KINDS)}")
    if not 0 < alpha < 1:
        raise ValueError(f"a level lies between 0 and 1, not {alpha!r}")
    batch = as_batch(yi, vi)
    none = np.full(len(batch.k), np.nan)
    if kind == "Orwin":
        number, mean, bound = _orwin(batch.yi, batch.k, target)
        return FailSafe(kind, number, none, mean, bound, alpha)
    if kind == "Rosenthal":
        total = np.where(batch.present, batch.yi / np.sqrt(batch.vi), 0).sum(axis=1)
        z = divide(np.abs(total), np.sqrt(batch.k))
        critical, pval, mean = ndtri(1 - alpha), ndtr(-z), none
    else:
        weights = np.where(batch.present, 1 / batch.vi, 0)
        mean = weighted_mean(batch.yi, weights)
        z = np.abs(mean) * np.sqrt(weights.sum(axis=1))
        critical, pval = ndtri(1 - alpha / 2), 2 * ndtr(-z)
    return FailSafe(kind, _up(batch.k * ((z / critical) ** 2 - 1)), pval, mean, none, alpha)


def _orwin(yi: Array, k: Counts, target: ArrayLike | None) -> tuple[Array, Array, Array]:
    """Return Orwin's number, the unweighted mean, and the target with its sign."""
    mean = divide(np.nansum(yi, axis=1), k)
    size = np.abs(mean) / 2 if target is None else np.abs(np.asarray(target, dtype=float))
    bound = np.broadcast_to(np.copysign(size, mean), mean.shape)
    return _up(k * (divide(np.abs(mean), np.abs(bound)) - 1)), mean, np.asarray(bound)


def _up(number: Array) -> Array:
    """Return numbers of studies: rounded up, never negative."""
    return np.asarray(np.maximum(np.ceil(number), 0.0))
