"""The largest study of each analysis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from umbrella_review.bias.batch import Array, as_batch
from umbrella_review.effects.intervals import critical_value


@dataclass(frozen=True)
class LargestStudy:
    """The largest study of each analysis of a batch; arrays have the shape (A,).

    Parameters
    ----------
    index : ndarray of int
        Its column, from 0; -1 for an analysis without studies.
    yi, se : ndarray
        Its effect and standard error.
    ci_lb, ci_ub : ndarray
        Its normal confidence interval.
    """

    index: NDArray[np.int64]
    yi: Array
    se: Array
    ci_lb: Array
    ci_ub: Array


def largest_study(
    yi: ArrayLike, vi: ArrayLike, ni: ArrayLike | None = None, *, level: float = 0.95
) -> LargestStudy:
    """Return the largest study of each analysis.

    Parameters
    ----------
    yi, vi : array_like of shape (A, K)
        Effects and sampling variances.
    ni : array_like of shape (A, K), optional
        Sample sizes. An analysis in which a study has none is judged by variance.
    level : float, default 0.95
        Confidence level of the interval.

    Returns
    -------
    LargestStudy
        Without `ni` the study with the smallest variance; with it the one with the largest
        sample, and of equal ones the one with the smallest absolute effect. What is still equal
        goes to the first.
    """
    batch = as_batch(yi, vi)
    variance = np.where(batch.present, batch.vi, np.inf)
    index = np.argmin(variance, axis=1)
    if ni is not None:
        size = np.where(batch.present, np.atleast_2d(np.asarray(ni, dtype=float)), -np.inf)
        known = ~np.isnan(size).any(axis=1)
        size = np.where(known.reshape(-1, 1), size, 0.0)
        tied = batch.present & (size == size.max(axis=1, keepdims=True))
        by_size = np.argmin(np.where(tied, np.abs(batch.yi), np.inf), axis=1)
        index = np.where(known, by_size, index)
    rows = np.arange(len(index))
    effect, se = batch.yi[rows, index], np.sqrt(batch.vi[rows, index])
    half = critical_value(level) * se
    found = np.where(batch.k > 0, index, -1).astype(np.int64)
    return LargestStudy(found, effect, se, effect - half, effect + half)
