"""One direction of reading: after harmonising, positive favours the intervention, 0 is no effect.

Reviews print the same result with either sign, because scales count symptoms or well-being and
because some authors turn every outcome round. Which way a printed number points is data: whether
more of the outcome is better, and the convention by which the review signs its results.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from umbrella_review.effects.intervals import Array

RATIOS = frozenset({"RR", "OR"})
CONVENTIONS = ("raw", "positive_favours_intervention", "negative_favours_intervention")


def signs(higher_is_better: ArrayLike, sign_convention: ArrayLike) -> Array:
    """Return the factor that turns printed effects so that positive favours the intervention.

    Parameters
    ----------
    higher_is_better : array_like of bool or missing
        Whether more of the outcome is better; needed where the convention is ``raw``.
    sign_convention : array_like of str
        One of `CONVENTIONS`, or missing.

    Returns
    -------
    ndarray
        1, -1, or missing where it cannot be told.
    """
    better = np.asarray(higher_is_better, dtype=object)
    convention = np.asarray(sign_convention, dtype=object)
    raw = convention == "raw"
    return np.select(
        [
            convention == "positive_favours_intervention",
            convention == "negative_favours_intervention",
            raw & _equals(better, True),
            raw & _equals(better, False),
        ],
        [1.0, -1.0, 1.0, -1.0],
        default=np.nan,
    )


def linear(values: ArrayLike, measure: ArrayLike) -> Array:
    """Return effects on the scale on which no effect is 0: ratios as natural logarithms.

    Parameters
    ----------
    values : array_like of float
        As printed.
    measure : array_like of str
        Code of the measure, e.g. ``SMD`` or ``RR``.

    Returns
    -------
    ndarray
        With the shape of `values`; missing where they are.

    Raises
    ------
    ValueError
        If a ratio is not positive.
    """
    numbers = np.asarray(values, dtype=float)
    ratio = np.isin(np.asarray(measure, dtype=object).astype(str), list(RATIOS))
    if np.any(ratio & (numbers <= 0)):
        raise ValueError("a ratio measure must be positive")
    return np.where(ratio, np.log(np.where(ratio, numbers, 1.0)), numbers)


def harmonise(
    estimate: ArrayLike, lower: ArrayLike, upper: ArrayLike, sign: ArrayLike
) -> tuple[Array, Array, Array]:
    """Turn estimates and their intervals by a sign.

    Parameters
    ----------
    estimate, lower, upper : array_like
        On the scale of `linear`.
    sign : array_like
        1, -1 or missing, as `signs` gives it.

    Returns
    -------
    tuple of ndarray
        Estimate, lower and upper end, in this order also where the sign was turned.
    """
    factor = np.asarray(sign, dtype=float)
    # Adding 0 makes a negative zero a plain one.
    turned = [np.asarray(part, dtype=float) * factor + 0.0 for part in (estimate, lower, upper)]
    ends = np.where(factor < 0, turned[2], turned[1]), np.where(factor < 0, turned[1], turned[2])
    return turned[0], ends[0], ends[1]


def _equals(values: NDArray[np.object_], wanted: bool) -> NDArray[np.bool_]:
    # Missing values (None, NaN, pandas.NA) equal nothing, and some refuse to be compared.
    flags = [isinstance(value, bool | np.bool_) and bool(value) is wanted for value in values.flat]
    return np.array(flags, dtype=bool).reshape(values.shape)
