r"""Correlation of the pooled estimates of reviews that share primary studies.

A review's estimate is a weighted mean of its studies' results :math:`y_i`, with weights that add
up to one, say :math:`\hat\theta_a = \sum_i w_{ai} y_i`, where :math:`w_{ai} = 0` for a study that
review :math:`a` does not include. Results of different studies are independent, with variances
:math:`v_i`, so only shared studies add to the covariance of two reviews:

.. math:: \operatorname{cov}(\hat\theta_a, \hat\theta_b) = \sum_i w_{ai} w_{bi} v_i, \qquad
   V_a = \sum_i w_{ai}^2 v_i, \qquad
   \rho_{ab} = \sum_i w_{ai} w_{bi} v_i / \sqrt{V_a V_b}.

With equal weights :math:`w_{ai} = 1 / k_a` and equal variances :math:`v` this is
:math:`k_{ab} v / (k_a k_b)` over :math:`v / \sqrt{k_a k_b}`, that is
:math:`\rho_{ab} = k_{ab} / \sqrt{k_a k_b}`: all that lists of studies without their sizes can
say. Rising with :math:`k_{ab}`, it is a lower bound where more studies may be shared than is
known. For random-effects estimates :math:`v_i` holds the between-study variance too; the two
reviews are then taken to share it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class NaivePooling:
    """What an average of reviews looks like with and without the correlation between them.

    Parameters
    ----------
    n_reviews : int
        Reviews averaged.
    se_naive : float
        Standard error of the average if the reviews were independent.
    se : float
        Standard error with their correlation.
    inflation : float
        True over naive variance.
    effective_reviews : float
        Independent reviews that the average is worth: `n_reviews` over `inflation`.
    """

    n_reviews: int
    se_naive: float
    se: float
    inflation: float
    effective_reviews: float


def estimate_correlation(weights: ArrayLike, variances: ArrayLike) -> Array:
    """Return the correlations of reviews' estimates from the weights of their studies.

    Parameters
    ----------
    weights : array_like of float, shape (studies, reviews)
        Weight of each study in each review, 0 where it is not included; they need not add up to
        one.
    variances : array_like of float, shape (studies,)
        Variances of the studies' results, positive.

    Returns
    -------
    ndarray, shape (reviews, reviews)
        Symmetric and positive semidefinite; missing for a review without any weight.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a variance is not positive.

    Notes
    -----
    Derived in the description of this module.
    """
    weight = np.asarray(weights, dtype=float)
    variance = np.asarray(variances, dtype=float)
    if weight.ndim != 2 or variance.shape != weight.shape[:1]:
        raise ValueError(
            f"weights of shape {weight.shape} and variances of shape {variance.shape} do not fit:"
            " studies are the rows of the weights"
        )
    if not (variance > 0).all():
        raise ValueError("variances of studies must be positive")
    return _correlation(weight * np.sqrt(variance)[:, None])


def shared_correlation(included: ArrayLike) -> Array:
    """Return the correlations that a citation matrix implies under equal weights.

    Parameters
    ----------
    included : array_like of bool, shape (studies, reviews)
        Which review includes which study.

    Returns
    -------
    ndarray, shape (reviews, reviews)
        Shared studies over the geometric mean of the two numbers of studies; positive
        semidefinite; missing for a review without studies.

    Notes
    -----
    Derived in the description of this module.
    """
    return _correlation(np.asarray(included, dtype=bool).astype(float))


def correlation_from_counts(n_a: ArrayLike, n_b: ArrayLike, n_shared: ArrayLike) -> Array:
    """Return the correlations of pairs of reviews from numbers of studies, under equal weights.

    Parameters
    ----------
    n_a, n_b : array_like of float
        Studies of each review of the pairs; missing where not known.
    n_shared : array_like of float
        Studies that both include; a lower bound gives a lower bound.

    Returns
    -------
    ndarray
        From 0 to 1; missing where a number is missing or zero.

    Raises
    ------
    ValueError
        If more studies are shared than a review has.

    Notes
    -----
    Derived in the description of this module.
    """
    first, second, shared = (np.asarray(n, dtype=float) for n in (n_a, n_b, n_shared))
    if (shared > np.fmin(first, second)).any():
        raise ValueError("two reviews cannot share more studies than one of them has")
    root = np.sqrt(first * second)
    found: Array = np.divide(shared, root, out=np.full(root.shape, np.nan), where=root > 0)
    return found


def naive_pooling(correlation: ArrayLike, standard_errors: ArrayLike | None = None) -> NaivePooling:
    """Return what ignoring the correlation does to the standard error of an average of reviews.

    Parameters
    ----------
    correlation : array_like of float, shape (reviews, reviews)
        Correlations of their estimates; lower bounds give lower bounds of the inflation.
    standard_errors : array_like of float, shape (reviews,), optional
        Standard errors of the estimates; equal, at one, where not given.

    Returns
    -------
    NaivePooling
        For the average that weights by inverse variance, as pooling of independent results does.

    Raises
    ------
    ValueError
        If the matrix is not square or holds a missing value, or a standard error is not positive.

    Notes
    -----
    With weights u that add up to one and covariance matrix C, the true variance is u'Cu and the
    naive one the part of it on the diagonal. For two reviews of equal standard error the
    inflation is 1 + r, for c reviews with average correlation r it is 1 + (c - 1) r.
    """
    matrix = np.asarray(correlation, dtype=float)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.size:
        raise ValueError(f"a correlation matrix is square, this one has shape {matrix.shape}")
    errors = np.ones(len(matrix)) if standard_errors is None else np.asarray(standard_errors, float)
    if np.isnan(matrix).any() or errors.shape != matrix.shape[:1] or not (errors > 0).all():
        raise ValueError("correlations must be known, and standard errors positive, one a review")
    weight = errors**-2 / (errors**-2).sum()
    part = weight * errors
    naive, true = float(part @ part), float(part @ matrix @ part)
    inflation = true / naive
    effective = len(matrix) / inflation if inflation > 0 else float("inf")
    return NaivePooling(len(matrix), naive**0.5, max(true, 0.0) ** 0.5, inflation, effective)


def _correlation(columns: Array) -> Array:
    length = np.sqrt((columns**2).sum(axis=0))
    unit = np.divide(columns, length, out=np.full(columns.shape, np.nan), where=length > 0)
    result: Array = np.clip(unit.T @ unit, -1, 1)
    known = length > 0
    result[known, known] = 1.0
    return result
