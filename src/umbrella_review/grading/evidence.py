"""What is known about a factor when it is graded: numbers only, missing ones as NaN."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtrit
from scipy.stats import chi2

from umbrella_review.effects.conversion import LOGISTIC_DEVIATION
from umbrella_review.grading.thresholds import MEDIUM_G

Scale = Literal["difference", "ratio", "correlation"]
NAN = math.nan
_TAIL = 1e-18  # of the distribution of the variance, left out at either end
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(200)


@dataclass(frozen=True)
class Evidence:
    """The results of one factor; NaN is a number that is not known.

    Parameters
    ----------
    scale : {"difference", "ratio", "correlation"}
        Standardised differences (Hedges' g), logarithms of ratios, or Fisher's z.
    n_studies : float
        Number of independent studies; at review level it may not be known.
    n_cases, n_controls, total_n : float
        People in the studies that tell; a sum over the known ones.
    all_cases_known : bool
        Whether `n_cases` covers every study; else it is a lower bound.
    value, p_value : float
        Pooled effect and its p value.
    ci_lo, ci_up, pi_lo, pi_up : float
        Its 95% confidence and prediction intervals.
    i2 : float
        In percent.
    egger_p, esb_p : float
        Tests of small-study effects and of excess significance.
    largest_ci_lo, largest_ci_up : float
        Interval of the largest study.
    jackknife_p : ndarray
        P values without each study in turn.
    rob_pct, report_pct : float
        Share of the weight at low risk of bias, and at low risk of reporting bias, in percent.
    contrary : float
        Share of studies that are significant against the pooled direction.
    amstar : float
        Score of the review.
    indirectness : {"no", "serious", "very serious"} or None
        The gravest that a study was given.
    """

    scale: Scale
    n_studies: float
    n_cases: float = NAN
    n_controls: float = NAN
    total_n: float = NAN
    all_cases_known: bool = True
    value: float = NAN
    p_value: float = NAN
    ci_lo: float = NAN
    ci_up: float = NAN
    pi_lo: float = NAN
    pi_up: float = NAN
    i2: float = NAN
    egger_p: float = NAN
    esb_p: float = NAN
    largest_ci_lo: float = NAN
    largest_ci_up: float = NAN
    jackknife_p: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    rob_pct: float = NAN
    report_pct: float = NAN
    contrary: float = NAN
    amstar: float = NAN
    indirectness: str | None = None

    def power(self, effect: float = MEDIUM_G) -> float:
        """Return the power of one trial with as many people to find a standardised difference.

        Parameters
        ----------
        effect : float, default 0.5
            The difference.

        Returns
        -------
        float
            Of the two-sided t test at 0.05; NaN where the sizes of the arms are not known.
        """
        n1, n2 = self.n_cases, self.n_controls
        if not (n1 > 0 and n2 > 0 and n1 + n2 > 2):
            return NAN
        df, shift = n1 + n2 - 2, abs(effect) * math.sqrt(n1 * n2 / (n1 + n2))
        # The mean of a normal probability over the variance of the residuals, by Gauss-Legendre:
        # library functions of the noncentral t give nothing for large studies.
        low, high = chi2.ppf(_TAIL, df), chi2.isf(_TAIL, df)
        place = (high - low) / 2 * _NODES + (high + low) / 2
        share = (high - low) / 2 * _WEIGHTS * chi2.pdf(place, df)
        bound = stdtrit(df, 0.975) * np.sqrt(place / df)
        return float(min((share * (ndtr(shift - bound) + ndtr(-shift - bound))).sum(), 1.0))

    def as_g(self) -> float:
        """Return the pooled effect as a standardised difference.

        Returns
        -------
        float
            Ratios as odds ratios by the logistic distribution (Chinn 2000); NaN for correlations.
        """
        if self.scale == "correlation":
            return NAN
        return self.value / LOGISTIC_DEVIATION if self.scale == "ratio" else self.value


def excludes_null(lower: float, upper: float) -> bool | None:
    """Tell whether an interval leaves out 0; None where it is not known.

    Parameters
    ----------
    lower, upper : float
        Ends of the interval; NaN where not known.

    Returns
    -------
    bool or None
        None where it is not known.
    """
    if math.isnan(lower) or math.isnan(upper):
        return None
    return lower > 0 or upper < 0


def below(value: float, bound: float) -> bool | None:
    """Tell whether a number is less than a bound; None where it is not known.

    Parameters
    ----------
    value, bound : float
        The number, NaN where not known, and its bound.

    Returns
    -------
    bool or None
        None where it is not known.
    """
    return None if math.isnan(value) else value < bound


def above(value: float, bound: float) -> bool | None:
    """Tell whether a number is more than a bound; None where it is not known.

    Parameters
    ----------
    value, bound : float
        The number, NaN where not known, and its bound.

    Returns
    -------
    bool or None
        None where it is not known.
    """
    return None if math.isnan(value) else value > bound


def cases_above(evidence: Evidence, bound: float) -> bool | None:
    """Tell whether there are more cases than a bound; a lower bound may already tell.

    Parameters
    ----------
    evidence : Evidence
        With the number of cases, which may be a lower bound.
    bound : float
        To be passed.

    Returns
    -------
    bool or None
        None where it is not known.
    """
    enough = above(evidence.n_cases, bound)
    return enough if enough or evidence.all_cases_known else None


def largest_agrees(evidence: Evidence) -> bool | None:
    """Tell whether the interval of the largest study leaves out 0 on the pooled effect's side.

    Parameters
    ----------
    evidence : Evidence
        With the interval of the largest study and the pooled effect.

    Returns
    -------
    bool or None
        None where it is not known.
    """
    lower, upper = evidence.largest_ci_lo, evidence.largest_ci_up
    clear = excludes_null(lower, upper)
    if not clear:
        return clear
    return None if math.isnan(evidence.value) else (lower > 0) == (evidence.value > 0)


def interval_words(lower: float, upper: float) -> str | None:
    """Return an interval in words for a trail; None where it is not known.

    Parameters
    ----------
    lower, upper : float
        Ends of the interval; NaN where not known.

    Returns
    -------
    str or None
        With six digits.
    """
    if math.isnan(lower) or math.isnan(upper):
        return None
    return f"{lower:.6g} to {upper:.6g}"
