"""Batches of analyses as arrays: one row an analysis, one column a study."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from umbrella_review.pooling.batch import read, study_count

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Counts = NDArray[np.intp]


class Batch(NamedTuple):
    """Effects and variances of several analyses.

    Parameters
    ----------
    yi, vi : ndarray of shape (A, K)
        Effects and sampling variances; both missing where an analysis has no such study.
    present : ndarray of bool of shape (A, K)
        Where there is a study.
    k : ndarray of int of shape (A,)
        Number of studies.
    """

    yi: Array
    vi: Array
    present: Mask
    k: Counts

    def take(self, rows: Counts) -> Batch:
        """Return some of the analyses.

        Parameters
        ----------
        rows : ndarray of int
            Their rows.

        Returns
        -------
        Batch
            These analyses in this order.
        """
        return Batch(self.yi[rows], self.vi[rows], self.present[rows], self.k[rows])


def as_batch(yi: ArrayLike, vi: ArrayLike) -> Batch:
    """Return effects and variances as a checked batch.

    Parameters
    ----------
    yi, vi : array_like of shape (A, K) or (K,)
        Effects and sampling variances; both missing where there is no study.

    Returns
    -------
    Batch
        Of all analyses, with one column of missing studies where there was none.

    Raises
    ------
    StatisticsError
        If the numbers are not as `umbrella_review.pooling.batch.read` wants them.
    """
    effects, variances = read(yi, vi)
    if effects.shape[1] == 0:
        effects = variances = np.full((len(effects), 1), np.nan)
    return Batch(effects, variances, ~np.isnan(effects), study_count(effects))


def one_analysis(yi: ArrayLike, vi: ArrayLike) -> tuple[Array, Array]:
    """Return the studies of a single analysis, without gaps.

    Parameters
    ----------
    yi, vi : array_like of shape (K,)
        Effects and sampling variances; both missing where there is no study.

    Returns
    -------
    yi, vi : ndarray
        Of the studies that there are.

    Raises
    ------
    StatisticsError
        If the numbers are not as `umbrella_review.pooling.batch.read` wants them.
    ValueError
        If there is more than one analysis.
    """
    batch = as_batch(yi, vi)
    if len(batch.yi) != 1:
        raise ValueError(f"one analysis is wanted, not {len(batch.yi)}")
    present = batch.present[0]
    return batch.yi[0, present], batch.vi[0, present]


def weighted_mean(yi: Array, weights: Array) -> Array:
    """Return the weighted mean of each analysis without loss of digits by cancellation.

    Parameters
    ----------
    yi : ndarray of shape (A, K)
        Effects; missing where there is no study.
    weights : ndarray of shape (A, K)
        Weights; zero where there is no study.

    Returns
    -------
    ndarray of shape (A,)
        Missing for an analysis without studies; exactly the common effect where all are equal.
    """
    rows = np.arange(len(yi))
    origin = yi[rows, np.argmax(weights, axis=1)]
    distance = np.where(weights > 0, yi - origin[:, None], 0.0)
    return np.asarray(origin + divide((weights * distance).sum(axis=1), weights.sum(axis=1)))


def divide(numerator: ArrayLike, denominator: ArrayLike) -> Array:
    """Return a quotient that is missing where the denominator is zero or missing.

    Parameters
    ----------
    numerator, denominator : array_like
        Of shapes that go together.

    Returns
    -------
    ndarray
        The quotients.
    """
    top, bottom = np.broadcast_arrays(
        np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    )
    usable = (bottom != 0) & ~np.isnan(bottom)
    return np.asarray(np.divide(top, bottom, out=np.full(top.shape, np.nan), where=usable))
