"""Batches of analyses, laid out for estimators that work on all of them at once.

The caller's arrays have one row per analysis and one column per study, with missing numbers
where an analysis has no further study. Inside, analyses of similar size are cut into blocks of
one row per study: sums over studies then run along memory, and a block stays in the cache.

Each analysis is centred at its most precise study and scaled by a power of two near that study's
standard error. Sums of squares then lose no digits, however far the effects lie from zero and
however unequal the variances are, and scaling itself rounds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from umbrella_review.pooling.refusals import misfit, refuse

Array = NDArray[np.float64]
Index = NDArray[np.intp]

_CELLS_PER_BLOCK = 32_768  # a quarter of a megabyte per array
_LARGEST = 1e75  # squares of products of scaled numbers must stay finite


@dataclass(frozen=True)
class Block:
    """Analyses of two and more studies, one column each.

    Parameters
    ----------
    index : ndarray of int, shape (n,)
        Rows of the caller's arrays.
    y : ndarray, shape (K, n)
        Effects less `origin`, over `unit`; 0 where there is no study.
    v : ndarray, shape (K, n)
        Variances over the square of `unit`; infinite (weight 0) where there is no study. The
        first row holds the most precise study of each analysis.
    k : ndarray, shape (n,)
        Number of studies.
    origin : ndarray, shape (n,)
        Effect of the most precise study.
    unit : ndarray, shape (n,)
        A power of two.
    x : ndarray, shape (m, K, n)
        Moderators beside the constant, 0 at the most precise study and of the order of 1.
    """

    index: Index
    y: Array
    v: Array
    k: Array
    origin: Array
    unit: Array
    x: Array

    @property
    def df(self) -> Array:
        """Return the residual degrees of freedom: studies less coefficients, shape (n,)."""
        return self.k - 1 - len(self.x)

    @property
    def present(self) -> NDArray[np.bool_]:
        """Tell where there is a study, shape (K, n)."""
        return np.isfinite(self.v)

    def take(self, columns: Index) -> Block:
        """Return some of the analyses.

        Parameters
        ----------
        columns : ndarray of int
            Columns of this block; one may be named more than once.

        Returns
        -------
        Block
            These analyses in this order.
        """
        return Block(
            self.index[columns],
            self.y[:, columns],
            self.v[:, columns],
            self.k[columns],
            self.origin[columns],
            self.unit[columns],
            self.x[:, :, columns],
        )


def read(yi: ArrayLike, vi: ArrayLike) -> tuple[Array, Array]:
    """Check effects and variances and give them the shape of a batch.

    Parameters
    ----------
    yi, vi : array_like, shape (A, K) or (K,)
        Effects and sampling variances; both missing where an analysis has no further study. A
        single analysis may be given without its first axis.

    Returns
    -------
    yi, vi : ndarray, shape (A, K)
        As floats.

    Raises
    ------
    StatisticsError
        If the shapes differ, an effect stands without its variance or the other way round, an
        effect is infinite, or a variance is not positive and finite.
    """
    y, v = np.asarray(yi, dtype=float), np.asarray(vi, dtype=float)
    if y.shape != v.shape or y.ndim not in {1, 2}:
        raise misfit(
            "effects and variances",
            f"shapes {y.shape} and {v.shape}",
            "one shape, (analyses, studies) or (studies,)",
        )
    y, v = np.atleast_2d(y), np.atleast_2d(v)
    refuse(np.isnan(y) & ~np.isnan(v), "a variance without its effect", "both or neither")
    refuse(np.isnan(v) & ~np.isnan(y), "an effect without its variance", "both or neither")
    refuse(np.isinf(y), "an infinite effect", "a finite number")
    refuse((v <= 0) | np.isinf(v), "a variance that is zero, negative or infinite", "more than 0")
    return y, v


def study_count(yi: Array) -> NDArray[np.intp]:
    """Return the number of studies of each analysis.

    Parameters
    ----------
    yi : ndarray, shape (A, K)
        Effects.

    Returns
    -------
    ndarray of int, shape (A,)
        How many are not missing.
    """
    return np.asarray(np.count_nonzero(~np.isnan(yi), axis=1))


def read_moderators(moderators: ArrayLike | None, yi: Array) -> Array:
    """Check moderators and give them the shape of a batch.

    Parameters
    ----------
    moderators : array_like, shape (A, K, m), or None
        Without the constant. None means that there are none.
    yi : ndarray, shape (A, K)
        Effects from `read`.

    Returns
    -------
    ndarray, shape (A, K, m)
        As floats, 0 where there is no study.

    Raises
    ------
    StatisticsError
        If shapes differ, or a study lacks a finite moderator.
    """
    if moderators is None:
        return np.empty((*yi.shape, 0))
    x = np.asarray(moderators, dtype=float)
    if x.ndim != 3 or x.shape[:2] != yi.shape:
        raise misfit("moderators", f"shape {x.shape}", f"one for each of {yi.shape} effects")
    there = ~np.isnan(yi)
    lacking = there & ~np.isfinite(x).all(axis=2)
    refuse(lacking, "a study without its moderator", "a finite number")
    return np.where(there[:, :, None], x, 0.0)


def blocks(yi: Array, vi: Array, moderators: Array | None = None) -> Iterator[Block]:
    """Cut a batch into blocks.

    Parameters
    ----------
    yi, vi : ndarray, shape (A, K)
        From `read`.
    moderators : ndarray, shape (A, K, m), optional
        From `read_moderators`.

    Yields
    ------
    Block
        Together all analyses of more studies than coefficients, each once.

    Raises
    ------
    StatisticsError
        If effects lie so far apart, measured in standard errors, that sums would overflow.
    """
    there = ~np.isnan(yi)
    x = read_moderators(None, yi) if moderators is None else moderators
    count = np.count_nonzero(there, axis=1)
    width = np.where(count > 0, yi.shape[1] - np.argmax(there[:, ::-1], axis=1), 0)
    order = np.argsort(width, kind="stable")
    order = order[count[order] > 1 + x.shape[2]]
    while order.size:
        widths = width[order[:_CELLS_PER_BLOCK]]
        # Widths rise, so the last analysis of a block sets its width.
        cells = widths * np.arange(1, widths.size + 1)
        rows = order[: max(1, int(np.searchsorted(cells, _CELLS_PER_BLOCK, side="right")))]
        yield _block(rows, (yi, vi, x), int(width[rows[-1]]), count)
        order = order[rows.size :]


def _block(rows: Index, data: tuple[Array, Array, Array], width: int, count: Index) -> Block:
    yi, vi, x = data
    y = np.ascontiguousarray(yi[rows, :width].T)
    v = np.ascontiguousarray(vi[rows, :width].T)
    missing = np.isnan(y)
    v[missing] = np.inf
    columns = np.arange(rows.size)
    first = np.argmin(v, axis=0)
    further = np.ascontiguousarray(x[rows, :width].transpose(2, 1, 0))
    for values in (y, v, *further):
        swapped = values[0].copy()
        values[0] = values[first, columns]
        values[first, columns] = np.where(first == 0, values[0], swapped)
    origin = y[0].copy()
    unit = np.exp2(np.round(np.log2(v[0]) / 2))
    missing = np.isinf(v)
    y[missing] = 0.0
    with np.errstate(over="ignore"):
        y = np.where(missing, 0.0, (y - origin) / unit)
        v = v / unit / unit
    if not (np.abs(y) < _LARGEST).all() or ((v > _LARGEST) & ~missing).any():
        raise misfit(
            "effects and variances of one analysis",
            "differences of more orders of magnitude than numbers can hold",
            "comparable numbers",
        )
    further = np.where(missing, 0.0, further - further[:, :1])
    largest = np.abs(further).max(axis=1, keepdims=True, initial=0.0)
    further = further / np.where(largest > 0, largest, 1.0)
    return Block(rows, y, v, count[rows].astype(float), origin, unit, further)


def dot(first: Array, second: Array) -> Array:
    """Sum products over studies.

    Parameters
    ----------
    first, second : ndarray, shape (K, n)
        Factors.

    Returns
    -------
    ndarray, shape (n,)
        One sum per analysis.
    """
    return np.asarray(np.einsum("ka,ka->a", first, second))
