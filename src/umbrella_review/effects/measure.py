"""What a measure of effect consists of: its columns, their rules, its formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from umbrella_review.effects.correction import Correction
from umbrella_review.effects.intervals import Array

Flags = NDArray[np.bool_]
Values = Mapping[str, Array]
To = Literal["only0", "all", "if0all", "none"]


@dataclass(frozen=True)
class Rule:
    """What the numbers of one column must be.

    Parameters
    ----------
    expected : str
        In words, for the message.
    holds : callable
        Tells for an array of finite numbers which of them are right.
    """

    expected: str
    holds: Callable[[Array], Flags]


COUNT = Rule("a count of 0 or more", lambda x: x >= 0)
SIZE = Rule("a number of units above 0", lambda x: x > 0)
DEVIATION = Rule("a standard deviation of 0 or more", lambda x: x >= 0)
TIME = Rule("a time above 0", lambda x: x > 0)
CORRELATION = Rule("a correlation from -1 to 1", lambda x: np.abs(x) <= 1)
NUMBER = Rule("a finite number", np.isfinite)
POSITIVE = Rule("a number above 0", lambda x: x > 0)
VARIANCE = Rule("a number of 0 or more", lambda x: x >= 0)
PROBABILITY = Rule("a p value above 0 and below 1", lambda x: (x > 0) & (x < 1))


@dataclass(frozen=True)
class Check:
    """What the numbers of one row must be to each other.

    Parameters
    ----------
    column : str
        The column that the message names.
    expected : str
        In words, for the message.
    broken : callable
        Tells which rows break it; a row with missing numbers breaks nothing.
    """

    column: str
    expected: str
    broken: Callable[[Values], Flags]


@dataclass(frozen=True)
class Options:
    """Choices of one call.

    Parameters
    ----------
    add : float
        Added to the counts of the tables that `to` selects.
    to : {"only0", "all", "if0all", "none"}
        Which tables that are.
    drop00 : bool
        Whether a study without events, or with nothing but events, in both groups is left out.
    correction : {"exact", "approximate", "none"}
        Small-sample correction of standardised mean differences.
    vtype : str
        Kind of sampling variance.
    level : float
        Confidence level of given intervals.
    """

    add: float
    to: To
    drop00: bool
    correction: Correction
    vtype: str
    level: float


@dataclass(frozen=True)
class Measure:
    """A measure of effect.

    Parameters
    ----------
    code : str
        As in metafor, e.g. ``SMD``.
    title : str
        In words.
    forms : tuple of tuple of str
        The sets of columns that it can be computed from; one of them is needed.
    rules : mapping of str to Rule
        For every column of the forms.
    compute : callable
        From the values of all columns (missing ones as NaN) and the options to effects and
        variances; the last axis of the arrays runs over the studies of one analysis.
    checks : tuple of Check, optional
        Between the columns.
    vtypes : tuple of str, default ("LS",)
        Kinds of sampling variance that exist for it, the default first.
    add : float, default 0.5
        What is added to counts when nothing is asked for.
    logarithm : bool, default False
        Whether the effect is the natural logarithm of a ratio.
    """

    code: str
    title: str
    forms: tuple[tuple[str, ...], ...]
    rules: Mapping[str, Rule]
    compute: Callable[[Values, Options], tuple[Array, Array]]
    checks: tuple[Check, ...] = ()
    vtypes: tuple[str, ...] = ("LS",)
    add: float = 0.5
    logarithm: bool = False
