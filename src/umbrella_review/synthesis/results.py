"""Results of the engine's functions as data frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd

from umbrella_review.grading.trail import Grade

_ENDS = ("", "_lb", "_ub")


def tidy(
    result: object,
    names: Sequence[str] | None = None,
    *,
    by: str = "analysis",
    studies: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return a result of the engine as a data frame.

    Parameters
    ----------
    result : object
        A result of `umbrella_review.pooling`, `umbrella_review.bias` or
        `umbrella_review.grading`.
    names : sequence of str, optional
        Of its analyses (or, for a regression, of its coefficients); numbers from 1 on by default.
    by : str, default "analysis"
        Name of their column.
    studies : sequence of str, optional
        Names of the studies, for results that have a number for each of them.

    Returns
    -------
    DataFrame
        One row an analysis, or one per analysis and study where each has numbers of its own (as
        in leave-one-out). What is one value for all stands in every row. Estimates with two ends
        become three columns; matrices, and numbers of studies beside those of analyses, are left
        out, and so are results within the result. A grade gives one row a criterion.

    Raises
    ------
    TypeError
        If it is no result.
    """
    if isinstance(result, Grade):
        return _grade(result)
    if not is_dataclass(result) or isinstance(result, type):
        raise TypeError(f"{type(result).__name__} is no result of the engine")
    values = {field.name: getattr(result, field.name) for field in fields(result)}
    arrays = {name: item for name, item in values.items() if isinstance(item, np.ndarray)}
    alone = {name: item for name, item in values.items() if _is_plain(item)}
    flat = {name: item for name, item in arrays.items() if item.ndim == 1}
    if arrays and not flat and {item.shape[1:] for item in arrays.values()} != {(3,)}:
        return _by_study(arrays, alone, names, by=by, studies=studies)
    for name, item in arrays.items():
        if item.ndim == 2 and item.shape[1] == len(_ENDS) and name in {"tau2", "tau", "i2", "h2"}:
            flat |= {f"{name}{end}": item[:, place] for place, end in enumerate(_ENDS)}
    count = max((len(item) for item in flat.values()), default=1)
    return pd.DataFrame({by: _named(names, count), **alone, **flat})


def _by_study(
    arrays: dict[str, Any],
    alone: dict[str, Any],
    names: Sequence[str] | None,
    *,
    by: str,
    studies: Sequence[str] | None,
) -> pd.DataFrame:
    count, width = next(iter(arrays.values())).shape
    frame = pd.DataFrame(
        {
            by: np.repeat(_named(names, count), width),
            "study": np.tile(_named(studies, width), count),
            **alone,
            **{name: item.ravel() for name, item in arrays.items()},
        }
    )
    numbers = [name for name, item in arrays.items() if item.dtype.kind == "f"]
    return frame.dropna(subset=numbers, how="all").reset_index(drop=True)


def _grade(grade: Grade) -> pd.DataFrame:
    head = {"profile": grade.profile, "class": grade.label}
    rows = [{**head, **vars(one)} for one in grade.trail]
    return pd.DataFrame(rows or [{**head, "reason": grade.reason}])


def _named(names: Sequence[str] | None, count: int) -> Any:
    """Return names for rows, numbers where there are none."""
    return np.array(list(names) if names is not None else [str(n + 1) for n in range(count)])


def _is_plain(item: object) -> bool:
    return item is None or isinstance(item, (str, int, float, bool))
