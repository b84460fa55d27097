"""How many reviews can have each rating, where only counts of weaknesses are published."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from umbrella_review.appraisal.amstar2 import RATINGS
from umbrella_review.instrument import CRITICAL_ITEMS

CRITICALLY_LOW, LOW, NO_CRITICAL = "critically_low", "low", "no_critical_weakness"
GROUPS = (CRITICALLY_LOW, LOW, NO_CRITICAL)  # what critical weaknesses alone tell apart
_INFEASIBLE = 2  # status of scipy.optimize.milp
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class RatingBounds:
    """Bounds of the number of reviews with each rating.

    Parameters
    ----------
    n_reviews : int
        Reviews that are counted.
    feasible : bool
        Whether any set of answers agrees with all that was given.
    bounds : mapping of str to tuple of int
        For each of `GROUPS` the fewest and the most reviews; empty where nothing is feasible.
    """

    n_reviews: int
    feasible: bool
    bounds: Mapping[str, tuple[int, int]]

    def tidy(self) -> pd.DataFrame:
        """Return one row a rating: `rating`, `lower`, `upper`."""
        rows = [(name, *numbers) for name, numbers in self.bounds.items()]
        return pd.DataFrame(rows, columns=["rating", "lower", "upper"])


def rating_bounds(
    possible: pd.Series,
    counts: pd.DataFrame,
    not_scored: pd.DataFrame,
    *,
    critical: Collection[int] = CRITICAL_ITEMS,
    n_without: int | None = None,
    among: Collection[str] | None = None,
) -> RatingBounds:
    """Bound the number of reviews with each rating by published counts of weaknesses.

    Parameters
    ----------
    possible : Series of tuple of str
        Ratings that each review can have, by review id.
    counts : DataFrame
        `items`, `n_with_weakness` and `n_weaknesses`, as in the table `amstar2_items`; a missing
        number bounds nothing. Rows with an item that is not critical are left out, which can
        only widen the bounds.
    not_scored : DataFrame
        `review_id` and `item`, as `umbrella_review.appraisal.adaptations` gives them.
    critical : collection of int, optional
        Critical items.
    n_without : int, optional
        Reviews that are known to have no critical weakness.
    among : collection of str, optional
        Reviews to count; by default all. All of them share the weaknesses in any case.

    Returns
    -------
    RatingBounds
        The fewest and the most that agree with everything given; no closer bounds hold.

    Notes
    -----
    An integer programme: how many reviews that are scored on the same items have which set of
    critical weaknesses, so that all sets together give the published counts. Assumed is that a
    weakness in the counts is what the rating counts: a no, not a partial yes.
    """
    counted = set(possible.index if among is None else among)
    patterns = _Patterns.of(possible, not_scored, critical, counted)
    rows = list(patterns.constraints(counts, critical, n_without))
    n_counted = sum(review_id in counted for review_id in possible.index)
    bounds = {}
    for name in GROUPS:
        goal = (patterns.group(name) & patterns.counted).astype(float)
        ends = [_optimum(sign * goal, rows) for sign in (1, -1)]
        if None in ends:
            return RatingBounds(n_counted, False, {})
        low, high = (sign * int(end or 0) for sign, end in zip((1, -1), ends, strict=True))
        bounds[name] = (low, high)
    return RatingBounds(n_counted, True, bounds)


@dataclass(frozen=True)
class _Patterns:
    """One variable a kind of review and set of critical weaknesses that it can have."""

    kinds: tuple[tuple[frozenset[int], frozenset[str], bool], ...]
    sizes: tuple[int, ...]
    members: NDArray[np.intp]  # of each variable, its kind
    sets: tuple[frozenset[int], ...]  # of each variable, its weaknesses

    @classmethod
    def of(
        cls,
        possible: pd.Series,
        not_scored: pd.DataFrame,
        critical: Collection[int],
        counted: Collection[str],
    ) -> _Patterns:
        left_out = not_scored.groupby("review_id")["item"].agg(frozenset)
        sizes: dict[tuple[frozenset[int], frozenset[str], bool], int] = {}
        for review_id, ratings in possible.items():
            scored = frozenset(critical) - left_out.get(review_id, frozenset())
            kind = (scored, frozenset(ratings), review_id in counted)
            sizes[kind] = sizes.get(kind, 0) + 1
        pairs = [
            (place, weak)
            for place, (scored, ratings, _) in enumerate(sizes)
            for weak in _subsets(scored)
            if _allowed(len(weak), ratings)
        ]
        members = np.array([place for place, _ in pairs], dtype=np.intp)
        return cls(tuple(sizes), tuple(sizes.values()), members, tuple(weak for _, weak in pairs))

    @property
    def counted(self) -> NDArray[np.bool_]:
        return np.array([self.kinds[place][2] for place in self.members], dtype=bool)

    def group(self, name: str) -> NDArray[np.bool_]:
        return np.array([_group(len(weak)) == name for weak in self.sets], dtype=bool)

    def constraints(
        self, counts: pd.DataFrame, critical: Collection[int], n_without: int | None
    ) -> Iterator[tuple[NDArray[np.float64], float]]:
        """Return what each weighted number of reviews must be."""
        for place, size in enumerate(self.sizes):
            yield (self.members == place).astype(float), size
        if n_without is not None:
            yield self.group(NO_CRITICAL).astype(float), n_without
        columns = (counts[name] for name in ("items", "n_with_weakness", "n_weaknesses"))
        for cell, n_reviews, n_weaknesses in zip(*columns, strict=True):
            items = {int(item) for item in cell}
            if not items <= set(critical):
                continue
            weak = np.array([len(items & found) for found in self.sets], dtype=float)
            if not pd.isna(n_reviews):
                yield (weak > 0).astype(float), float(n_reviews)
            if not pd.isna(n_weaknesses):
                yield weak, float(n_weaknesses)


def _subsets(items: frozenset[int]) -> Iterator[frozenset[int]]:
    ordered = sorted(items)
    sizes = range(len(ordered) + 1)
    return map(frozenset, itertools.chain(*(itertools.combinations(ordered, n) for n in sizes)))


def _group(n_critical: int) -> str:
    return NO_CRITICAL if n_critical == 0 else LOW if n_critical == 1 else CRITICALLY_LOW


def _allowed(n_critical: int, ratings: frozenset[str]) -> bool:
    group = _group(n_critical)
    return bool(ratings & ({group} if group in RATINGS else {"moderate", "high"}))


def _optimum(
    goal: NDArray[np.float64], rows: list[tuple[NDArray[np.float64], float]]
) -> float | None:
    """Return the smallest value of the goal; None where the rows contradict each other."""
    if goal.size == 0:
        return 0.0 if all(value == 0 for _, value in rows) else None
    matrix = np.stack([weights for weights, _ in rows])
    values = np.array([value for _, value in rows])
    found = milp(
        goal,
        constraints=LinearConstraint(matrix, values, values),
        integrality=np.ones(goal.size),
        bounds=Bounds(0, np.inf),
    )
    if found.status == _INFEASIBLE:
        return None
    if not found.success or abs(found.fun - round(found.fun)) > _TOLERANCE:
        raise ArithmeticError(f"the bounds of the ratings were not found: {found.message}")
    return float(round(found.fun))
