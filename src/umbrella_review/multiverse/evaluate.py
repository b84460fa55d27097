"""Pooled results of every combination of subset, estimator, test and prediction interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from umbrella_review.multiverse.subsets import Array, Index, compact, distinct
from umbrella_review.pooling.batch import read
from umbrella_review.pooling.model import TESTS, Fit, fit
from umbrella_review.pooling.prediction import KINDS, predict
from umbrella_review.pooling.refusals import misfit, wrong_option
from umbrella_review.pooling.tau2 import METHODS, estimate_tau2

_BY_METHOD = ("estimate", "tau2", "i2", "h2")
_BY_TEST = ("se", "stat", "df", "pval", "ci_lb", "ci_ub")


@dataclass(frozen=True)
class Models:
    """The choices of a model; the first of each is the one that others are compared with.

    Parameters
    ----------
    methods : tuple of str
        Estimators, of `umbrella_review.pooling.tau2.METHODS`.
    tests : tuple of str
        Of `umbrella_review.pooling.model.TESTS`.
    prediction_intervals : tuple of str
        Of `umbrella_review.pooling.prediction.KINDS`.
    level : float
        Confidence level.
    """

    methods: tuple[str, ...] = ("REML",)
    tests: tuple[str, ...] = ("z",)
    prediction_intervals: tuple[str, ...] = ("t_k1",)
    level: float = 0.95

    def __post_init__(self) -> None:
        """Refuse what the engine does not know, and what is named twice."""
        for name, given, allowed in (
            ("methods", self.methods, METHODS),
            ("tests", self.tests, TESTS),
            ("prediction_intervals", self.prediction_intervals, KINDS),
        ):
            if not given or len(set(given)) < len(given):
                raise wrong_option(name, list(given), ("more choices, each once", *allowed))
            for word in given:
                if word not in allowed:
                    raise wrong_option(name, word, allowed)


@dataclass(frozen=True)
class Evaluation:
    """Results of S subsets, M estimators, T tests and P prediction intervals.

    A subset of one study has that study's own result, with a normal test whatever the test is,
    no heterogeneity and no prediction interval; an empty subset is missing throughout (`k` 0).

    Parameters
    ----------
    models : Models
        Estimators, tests and prediction intervals in the order of the axes.
    subset : ndarray of int, shape (S,)
        Number of the distinct subset; equal where the same studies are chosen.
    k : ndarray of int, shape (S,)
        Number of studies.
    q : ndarray, shape (S,)
        Cochran's Q.
    estimate, tau2, i2, h2 : ndarray, shape (S, M)
        Pooled effect; heterogeneity, I² in percent.
    se, stat, df, pval, ci_lb, ci_ub : ndarray, shape (S, M, T)
        Standard error, test against 0 and confidence interval.
    pi_lb, pi_ub : ndarray, shape (S, M, T, P)
        Prediction interval.
    """

    models: Models
    subset: Index
    k: Index
    q: Array
    estimate: Array
    tau2: Array
    i2: Array
    h2: Array
    se: Array
    stat: Array
    df: Array
    pval: Array
    ci_lb: Array
    ci_ub: Array
    pi_lb: Array
    pi_ub: Array


def evaluate(
    yi: ArrayLike, vi: ArrayLike, subsets: ArrayLike, models: Models | None = None
) -> Evaluation:
    """Pool every subset in every way.

    Each distinct subset is a line of one batch; the engine is called once for each estimator and
    test with the whole batch, so that the time grows with distinct subsets, not specifications.

    Parameters
    ----------
    yi, vi : array_like, shape (N,)
        Effects and sampling variances of all studies.
    subsets : array_like of bool, shape (S, N)
        The studies of each subset; see `umbrella_review.multiverse.subsets.product`.
    models : Models, optional
        By default REML, normal test, prediction interval by t with k - 1 degrees of freedom.

    Returns
    -------
    Evaluation
        In the order of the subsets.

    Raises
    ------
    StatisticsError
        If the numbers cannot be worked on or do not fit together.
    """
    chosen = models or Models()
    y, v = (numbers[0] for numbers in read(np.ravel(yi), np.ravel(vi)))
    masks = np.atleast_2d(np.asarray(subsets, dtype=bool))
    if masks.shape[1] != y.size:
        raise misfit("subsets", f"masks of {masks.shape[1]} studies", f"of {y.size}, as given")
    if np.isnan(y).any():
        raise misfit("studies", "effects that are missing", "a number for each study")
    found = distinct(masks)
    effects, variances = compact(y, found.masks), compact(v, found.masks)
    fits = [_fits(effects, variances, method, chosen) for method in chosen.methods]
    place = found.place
    by_method = {
        name: np.stack([getattr(of[0], name) for of in fits], axis=1)[place] for name in _BY_METHOD
    }
    by_test = {name: _stack(fits, name)[place] for name in _BY_TEST}
    lower, upper = _prediction(fits, chosen)
    first = fits[0][0]
    return Evaluation(
        chosen, place, first.k[place], first.q[place], **by_method, **by_test,
        pi_lb=lower[place], pi_ub=upper[place],
    )  # fmt: skip


def _fits(y: Array, v: Array, method: str, models: Models) -> list[Fit]:
    """Return the fits of one estimator by every test; its heterogeneity is estimated once."""
    tau2 = estimate_tau2(y, v, method)
    return [
        fit(y, v, method=method, test=test, level=models.level, tau2=tau2) for test in models.tests
    ]


def _stack(fits: Sequence[Sequence[Fit]], name: str) -> Array:
    return np.stack([np.stack([getattr(one, name) for one in of], axis=1) for of in fits], axis=1)


def _prediction(fits: Sequence[Sequence[Fit]], models: Models) -> tuple[Array, Array]:
    """Return lower and upper ends, shape (U, M, T, P)."""
    found = [
        [[predict(one, kind) for kind in models.prediction_intervals] for one in of] for of in fits
    ]
    lower, upper = (
        np.array([[[getattr(interval, end) for interval in of] for of in row] for row in found])
        for end in ("lb", "ub")
    )
    return np.moveaxis(lower, -1, 0), np.moveaxis(upper, -1, 0)
