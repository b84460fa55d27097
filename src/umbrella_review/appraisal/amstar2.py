"""Overall ratings of AMSTAR 2 (Shea et al. 2017, BMJ 358:j4008): the rule, on arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

RATINGS = ("critically_low", "low", "moderate", "high")  # from worst to best
UNKNOWN = "not_known"  # where a review can have one of several ratings


def possible_from_flaws(
    critical: tuple[ArrayLike, ArrayLike], others: tuple[ArrayLike, ArrayLike]
) -> NDArray[np.bool_]:
    """Return which overall ratings the weaknesses of reviews leave open.

    Parameters
    ----------
    critical, others : tuple of array_like of int, shape (n,)
        Fewest and most weaknesses that a review can have in critical and in other domains.

    Returns
    -------
    ndarray of bool, shape (n, 4)
        One column for each of `RATINGS`; one alone is true where the numbers are known.

    Notes
    -----
    The rule of Shea et al. 2017 (BMJ 358:j4008), table 3: any critical weakness makes the rating
    low, more than one critically low; without any, more than one other weakness makes it moderate.
    """
    least, most = (np.asarray(numbers) for numbers in critical)
    fewest_others, most_others = (np.asarray(numbers) for numbers in others)
    columns = (
        most >= 2,
        (least <= 1) & (most >= 1),
        (least == 0) & (most_others >= 2),
        (least == 0) & (fewest_others <= 1),
    )
    return np.stack(np.broadcast_arrays(*columns), axis=-1)


def rating_from_flaws(n_critical: int, n_noncritical: int) -> str:
    """Return the overall rating that the weaknesses of a review lead to.

    Parameters
    ----------
    n_critical : int
        Weaknesses in critical domains.
    n_noncritical : int
        Weaknesses in the other domains; a partial yes is no weakness.

    Returns
    -------
    str
        One of `RATINGS`; the rule is that of `possible_from_flaws`.

    Raises
    ------
    ValueError
        If a number is negative.
    """
    if min(n_critical, n_noncritical) < 0:
        raise ValueError(f"weaknesses cannot be negative: {n_critical}, {n_noncritical}")
    possible = possible_from_flaws((n_critical, n_critical), (n_noncritical, n_noncritical))
    return RATINGS[int(np.argmax(possible))]


def reaches(rating: str, minimum: str) -> bool:
    """Tell whether a rating is as good as a minimum, or better.

    Parameters
    ----------
    rating, minimum : str
        Each one of `RATINGS`.

    Returns
    -------
    bool
        Also true where both are the same.
    """
    return RATINGS.index(rating) >= RATINGS.index(minimum)
