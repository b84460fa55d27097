"""The multiverse of what reviews report: a device to see what a conclusion hangs on.

Reviews of one outcome share primary studies, so a value pooled over them counts people twice and
is no estimate of an effect. Here it only shows whether its sign or its significance depends on
choices that a reader might have made otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from umbrella_review.multiverse.curve import COLUMNS, curve, varied_axes
from umbrella_review.multiverse.evaluate import Models
from umbrella_review.multiverse.flips import counts, with_flips
from umbrella_review.multiverse.review_axes import GROUP, Choices, Sources, review_axes
from umbrella_review.multiverse.table import METHOD, PREDICTION, TEST, Columns, specifications
from umbrella_review.pooling.model import TESTS
from umbrella_review.pooling.prediction import KINDS
from umbrella_review.pooling.tau2 import METHODS
from umbrella_review.review import Review

MODEL_TITLES = {METHOD: "Estimator", TEST: "Test", PREDICTION: "Prediction interval"}
_MODEL_WORDS = {METHOD: "estimator", TEST: "test", PREDICTION: "prediction_interval"}
_COLUMNS = Columns(yi="favours", vi="variance")


def poolable(estimates: pd.DataFrame, measure: str = "SMD") -> pd.DataFrame:
    """Return the results of outcomes that at least two reviews report with an interval.

    Parameters
    ----------
    estimates : DataFrame
        With the columns of `umbrella_review.effects.reported.harmonised`.
    measure : str, default "SMD"
        The only measure that is taken in.

    Returns
    -------
    DataFrame
        Rows in their order, with a new index and `variance`.
    """
    known = estimates["measure"].eq(measure) & estimates["favours"].notna() & estimates["se"].gt(0)
    rows = estimates[known & estimates["review_id"].notna()]
    several = rows.groupby(GROUP)["review_id"].transform("nunique").ge(2)
    return rows[several].assign(variance=rows["se"] ** 2).reset_index(drop=True)


def by_outcome(
    rows: pd.DataFrame, choices: Choices, models: Models, sources: Sources
) -> dict[str, pd.DataFrame]:
    """Evaluate every specification of every outcome.

    Parameters
    ----------
    rows : DataFrame
        From `poolable`.
    choices : Choices
        What is varied.
    models : Models
        Estimators, tests and prediction intervals.
    sources : Sources
        Tables that choices refer to.

    Returns
    -------
    dict of str to DataFrame
        By outcome group, in the order of the rows, the table of
        `umbrella_review.multiverse.flips.with_flips` with printed names of axes and options; the
        reference is the first option of each axis.
    """
    found = {}
    for group in rows[GROUP].unique():
        own = rows[rows[GROUP].eq(group)].reset_index(drop=True)
        axes = review_axes(own, choices, sources)
        table = specifications(own, axes, models, columns=_COLUMNS)
        found[str(group)] = with_flips(_printed(table, sources.review))
    return found


@dataclass(frozen=True)
class Shown:
    """The outcome whose specification curve is drawn.

    Parameters
    ----------
    group : str
        Outcome group; empty where there is none.
    axes : list of str
        Choices that are shown: all that offer one, but the prediction interval, which changes
        nothing that is drawn.
    curve : DataFrame
        From `umbrella_review.multiverse.curve.curve`.
    """

    group: str
    axes: list[str]
    curve: pd.DataFrame


def shown(tables: Mapping[str, pd.DataFrame]) -> Shown:
    """Return the curve of the outcome with the most different sets of results.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        From `by_outcome`.

    Returns
    -------
    Shown
        The first of equal ones; without rows where there is no outcome.
    """
    group = largest(tables)
    if not group:
        return Shown("", [], pd.DataFrame(columns=COLUMNS))
    axes = varied_axes(tables[group], without=MODEL_TITLES[PREDICTION])
    return Shown(group, axes, curve(tables[group], axes))


def largest(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return the outcome whose specifications come down to the most different sets of results.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        From `by_outcome`.

    Returns
    -------
    str
        The first of equal ones; empty where there is no outcome.
    """
    return max(tables, key=lambda name: counts(tables[name]).n_subsets, default="")


def models_of(
    methods: Sequence[str],
    tests: Sequence[str],
    prediction_intervals: Sequence[str],
    level: float,
) -> Models:
    """Return the models of a notebook's parameters, each option once.

    Parameters
    ----------
    methods, tests, prediction_intervals : sequence of str
        Options; an empty sequence takes all.
    level : float
        Confidence level.

    Returns
    -------
    Models
        In the given order.
    """
    return Models(
        tuple(dict.fromkeys(methods)) or tuple(METHODS),
        tuple(dict.fromkeys(tests)) or TESTS,
        tuple(dict.fromkeys(prediction_intervals)) or KINDS,
        level,
    )


def _printed(table: pd.DataFrame, review: Review) -> pd.DataFrame:
    """Return a table whose models have their printed names."""
    words = {
        axis: table[axis].cat.rename_categories(dict(review.vocabulary(name)))
        for axis, name in _MODEL_WORDS.items()
    }
    return table.assign(**words).rename(columns=MODEL_TITLES)
