"""Between-study variances in closed form, with their standard errors.

Each estimator equates a quadratic form ``y'Py`` to its expectation. Under normality the
variance of the form is ``2 tr(P S P S)`` with ``S = diag(v + tau2)``, which gives the standard
error; the estimate, truncated at 0, stands for tau2 in S. All functions take a block and return
two arrays of shape (n,) on the block's scale. In a block with moderators P is the projection of
their regression, with k - p degrees of freedom for p coefficients.
"""

from __future__ import annotations

import numpy as np

from umbrella_review.pooling.batch import Array, Block, dot
from umbrella_review.pooling.plane import Plane
from umbrella_review.pooling.sums import Pool, pool, unweighted, weigh


def dersimonian_laird(block: Block) -> tuple[Array, Array]:
    """Return the estimator of DerSimonian and Laird (1986, doi 10.1016/0197-2456(86)90046-2).

    Parameters
    ----------
    block : Block
        Analyses.

    Returns
    -------
    tau2, se : ndarray
        Estimates and standard errors.
    """
    pooled = pool(block)
    trace = pooled.trace()
    tau2 = np.maximum((pooled.q - block.df) / trace, 0.0)
    return tau2, _spread(block, pooled, tau2) / trace


def hedges(block: Block) -> tuple[Array, Array]:
    """Return the unweighted estimator of Hedges (1983, doi 10.1037/0033-2909.93.2.388).

    Parameters
    ----------
    block : Block
        Analyses.

    Returns
    -------
    tau2, se : ndarray
        Estimates and standard errors.
    """
    pooled = unweighted(block)
    sampling = dot(pooled.diagonal(), np.where(block.present, block.v, 0.0))
    tau2 = np.maximum((pooled.q - sampling) / block.df, 0.0)
    return tau2, _spread(block, pooled, tau2) / block.df


def hunter_schmidt(block: Block) -> tuple[Array, Array]:
    """Return the estimator of Hunter and Schmidt (1990), in the form of Viechtbauer (2005).

    Parameters
    ----------
    block : Block
        Analyses.

    Returns
    -------
    tau2, se : ndarray
        Estimates and standard errors.

    Notes
    -----
    Viechtbauer 2005, doi 10.3102/10769986030003261.
    """
    return _hunter_schmidt(block, np.ones_like(block.k))


def hunter_schmidt_corrected(block: Block) -> tuple[Array, Array]:
    """Return the Hunter-Schmidt estimator with the correction k / (k - p) of Q.

    Parameters
    ----------
    block : Block
        Analyses.

    Returns
    -------
    tau2, se : ndarray
        Estimates and standard errors.

    Notes
    -----
    Brannick, Potter, Benitez and Morris 2019, doi 10.1177/0146621618816487.
    """
    return _hunter_schmidt(block, block.k / block.df)


def _hunter_schmidt(block: Block, factor: Array) -> tuple[Array, Array]:
    pooled = pool(block)
    tau2 = np.maximum((factor * pooled.q - block.k) / pooled.total, 0.0)
    return tau2, factor * _spread(block, pooled, tau2) / pooled.total


def sidik_jonkman(block: Block) -> tuple[Array, Array]:
    """Return the two-step estimator of Sidik and Jonkman (2005, doi 10.1002/sim.1262).

    Parameters
    ----------
    block : Block
        Analyses.

    Returns
    -------
    tau2, se : ndarray
        Estimates and standard errors; 0 and missing where all effects are equal, since the
        estimator multiplies by their variance.

    Notes
    -----
    The first step is the variance of the effects about their mean with divisor k, also where
    there are moderators.
    """
    first = weigh(block.y, block.present.astype(float)).q / block.k
    pooled = pool(block, first)
    tau2 = first * pooled.q / block.df
    spread = first * _spread(block, pooled, tau2) / block.df
    return tau2, np.where(first > 0, spread, np.nan)


def _spread(block: Block, pooled: Pool | Plane, tau2: Array) -> Array:
    """Return the standard deviation of ``y'Py`` when the between-study variance is `tau2`."""
    s = np.where(block.present, block.v, 0.0) + tau2
    return np.asarray(np.sqrt(2 * pooled.trace_psps(s)))


def information_ml(block: Block, tau2: Array) -> Array:
    """Return the standard error of an ML estimate from its Fisher information.

    Parameters
    ----------
    block : Block
        Analyses.
    tau2 : ndarray, shape (n,)
        Estimates.

    Returns
    -------
    ndarray, shape (n,)
        ``sqrt(2 / sum(w²))`` (Viechtbauer 2005, doi 10.3102/10769986030003261).
    """
    w = pool(block, tau2).w
    return np.asarray(np.sqrt(2 / dot(w, w)))
