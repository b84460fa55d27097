"""Agreement of two raters from a table of their ratings, and from a reported percentage."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from umbrella_review.appraisal.agreement import (
    WEIGHTS,
    Coefficient,
    cohen_kappa,
    gwet_ac,
    percent_agreement,
)
from umbrella_review.errors import Problem, StatisticsError


@dataclass(frozen=True)
class Agreement:
    """How far two raters agree.

    Parameters
    ----------
    categories : tuple
        In their order.
    counts : DataFrame
        Units by the category of the first rater (rows) and of the second.
    n_dropped : int
        Units that one of the two, or both, did not rate.
    coefficients : tuple of Coefficient
        Percent agreement, kappa and Gwet's coefficients.
    """

    categories: tuple[Hashable, ...]
    counts: pd.DataFrame
    n_dropped: int
    coefficients: tuple[Coefficient, ...]

    def tidy(self) -> pd.DataFrame:
        """Return one row a coefficient, with the fields of `Coefficient` and `n_dropped`."""
        frame = pd.DataFrame([asdict(found) for found in self.coefficients])
        return frame.assign(n_dropped=self.n_dropped)


def rater_agreement(
    ratings: pd.DataFrame,
    first: str,
    second: str,
    *,
    categories: Sequence[Hashable] | None = None,
    level: float = 0.95,
) -> Agreement:
    """Return the agreement of two raters.

    Parameters
    ----------
    ratings : DataFrame
        One row a unit.
    first, second : str
        Columns with the categories chosen by the two raters; units with a gap are dropped.
    categories : sequence, optional
        All categories that could be chosen, in their order. Weights need an order: without it
        only the coefficients without weights are computed, over the categories that occur.
    level : float, optional
        Of the confidence intervals.

    Returns
    -------
    Agreement
        Percent agreement, kappa and AC1; with `categories` also with linear and quadratic weights.

    Raises
    ------
    StatisticsError
        If a category is listed twice, or a rating is not among them.
    """
    pairs = ratings[[first, second]].dropna()
    seen = pd.unique(pd.concat([ratings[first], ratings[second]]).dropna())
    names = sorted(seen, key=str) if categories is None else list(categories)
    _check(ratings, (first, second), names)
    index = pd.Index(names, dtype=object)
    table = np.zeros((len(names), len(names)), dtype=int)
    places = tuple(
        index.get_indexer(pd.Index(pairs[column], dtype=object)) for column in (first, second)
    )
    np.add.at(table, places, 1)
    kinds = WEIGHTS if categories is not None else WEIGHTS[:1]
    found = [
        percent_agreement(table, level=level),
        *(cohen_kappa(table, weights=kind, level=level) for kind in kinds),
        *(gwet_ac(table, weights=kind, level=level) for kind in kinds),
    ]
    counts = pd.DataFrame(table, index=index, columns=index)
    return Agreement(tuple(names), counts, len(ratings) - len(pairs), tuple(found))


@dataclass(frozen=True)
class AgreementBounds:
    """What a percent agreement on two categories leaves open.

    Parameters
    ----------
    kappa, ac1 : tuple of float
        Smallest and largest value of the coefficient.
    """

    kappa: tuple[float, float]
    ac1: tuple[float, float]


def bounds_from_percent(percent: float, *, margin: float = 0.5) -> AgreementBounds:
    """Return what kappa and AC1 can be where only the percent agreement is reported.

    Parameters
    ----------
    percent : float
        Agreement of two raters on two categories, from 0 to 100.
    margin : float, optional
        How far rounding may have moved it.

    Returns
    -------
    AgreementBounds
        Over all tables of two by two categories with this agreement.

    Raises
    ------
    StatisticsError
        If the agreement is not between 0 and 100.

    Notes
    -----
    For an agreement a, the chance agreement of AC1 is 2p(1 - p), with p from (1 - a)/2 to
    (1 + a)/2 the mean share of a category; that of kappa is p^2 + (1 - p)^2 - 2d^2, with 2d the
    difference of the two raters' shares. Both coefficients rise with a and fall with the chance
    agreement, so that their ends lie at the ends of p and d.
    """
    if not 0 <= percent <= 100:
        problem = Problem("percent agreement", f"{percent:g}", "0 to 100", "Give it in percent.")
        raise StatisticsError([problem])
    low, high = max(0.0, percent - margin) / 100, min(100.0, percent + margin) / 100
    smallest = -(1 - low) / (1 + low) if low < 1 else 1.0
    return AgreementBounds(
        kappa=(smallest, high**2 / (1 + (1 - high) ** 2)),
        ac1=(2 * low - 1, (high**2 + 2 * high - 1) / (1 + high**2)),
    )


def _check(ratings: pd.DataFrame, columns: tuple[str, str], names: list[Hashable]) -> None:
    problems = [
        Problem("categories", f"{name!r} twice", "each category once", "Remove one of the two.")
        for place, name in enumerate(names)
        if name in names[:place]
    ]
    rows: list[int] = []
    for column in columns:
        for row, cell in enumerate(ratings[column]):
            if not pd.isna(cell) and cell not in names:
                rows.append(row)
                where, expected = f"row {row + 1}, column {column}", f"one of {names}"
                problems.append(Problem(where, repr(cell), expected, "Correct it."))
    if problems:
        raise StatisticsError(problems, rows)
