"""Choices declared as data: axes with named options, and the rows that each combination keeps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from umbrella_review.filters import rows_with
from umbrella_review.multiverse.subsets import Mask

Keep = Mapping[str, Collection[str]] | pd.Series | Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class Option:
    """One option of an axis.

    Parameters
    ----------
    name : str
        As it is printed.
    keep : mapping, Series of bool, callable or None
        Which rows stay: those whose columns hold one of the given words; those that a mask with
        the index of the rows marks; those that a function marks among the rows which the axes
        before have left (for rules that choose between rows); all, the default.
    """

    name: str
    keep: Keep | None = None

    def mask(self, rows: pd.DataFrame) -> pd.Series:
        """Mark the rows that stay.

        Parameters
        ----------
        rows : DataFrame
            Rows that are left so far.

        Returns
        -------
        Series of bool
            With the index of `rows`.
        """
        if self.keep is None:
            return pd.Series(True, index=rows.index)
        if isinstance(self.keep, pd.Series):
            return self.keep.reindex(rows.index, fill_value=False).astype(bool)
        if callable(self.keep):
            return self.keep(rows).reindex(rows.index, fill_value=False).astype(bool)
        marks = pd.Series(True, index=rows.index)
        for column, words in self.keep.items():
            marks &= rows_with(rows[column], words)
        return marks


@dataclass(frozen=True)
class Axis:
    """A choice that has to be made.

    Parameters
    ----------
    name : str
        As it is printed, and the column of a table of specifications.
    options : tuple of Option
        Their names differ; the first is the one that others are compared with.
    """

    name: str
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        """Refuse an axis without options, or with two of one name."""
        if not self.options or len(set(self.names)) < len(self.options):
            raise ValueError(f"the axis {self.name!r} needs options with different names")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the options."""
        return tuple(option.name for option in self.options)


def leave_out_axis(name: str, column: pd.Series, labels: Mapping[str, str]) -> Axis:
    """Return the axis that keeps all rows, then leaves out each value of a column in turn.

    Parameters
    ----------
    name : str
        Of the axis.
    column : Series
        Words that group the rows, such as the ids of reviews.
    labels : mapping of str to str
        What is printed for a word.

    Returns
    -------
    Axis
        Its first option is ``none``.
    """
    words = column.dropna().unique()
    out = (Option(labels[word], column.ne(word).fillna(True)) for word in words)
    return Axis(name, (Option("none"), *out))


def masks_of(rows: pd.DataFrame, axes: Sequence[Axis]) -> Mask:
    """Return the rows that each combination of options keeps.

    Parameters
    ----------
    rows : DataFrame
        All rows, with an index without repeats.
    axes : sequence of Axis
        In the order in which they are applied.

    Returns
    -------
    ndarray of bool, shape (combinations, rows)
        The options of the last axis change fastest.
    """
    masks = np.ones((1, len(rows)), dtype=bool)
    for axis in axes:
        # Few combinations leave different rows, and a rule is asked once for each of these.
        known: dict[bytes, Mask] = {}
        for mask in masks:
            if mask.tobytes() not in known:
                known[mask.tobytes()] = _options(rows, mask, axis)
        masks = np.concatenate([known[mask.tobytes()] for mask in masks])
    return masks


def _options(rows: pd.DataFrame, mask: Mask, axis: Axis) -> Mask:
    """Return what is left of some rows by each option, shape (options, rows)."""
    left = rows[mask]
    found = np.zeros((len(axis.options), mask.size), dtype=bool)
    for place, option in enumerate(axis.options):
        found[place, mask] = option.mask(left).to_numpy(dtype=bool)
    return found
