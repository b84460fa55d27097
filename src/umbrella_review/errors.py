"""Exceptions of the package.

::

    UmbrellaError
    ├── InputError         data, review.yml or an option is not as it must be  (exit code 2)
    │   ├── DataError      one or more cells or tables break their contract
    │   ├── ReviewError    review.yml breaks its contract
    │   ├── ParameterError a notebook parameter is unknown or has a wrong value
    │   ├── StaleError     executed notebooks do not match what they are made from
    │   ├── ManuscriptError a .qmd, a bibliography or _quarto.yml cannot be rendered
    │   └── StatisticsError rows or options that no statistic can be computed from
    └── BuildError         a notebook or a render engine failed               (exit code 1)

Every message says where, what was found, what was expected and how to mend it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing a user has to mend.

    Parameters
    ----------
    where : str
        File, and where they exist row and column, e.g. ``data/reviews.csv, row 7, column year``.
    found : str
        What stands there.
    expected : str
        What should stand there.
    remedy : str
        What to do about it.
    """

    where: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.found}. Expected {self.expected}. {self.remedy}"


class UmbrellaError(Exception):
    """Base of all errors that are shown to the user without a traceback."""

    exit_code = 1


class InputError(UmbrellaError):
    """The user's input cannot be used; carries all problems at once.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.
    """

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class DataError(InputError):
    """Tables in ``data/`` break their contracts.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.
    """


class ReviewError(InputError):
    """``review.yml`` breaks its contract.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.
    """


class ParameterError(InputError):
    """A notebook parameter is unknown, or its value has a wrong type or is not allowed.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.
    """


class StaleError(InputError):
    """Executed notebooks do not match their data, code, parameters or environment.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.
    """


class ManuscriptError(InputError):
    """The manuscript uses something missing, unresolved or unsupported.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.
    """


class StatisticsError(InputError, ValueError):
    """No statistic can be computed from these rows or with these options.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.
    rows : iterable of int, optional
        Positions of the rows concerned, counted from 0; none where an option is at fault.
    """

    def __init__(self, problems: Iterable[Problem], rows: Iterable[int] = ()) -> None:
        super().__init__(problems)
        self.rows: tuple[int, ...] = tuple(rows)


class BuildError(UmbrellaError):
    """A notebook or a render engine failed while running."""
