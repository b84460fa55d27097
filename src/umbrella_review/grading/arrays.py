"""Columns of numbers, one place a study."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Columns = Mapping[str, Array]


def first_known(*arrays: Array) -> Array:
    """Return the first number of each place that is known.

    Parameters
    ----------
    *arrays : ndarray
        Of one shape, NaN where not known.

    Returns
    -------
    ndarray
        NaN where none is known.
    """
    found = arrays[0]
    for other in arrays[1:]:
        found = np.where(np.isnan(found), other, found)
    return found
