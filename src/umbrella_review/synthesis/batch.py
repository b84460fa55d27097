"""Rows of studies as rectangular batches: one line an analysis, filled up with NaN."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from umbrella_review.synthesis.read import StudyTable

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Batch:
    """The studies of several analyses.

    Parameters
    ----------
    names : tuple of str
        The analyses.
    yi, vi : ndarray
        Effects and sampling variances, an analysis a line; NaN after its last study.
    ni, year : ndarray
        Sizes and years of the same studies, NaN where they are not known.
    given : tuple of tuple of ndarray
        Per analysis effects and variances of all its rows, also those that are left out.
    """

    names: tuple[str, ...]
    yi: Numbers
    vi: Numbers
    ni: Numbers
    year: Numbers
    given: tuple[tuple[Numbers, Numbers], ...]

    @property
    def k(self) -> NDArray[np.int64]:
        """Number of studies of each analysis."""
        return np.asarray(np.isfinite(self.yi).sum(axis=1), dtype=np.int64)

    def studies(self, place: int) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Return effects, variances, sizes and years of one analysis.

        Parameters
        ----------
        place : int
            Of the analysis in `names`.

        Returns
        -------
        tuple of ndarray
            Four vectors of the length of its studies.
        """
        k = int(self.k[place])
        return self.yi[place, :k], self.vi[place, :k], self.ni[place, :k], self.year[place, :k]


@dataclass(frozen=True)
class LeftOut:
    """A row whose effect or variance is not known.

    Parameters
    ----------
    analysis : str
        Its analysis.
    place : str
        How messages name the row.
    reason : str
        What is missing.
    """

    analysis: str
    place: str
    reason: str


def batch_of(table: StudyTable) -> tuple[Batch, tuple[LeftOut, ...]]:
    """Return the effects of a table as a batch.

    Parameters
    ----------
    table : StudyTable
        The rows.

    Returns
    -------
    Batch
        Analyses in the order in which they first occur, studies in the order of the rows.
    tuple of LeftOut
        Rows whose effect or variance is not known.
    """
    yi, vi = table.yi, table.vi
    usable = np.isfinite(yi) & np.isfinite(vi)
    names = tuple(dict.fromkeys(table.analyses))
    codes = _codes(table.analyses, names)
    left_out = tuple(
        LeftOut(table.analyses[row], table.places[row], table.reasons[row])
        for row in np.flatnonzero(~usable)
    )
    effects, variances, sizes, years = (
        _ragged(values[usable], codes[usable], len(names))
        for values in (yi, vi, table.ni, table.year)
    )
    given = _split(yi, vi, codes, len(names))
    return Batch(names, effects, variances, sizes, years, given), left_out


def _codes(analyses: Sequence[str], names: Sequence[str]) -> NDArray[np.int64]:
    places = {name: place for place, name in enumerate(names)}
    return np.array([places[name] for name in analyses], dtype=np.int64)


def _ragged(values: Numbers, codes: NDArray[np.int64], lines: int) -> Numbers:
    """Return values as one line a code, each in the order it had, filled up with NaN."""
    counts = np.bincount(codes, minlength=lines)
    order = np.argsort(codes, kind="stable")
    columns = np.arange(len(codes)) - np.repeat(np.cumsum(counts) - counts, counts)
    out = np.full((lines, int(counts.max(initial=1))), np.nan)
    out[codes[order], columns] = values[order]
    return out


def _split(
    yi: Numbers, vi: Numbers, codes: NDArray[np.int64], lines: int
) -> tuple[tuple[Numbers, Numbers], ...]:
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=lines))[:-1]
    return tuple(zip(np.split(yi[order], ends), np.split(vi[order], ends), strict=True))
