"""Errors in what an estimator is given."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from umbrella_review.errors import Problem, StatisticsError


def wrong_option(name: str, found: object, allowed: Iterable[str]) -> StatisticsError:
    """Return the error for an option that is not among the allowed ones.

    Parameters
    ----------
    name : str
        What the option chooses.
    found : object
        What was given.
    allowed : iterable of str
        What there is.

    Returns
    -------
    StatisticsError
        To be raised.
    """
    return StatisticsError(
        [Problem(name, repr(found), f"one of {', '.join(allowed)}", "Name one of these.")]
    )


def misfit(where: str, found: str, expected: str) -> StatisticsError:
    """Return the error for arrays that do not fit together or cannot be worked on.

    Parameters
    ----------
    where : str
        What is concerned.
    found, expected : str
        What was given and what should have been.

    Returns
    -------
    StatisticsError
        To be raised.
    """
    return StatisticsError([Problem(where, found, expected, "Correct the numbers.")])


def refuse(wrong: NDArray[np.bool_], found: str, expected: str) -> None:
    """Refuse studies, naming each.

    Parameters
    ----------
    wrong : ndarray of bool, shape (A, K)
        Which studies cannot be worked on.
    found, expected : str
        What stands there and what should.

    Raises
    ------
    StatisticsError
        If there are any; its `rows` are the analyses concerned, counted from 0.
    """
    places = np.argwhere(wrong)
    if places.size:
        problems = [
            Problem(
                f"analysis {row + 1}, study {column + 1}",
                found,
                expected,
                "Correct the study or leave it out.",
            )
            for row, column in places
        ]
        raise StatisticsError(problems, sorted({int(row) for row, _ in places}))
