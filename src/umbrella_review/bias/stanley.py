"""Tests of excess significance of Stanley and colleagues: TESS, PSST and the smaller of both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from umbrella_review.bias.batch import Array, Counts, Mask, as_batch, divide
from umbrella_review.bias.excess import fixed_mean

# The authors' rounded critical value and the share of chance findings they allow.
_CRITICAL = 1.96
_ALLOWED = 0.05


@dataclass(frozen=True)
class ExcessShare:
    """TESS, PSST and TESSPSST of a batch; arrays have the shape (A,) unless stated.

    Parameters
    ----------
    k : ndarray of int
        Number of studies.
    observed, expected : ndarray
        Number of significant studies, and the sum of the powers.
    theta : ndarray
        The true effect that the powers suppose.
    z_tess, pval_tess : ndarray
        Excess share of significant studies against 5%.
    z_psst, pval_psst : ndarray
        Observed against expected share of significant studies.
    z, pval : ndarray
        TESSPSST: of both tests the one with the smaller p value, not corrected for the choice.
    power : ndarray of shape (A, K)
        Power of each study.
    significant : ndarray of bool of shape (A, K)
        Which studies are significant.
    """

    k: Counts
    observed: Array
    expected: Array
    theta: Array
    z_tess: Array
    pval_tess: Array
    z_psst: Array
    pval_psst: Array
    z: Array
    pval: Array
    power: Array
    significant: Mask


def excess_share(
    yi: ArrayLike,
    vi: ArrayLike,
    *,
    theta: ArrayLike | None = None,
    tau2: ArrayLike = 0.0,
    significant: ArrayLike | None = None,
) -> ExcessShare:
    """Test each analysis for an excess of significant studies.

    Parameters
    ----------
    yi, vi : array_like of shape (A, K)
        Effects and sampling variances that the powers suppose.
    theta : array_like of shape (A,), optional
        True effects; by default the weighted mean of the unrestricted weighted least squares
        model (UWLS), which is that of the fixed-effect model.
    tau2 : array_like of shape (A,), default 0
        Variance of the true effects.
    significant : array_like of bool of shape (A, K), optional
        Which studies are significant, where that does not follow from `yi` and `vi` (two-sided,
        level 0.05): powers of mean differences, for instance, may use the variance under no
        effect, 1/n1 + 1/n2, while the published tests did not.

    Returns
    -------
    ExcessShare
        Missing for an analysis without studies; PSST also where the expected share is 0 or 1.

    Notes
    -----
    Stanley, Doucouliagos, Ioannidis and Carter 2021, Res Synth Methods 12:776-795. Power: the
    normal probability beyond 1.96 standard errors in the direction of `theta`, with the standard
    deviation sqrt(v + tau2). TESS: z = (ESS - 0.05) / sqrt(0.05 * 0.95 / k), where ESS is the
    difference of observed and expected share. PSST: z = (O - E) / sqrt(E (k - E) / k). Both are
    one-sided.
    """
    batch = as_batch(yi, vi)
    k = batch.k
    mean = fixed_mean(batch) if theta is None else np.asarray(theta, dtype=float)
    mean = np.broadcast_to(mean, k.shape)
    spread = np.broadcast_to(np.asarray(tau2, dtype=float), k.shape)
    se = np.sqrt(batch.vi)
    power = ndtr((np.abs(mean)[:, None] - _CRITICAL * se) / np.sqrt(batch.vi + spread[:, None]))
    if significant is None:
        z_study = np.where(batch.present, np.abs(batch.yi) / se, 0.0)
        found = 2 * ndtr(-z_study) < _ALLOWED
    else:
        found = np.atleast_2d(np.asarray(significant, dtype=bool))
    found = found & batch.present
    observed = np.where(k > 0, found.sum(axis=1), np.nan)
    expected = np.where(k > 0, np.nansum(power, axis=1), np.nan)
    share = divide(expected, k)
    excess = divide(observed, k) - share
    z_tess = divide(excess - _ALLOWED, np.sqrt(divide(_ALLOWED * (1 - _ALLOWED), k)))
    z_psst = divide(excess, np.sqrt(divide(np.maximum(share * (1 - share), 0.0), k)))
    z = np.fmax(z_tess, z_psst)
    return ExcessShare(
        k,
        observed,
        expected,
        mean,
        z_tess,
        np.asarray(ndtr(-z_tess)),
        z_psst,
        np.asarray(ndtr(-z_psst)),
        z,
        np.asarray(ndtr(-z)),
        power,
        found,
    )
