"""Overall ratings of AMSTAR 2 (Shea et al. 2017, BMJ 358:j4008)."""

from __future__ import annotations

N_ITEMS = 16
RATINGS = ("critically_low", "low", "moderate", "high")  # from worst to best
UNKNOWN = "not_known"  # where a review can have one of several ratings


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
        One of `RATINGS`.

    Raises
    ------
    ValueError
        If a number is negative.

    Notes
    -----
    The rule of Shea et al. 2017 (BMJ 358:j4008), table 3: any critical weakness makes the rating
    low, more than one critically low; without any, more than one other weakness makes it moderate.
    """
    if min(n_critical, n_noncritical) < 0:
        raise ValueError(f"weaknesses cannot be negative: {n_critical}, {n_noncritical}")
    if n_critical > 1:
        return "critically_low"
    if n_critical == 1:
        return "low"
    return "moderate" if n_noncritical > 1 else "high"


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
