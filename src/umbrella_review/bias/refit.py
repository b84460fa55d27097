"""Pooled effects again: without each study in turn, and as studies come in one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from umbrella_review.bias.batch import Array, Mask, as_batch
from umbrella_review.pooling.model import Fit, fit

# Refits hold a copy of the analysis for every study: so many numbers at a time at the most.
_CELLS_AT_A_TIME = 250_000


@dataclass(frozen=True)
class Cumulative:
    """Cumulative results of a batch.

    Parameters
    ----------
    order : ndarray of int of shape (A, K)
        Columns of the studies, from 0, in the order in which they enter; -1 after the last.
    fit : Fit
        Its arrays have the shape (A, K): the results with the first, the first two, ... studies;
        missing after the last.
    """

    order: NDArray[np.int64]
    fit: Fit


def leave_one_out(
    yi: ArrayLike, vi: ArrayLike, *, method: str = "REML", test: str = "z", level: float = 0.95
) -> Fit:
    """Pool each analysis without each of its studies in turn.

    Parameters
    ----------
    yi, vi : array_like of shape (A, K)
        Effects and sampling variances.
    method, test : str
        As in `umbrella_review.pooling.model.fit`.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    Fit
        Its arrays have the shape (A, K): the results without the study in that column; missing
        where there is no such study or no other.
    """
    batch = as_batch(yi, vi)

    def others(row: NDArray[np.intp], column: NDArray[np.intp]) -> Mask:
        kept = batch.present[row]
        kept[np.arange(len(row)), column] = False
        return kept

    return _refit(batch.yi, batch.vi, batch.present, others, method=method, test=test, level=level)


def cumulative(
    yi: ArrayLike,
    vi: ArrayLike,
    by: ArrayLike | None = None,
    *,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
) -> Cumulative:
    """Pool each analysis as its studies come in.

    Parameters
    ----------
    yi, vi : array_like of shape (A, K)
        Effects and sampling variances.
    by : array_like of shape (A, K), optional
        What decides the order, e.g. the year: ascending, equal ones as they stand, studies
        without it last. Without it studies enter as they stand.
    method, test : str
        As in `umbrella_review.pooling.model.fit`.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    Cumulative
        Order and results (Lau et al. 1992, N Engl J Med 327:248-254).

    Raises
    ------
    ValueError
        If `by` has not the shape of the effects.
    """
    batch = as_batch(yi, vi)
    columns = np.broadcast_to(np.arange(batch.yi.shape[1]), batch.yi.shape)
    key = columns if by is None else np.atleast_2d(np.asarray(by, dtype=float))
    if key.shape != batch.yi.shape:
        raise ValueError("what decides the order must have the shape of the effects")
    order = np.lexsort((columns, np.where(np.isnan(key), np.inf, key), ~batch.present), axis=1)
    place = np.argsort(order, axis=1)
    entered = np.take_along_axis(batch.present, order, axis=1)

    def first(row: NDArray[np.intp], column: NDArray[np.intp]) -> Mask:
        return np.asarray(batch.present[row] & (place[row] <= column[:, None]))

    results = _refit(batch.yi, batch.vi, entered, first, method=method, test=test, level=level)
    return Cumulative(np.where(entered, order, -1).astype(np.int64), results)


def _refit(
    yi: Array,
    vi: Array,
    wanted: Mask,
    kept: Callable[[NDArray[np.intp], NDArray[np.intp]], Mask],
    *,
    method: str,
    test: str,
    level: float,
) -> Fit:
    """Return one fit for every wanted cell, of the studies that `kept` names for it."""
    rows, columns = np.nonzero(wanted)
    step = max(1, _CELLS_AT_A_TIME // max(1, yi.shape[1]))
    parts = []
    for start in range(0, max(1, len(rows)), step):
        row, column = rows[start : start + step], columns[start : start + step]
        keep = kept(row, column)
        parts.append(
            fit(
                np.where(keep, yi[row], np.nan),
                np.where(keep, vi[row], np.nan),
                method=method,
                test=test,
                level=level,
            )
        )
    arrays: dict[str, Any] = {}
    for name in (field.name for field in fields(Fit)):
        if isinstance(getattr(parts[0], name), np.ndarray):
            values = np.full(wanted.shape, np.nan)
            values[wanted] = np.concatenate([getattr(part, name) for part in parts])
            arrays[name] = values
    return replace(parts[0], **arrays)
