"""Specifications as a table: one row a combination of choices, with its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from umbrella_review.criteria import Profile
from umbrella_review.grading.evidence import Scale
from umbrella_review.multiverse.classes import Grading, classes
from umbrella_review.multiverse.evaluate import Evaluation, Models, evaluate
from umbrella_review.multiverse.grid import Axis, masks_of

METHOD, TEST, PREDICTION = MODEL_AXES = ("method", "test", "prediction")
EMPTY, SINGLE, POOLED = "empty", "single", "pooled"
CLASS = "class"
_RESULTS = (
    "subset", "result", "k", "estimate", "se", "ci_lb", "ci_ub", "pval", "tau2", "i2", "pi_lb",
    "pi_ub", "sign", "significant", "pi_excludes_0", CLASS,
)  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Names of columns of a table of results.

    Parameters
    ----------
    yi, vi : str
        Effects and sampling variances.
    cases, controls, size : str
        People; what a table lacks is not known.
    """

    yi: str = "yi"
    vi: str = "vi"
    cases: str = "n_cases"
    controls: str = "n_controls"
    size: str = "n"


def specifications(
    rows: pd.DataFrame,
    axes: Sequence[Axis],
    models: Models | None = None,
    *,
    columns: Columns | None = None,
    profile: Profile | None = None,
    scale: Scale = "difference",
) -> pd.DataFrame:
    """Evaluate every combination of options.

    Parameters
    ----------
    rows : DataFrame
        One row a study or a result, with an index without repeats.
    axes : sequence of Axis
        Which rows enter; applied in this order.
    models : Models, optional
        Estimators, tests and prediction intervals.
    columns : Columns, optional
        Where effects, variances and numbers of people stand.
    profile : Profile, optional
        Grade each specification by it.
    scale : {"difference", "ratio", "correlation"}
        Scale of the effects, for the grading.

    Returns
    -------
    DataFrame
        One row a specification. The names of the axes, `method`, `test` and `prediction` are
        ordered categories whose first is the option that others are compared with. `subset`
        numbers the different sets of rows; `result` is ``pooled``, ``single`` (one row, whose own
        result stands, with a normal test) or ``empty`` (no row is left); `sign` is -1, 0 or 1;
        `significant` (p below 1 - level), `pi_excludes_0` and `class` are missing where they
        cannot be told.

    Raises
    ------
    ValueError
        If two axes have one name, or an axis has that of a column of the result.
    StatisticsError
        If the numbers cannot be worked on.
    """
    names = [axis.name for axis in axes]
    if len({*names, *MODEL_AXES, *_RESULTS}) < len(names) + len(MODEL_AXES) + len(_RESULTS):
        raise ValueError(f"axes need names of their own, not {', '.join(names)}")
    chosen, where = models or Models(), columns or Columns()
    yi, vi = (rows[name].to_numpy(dtype=float) for name in (where.yi, where.vi))
    masks = masks_of(rows, axes)
    found = evaluate(yi, vi, masks, chosen)
    frame = _choices(axes, chosen).assign(**_results(found))
    if profile is not None:
        people = [_people(rows, name) for name in (where.cases, where.controls, where.size)]
        labels = classes(yi, vi, masks, found, Grading(profile, scale, *people))
        frame[CLASS] = pd.Series(labels.ravel(), index=frame.index, dtype=object)
    return frame


def axes_of(table: pd.DataFrame) -> list[str]:
    """Return the names of the axes of a table of specifications.

    Parameters
    ----------
    table : DataFrame
        From `specifications`.

    Returns
    -------
    list of str
        Those of the rows, then those of the models: the columns of categories.
    """
    return list(map(str, table.select_dtypes("category").columns))


def _choices(axes: Sequence[Axis], models: Models) -> pd.DataFrame:
    options = {axis.name: axis.names for axis in axes} | {
        METHOD: models.methods,
        TEST: models.tests,
        PREDICTION: models.prediction_intervals,
    }
    sizes = [len(names) for names in options.values()]
    codes = np.unravel_index(np.arange(np.prod(sizes)), sizes)
    return pd.DataFrame(
        {
            name: pd.Categorical.from_codes(
                code, dtype=pd.CategoricalDtype(list(words), ordered=True)
            )
            for (name, words), code in zip(options.items(), codes, strict=True)
        }
    )


def _results(found: Evaluation) -> dict[str, Any]:
    shape = found.pi_lb.shape
    flat = {
        name: _flat(getattr(found, name), shape)
        for name in _RESULTS
        if hasattr(found, name) and name != "result"
    }
    k, estimate, pval = flat["k"], flat["estimate"], flat["pval"]
    excludes = (flat["pi_lb"] > 0) | (flat["pi_ub"] < 0)
    marks = {
        "sign": pd.array(np.where(np.isnan(estimate), 0, np.sign(estimate)), dtype="Int64"),
        "significant": pd.array(pval < 1 - found.models.level, dtype="boolean"),
        "pi_excludes_0": pd.array(excludes, dtype="boolean"),
    }
    for name, known in (
        ("sign", estimate),
        ("significant", pval),
        ("pi_excludes_0", flat["pi_lb"]),
    ):
        marks[name][np.isnan(known)] = pd.NA
    words = np.array([EMPTY, SINGLE, POOLED])[np.minimum(k, 2)]
    together = {**flat, "result": words, **marks}
    return {name: together[name] for name in _RESULTS if name in together}


def _flat(values: Any, shape: tuple[int, ...]) -> Any:
    """Return values as one line, repeated along the axes that they do not depend on."""
    return np.broadcast_to(values.reshape(values.shape + (1,) * (4 - values.ndim)), shape).ravel()


def _people(rows: pd.DataFrame, name: str) -> Any:
    if name not in rows:
        return np.full(len(rows), np.nan)
    return pd.to_numeric(rows[name]).astype("Float64").to_numpy(dtype=float, na_value=np.nan)
