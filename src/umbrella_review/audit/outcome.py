"""What an operation gives, and how it reads its inputs."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from umbrella_review.audit.rows import Frames, cells, select
from umbrella_review.audit.rules import Rule
from umbrella_review.audit.statistics import Bounded
from umbrella_review.errors import ParameterError, Problem


@dataclass(frozen=True)
class Settings:
    """What recomputing needs to know besides the tables.

    Parameters
    ----------
    level : float, default 0.95
        Confidence level of reported intervals.
    tolerance : float, default 0.5
        Half-width of the interval that a printed figure stands for, in units of its last digit.

    Raises
    ------
    ParameterError
        If the tolerance is negative.
    """

    level: float = 0.95
    tolerance: float = 0.5

    def __post_init__(self) -> None:
        if not self.tolerance >= 0:
            raise ParameterError(
                [
                    Problem(
                        "decimals_tolerance",
                        repr(self.tolerance),
                        "zero or a positive number",
                        "Take 0.5, which is half a unit of the last printed digit.",
                    )
                ]
            )


@dataclass(frozen=True)
class Outcome:
    """What an operation gives.

    Parameters
    ----------
    number : Bounded or None
        The recomputed number; none where an input is missing.
    exact : bool
        Whether the number must equal the published one, or only agree with it after rounding.
    known, needed : int
        In how many of the rows the input is known, where rows without it were left out.
    gap : str
        What is missing, where there is no number.
    """

    number: Bounded | None = None
    exact: bool = True
    known: int = 0
    needed: int = 0
    gap: str = ""

    @property
    def complete(self) -> bool:
        """Whether no row was left out."""
        return self.known == self.needed


def rule_cells(rule: Rule, frames: Frames) -> pd.Series:
    """Return the cells of the rule's column in the rows that it picks.

    Parameters
    ----------
    rule : Rule
        With a table and a column.
    frames : mapping of str to DataFrame
        Validated tables by name.

    Returns
    -------
    Series
        With the index of the rows.
    """
    assert rule.column is not None  # `checks.problems` has seen to it
    return cells(rule.table, select(rule.table, rule.where, frames), rule.column, frames)


def numbers(found: pd.Series) -> pd.Series:
    """Return cells as floats; what is no number becomes missing.

    Parameters
    ----------
    found : Series
        Cells of any type.

    Returns
    -------
    Series of float
        With the same index.
    """
    return pd.to_numeric(found, errors="coerce").astype("float64")


def one_number(rule: Rule, frames: Frames) -> tuple[float | None, str]:
    """Return the number that all picked rows agree on, or what is missing.

    Parameters
    ----------
    rule : Rule
        With a table and a column.
    frames : mapping of str to DataFrame
        Validated tables by name.

    Returns
    -------
    number : float or None
        None where they do not agree or are not all known.
    gap : str
        What is missing.
    """
    found = rule_cells(rule, frames)
    if found.empty:
        return None, f"no row of {rule.table} matches"
    figures = numbers(found)
    if figures.isna().any():
        rows = "the row" if len(figures) == 1 else f"one of the {len(figures)} rows"
        return None, f"{rule.column} is not known in {rows} of {rule.table} that the rule picks"
    if figures.nunique() > 1:
        return None, f"the {len(figures)} matching rows hold different {rule.column}"
    return float(figures.iloc[0]), ""


def exact_outcome(number: float) -> Outcome:
    """Return the outcome of an operation that knows no rounding.

    Parameters
    ----------
    number : float
        What the operation gives.

    Returns
    -------
    Outcome
        Complete and exact.
    """
    return Outcome(Bounded.exact(number))
