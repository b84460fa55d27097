"""Test of excess significance: more significant studies than their power lets expect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, ndtr, ndtri

from umbrella_review.bias.batch import Array, Batch, Counts, Mask, as_batch, divide, weighted_mean

TESTS = ("chi2", "binom", "exact")
# Beyond this many standard errors the power of every study is 1 to the last digit.
_FAR = 9.0
_MOST_HALVINGS = 200
_PRECISION = 1e-12


@dataclass(frozen=True)
class ExcessSignificance:
    """Test of excess significance of a batch; arrays have the shape (A,) unless stated.

    Parameters
    ----------
    test : str
        How observed and expected numbers are compared.
    k : ndarray of int
        Number of studies.
    observed, expected : ndarray
        Number of significant studies, and the sum of the powers.
    ratio : ndarray
        Observed over expected.
    x2 : ndarray
        Chi-square statistic; missing for the other tests.
    pval : ndarray
        One-sided p value of an excess.
    theta, tau2 : ndarray
        The true effect and its variance that the powers suppose.
    theta_lim : ndarray
        True effect at which `pval` would be the limit level: smaller effects make the excess
        significant. Missing where none does.
    power : ndarray of shape (A, K)
        Power of each study.
    significant : ndarray of bool of shape (A, K)
        Which studies are significant.
    """

    test: str
    k: Counts
    observed: Array
    expected: Array
    ratio: Array
    x2: Array
    pval: Array
    theta: Array
    tau2: Array
    theta_lim: Array
    power: Array
    significant: Mask


def tes(
    yi: ArrayLike,
    vi: ArrayLike,
    *,
    theta: ArrayLike | None = None,
    tau2: ArrayLike = 0.0,
    test: str = "chi2",
    alpha: float = 0.05,
    limit_alpha: float = 0.1,
) -> ExcessSignificance:
    """Compare observed and expected numbers of significant studies.

    Parameters
    ----------
    yi, vi : array_like of shape (A, K)
        Effects and sampling variances.
    theta : array_like of shape (A,), optional
        True effects; the fixed-effect means by default. With means of a random-effects model
        belongs its `tau2`.
    tau2 : array_like of shape (A,), default 0
        Variance of the true effects.
    test : {"chi2", "binom", "exact"}
        Chi-square with one degree of freedom, made one-sided; binomial with the mean power; or
        the distribution of a sum of unequal trials.
    alpha : float, default 0.05
        Two-sided level at which a study is significant.
    limit_alpha : float, default 0.1
        Level of the test that defines `theta_lim`.

    Returns
    -------
    ExcessSignificance
        Missing for an analysis without studies.

    Raises
    ------
    ValueError
        If the test is unknown or a level does not lie between 0 and 1.

    Notes
    -----
    Ioannidis and Trikalinos 2007, Clin Trials 4:245-253. With `tau2` the power of a study is its
    mean over the normal distribution of true effects, for which there is a closed form:
    the observed effect has the variance v + tau2, the critical value is that of v alone. The
    exact test takes the powers as chances of unequal trials (Poisson binomial distribution, Hong
    2013, Comput Stat Data Anal 59:41-51), computed by convolution for any k.
    """
    if test not in TESTS:
        raise ValueError(f"{test!r} is no test of excess significance; there are {TESTS}")
    if not (0 < alpha < 1 and 0 < limit_alpha < 1):
        raise ValueError("levels lie between 0 and 1")
    batch = as_batch(yi, vi)
    centre = fixed_mean(batch) if theta is None else np.asarray(theta, dtype=float)
    centre = np.broadcast_to(centre, batch.k.shape)
    spread = np.broadcast_to(np.asarray(tau2, dtype=float), batch.k.shape)
    critical = float(ndtri(1 - alpha / 2))
    z = np.where(batch.present, np.abs(batch.yi) / np.sqrt(batch.vi), 0.0)
    significant = batch.present & (2 * ndtr(-z) <= alpha)
    observed = np.where(batch.k > 0, significant.sum(axis=1), np.nan)
    power = study_power(batch, centre, spread, critical)
    expected = np.where(batch.k > 0, np.nansum(power, axis=1), np.nan)
    x2 = _signed_root(observed, expected, batch.k) ** 2
    return ExcessSignificance(
        test,
        batch.k,
        observed,
        expected,
        divide(observed, expected),
        x2 if test == "chi2" else np.full(x2.shape, np.nan),
        _pval(test, observed, power, batch.k),
        centre,
        spread,
        _limit(
            batch,
            test,
            observed,
            theta=centre,
            tau2=spread,
            critical=critical,
            level=limit_alpha,
        ),
        power,
        significant,
    )


def fixed_mean(batch: Batch) -> Array:
    """Return the fixed-effect means, which are those of multiplicative-error models (UWLS) too.

    Parameters
    ----------
    batch : Batch
        Effects and variances.

    Returns
    -------
    ndarray of shape (A,)
        Missing for an analysis without studies.
    """
    return weighted_mean(batch.yi, np.where(batch.present, 1 / batch.vi, 0.0))


def study_power(batch: Batch, theta: Array, tau2: Array, critical: float) -> Array:
    """Return the power of each study's two-sided z test.

    Parameters
    ----------
    batch : Batch
        Effects and variances.
    theta, tau2 : ndarray of shape (A,)
        Mean and variance of the true effects.
    critical : float
        Critical value of z.

    Returns
    -------
    ndarray of shape (A, K)
        Missing where there is no study.
    """
    spread = np.sqrt(batch.vi + tau2[:, None])
    bound = critical * np.sqrt(batch.vi)
    mean = np.abs(theta)[:, None]
    return np.asarray(ndtr((mean - bound) / spread) + ndtr((-mean - bound) / spread))


def _pval(test: str, observed: Array, power: Array, k: Counts) -> Array:
    """Return the one-sided p value of an excess."""
    expected = np.nansum(power, axis=1)
    if test == "chi2":
        pval = ndtr(-_signed_root(observed, expected, k))
    elif test == "binom":
        mean = np.clip(divide(expected, k), 0.0, 1.0)
        count = np.where(observed > 0, observed, 1.0)
        pval = np.where(observed > 0, betainc(count, k - count + 1, mean), 1.0)
    else:
        pval = _upper_tail(observed, np.nan_to_num(power))
    return np.asarray(np.where(k > 0, pval, np.nan))


def _signed_root(observed: Array, expected: Array, k: Counts) -> Array:
    """Return the root of (O - E)^2 / E + (O - E)^2 / (k - E), with the sign of O - E."""
    excess = observed - expected
    variance = divide(expected * np.maximum(k - expected, 0.0), k)
    with np.errstate(divide="ignore"):
        root = np.divide(excess, np.sqrt(variance), out=np.zeros_like(excess), where=excess != 0)
    return np.asarray(np.where(k > 0, root, np.nan))


def _upper_tail(observed: Array, chances: Array) -> Array:
    """Return the chance of at least the observed number of successes in unequal trials."""
    n_analyses, n_studies = chances.shape
    # One column a number of successes, filled trial by trial.
    mass = np.zeros((n_analyses, n_studies + 1))
    mass[:, 0] = 1.0
    for study in range(n_studies):
        chance = chances[:, study, None]
        moved = mass[:, : study + 1] * chance
        mass[:, : study + 1] *= 1 - chance
        mass[:, 1 : study + 2] += moved
    counted = np.arange(n_studies + 1) >= observed[:, None]
    return np.asarray(np.minimum((mass * counted).sum(axis=1), 1.0))


def _limit(
    batch: Batch,
    test: str,
    observed: Array,
    *,
    theta: Array,
    tau2: Array,
    critical: float,
    level: float,
) -> Array:
    """Return the true effect at which the p value reaches a level, by bisection."""
    spread = np.sqrt(np.nan_to_num(batch.vi).max(axis=1) + tau2)
    far = (critical + _FAR) * spread

    def pval(rows: Counts, part: Batch, size: Array) -> Array:
        return _pval(test, observed[rows], study_power(part, size, tau2[rows], critical), part.k)

    # The p value rises with the size of the true effect: no root where it starts above the level.
    rows = np.arange(len(far))
    starts_below = pval(rows, batch, np.zeros_like(far)) < level
    rows = np.flatnonzero(starts_below & (pval(rows, batch, far) > level))
    part = batch.take(rows)
    low, high = np.zeros(len(rows)), far[rows]
    for _ in range(_MOST_HALVINGS):
        middle = (low + high) / 2
        below = pval(rows, part, middle) < level
        low, high = np.where(below, middle, low), np.where(below, high, middle)
        if (high - low <= _PRECISION * high).all():
            break
    limit = np.full(len(far), np.nan)
    limit[rows] = np.copysign(high, theta[rows])
    return limit
