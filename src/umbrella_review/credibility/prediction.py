"""Prediction intervals of reported results, with what the rounding of their figures leaves open."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field, fields, replace

import numpy as np
import pandas as pd

from umbrella_review.audit import implied
from umbrella_review.audit.outcome import Settings
from umbrella_review.audit.reported_row import ReportedRow, reported_rows
from umbrella_review.audit.statistics import Bounded, logarithm
from umbrella_review.credibility.heterogeneity import Heterogeneity, heterogeneity
from umbrella_review.pooling.prediction import prediction_interval

INCLUDES, EXCLUDES, OPEN = "includes", "excludes", "open"
FEWEST = 3  # results: two say next to nothing on the spread (Higgins et al. 2009, section 3.1)
UNKNOWN_K = "the number of studies is not known"
NO_HETEROGENEITY = "no measure of heterogeneity is known"
NO_INTERVAL = "the confidence interval is not known"
NO_SIGN = "the direction of the measure is not known"


@dataclass(frozen=True)
class Predicted:
    """The prediction interval of a reported result; positive favours the intervention.

    Parameters
    ----------
    estimate_id : str
        The result.
    pi_lb, pi_ub : float
        Ends of the interval from the figures as printed; ratios as logarithms. Missing where
        there is none.
    pi_lb_low, pi_lb_high, pi_ub_low, pi_ub_high : float
        Bounds of its ends.
    pi_null : str
        Whether the interval ``includes`` no effect, ``excludes`` it, or rounding leaves it
        ``open``; empty where there is no interval.
    k_pooled : int or None
        Results that were pooled.
    tau2_value, tau2_low, tau2_high : float
        Between-study variance with its bounds; missing where not known.
    tau2_basis : str
        As in `umbrella_review.credibility.heterogeneity`.
    reason : str
        Why there is no interval; else empty.
    """

    estimate_id: str
    pi_lb: float = math.nan
    pi_ub: float = math.nan
    pi_lb_low: float = math.nan
    pi_lb_high: float = math.nan
    pi_ub_low: float = math.nan
    pi_ub_high: float = math.nan
    pi_null: str = ""
    k_pooled: int | None = None
    tau2_value: float = math.nan
    tau2_low: float = math.nan
    tau2_high: float = math.nan
    tau2_basis: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Scaled:
    """A reported effect on the scale on which no effect is 0, positive for the intervention.

    Parameters
    ----------
    effect, error : Bounded
        Effect and its standard error.
    """

    effect: Bounded
    error: Bounded


@dataclass(frozen=True)
class PredictionChoice:
    """How prediction intervals are computed.

    Parameters
    ----------
    kind : str, default "t_k1"
        As in `umbrella_review.pooling.prediction.prediction_interval`.
    fewest : int, default 3
        Fewest results pooled.
    settings : Settings
        Confidence level and rounding of the printed figures.
    """

    kind: str = "t_k1"
    fewest: int = FEWEST
    settings: Settings = field(default_factory=Settings)


def predicted(estimates: pd.DataFrame, choice: PredictionChoice) -> pd.DataFrame:
    """Return the prediction interval of each reported result.

    Parameters
    ----------
    estimates : DataFrame
        With the columns of `umbrella_review.effects.reported.harmonised`.
    choice : PredictionChoice
        How they are computed.

    Returns
    -------
    DataFrame
        The rows of `estimates` with the columns of `Predicted`, and a new index.

    Raises
    ------
    StatisticsError
        If there is no such kind of interval.
    """
    rows = reported_rows(estimates, "estimate_id", choice.settings)
    found = pd.DataFrame([asdict(_predict(row, choice)) for row in rows],
                         columns=[one.name for one in fields(Predicted)])  # fmt: skip
    found = found.astype({"k_pooled": "Int64"})
    return estimates.reset_index(drop=True).merge(found, on="estimate_id", validate="1:1")


def scaled(row: ReportedRow) -> Scaled:
    """Return the effect of a reported result with its standard error.

    Parameters
    ----------
    row : ReportedRow
        With estimate, interval, measure and `sign`.

    Returns
    -------
    Scaled
        The interval is taken as normal.

    Raises
    ------
    ValueError
        With the reason why it cannot be told.
    """
    if not row.has("estimate", "ci_lb", "ci_ub"):
        raise ValueError(NO_INTERVAL)
    if not row.has("sign"):
        raise ValueError(NO_SIGN)
    estimate, lower, upper = row.interval()
    ratio = row.is_ratio()
    error = implied.standard_error(lower, upper, level=row.settings.level, ratio=ratio)
    effect = logarithm(estimate) if ratio else estimate
    if row.number("sign") < 0:
        effect = Bounded(-effect.value, -effect.high, -effect.low)
    return Scaled(effect, error)


def _predict(row: ReportedRow, choice: PredictionChoice) -> Predicted:
    try:
        result = scaled(row)
    except ValueError as error:
        return Predicted(row.key, reason=str(error))
    spread = heterogeneity(row, result.error)
    known = _with_tau2(Predicted(row.key, k_pooled=spread.k), spread)
    if spread.k is None:
        return replace(known, reason=UNKNOWN_K)
    if spread.k < choice.fewest:
        return replace(known, reason=f"fewer than {choice.fewest} results are pooled")
    if spread.tau2 is None:
        return replace(known, reason=NO_HETEROGENEITY)
    return _with_interval(known, result, spread.tau2, choice)


def _with_tau2(known: Predicted, spread: Heterogeneity) -> Predicted:
    if spread.tau2 is None:
        return known
    return replace(
        known,
        tau2_value=spread.tau2.value,
        tau2_low=spread.tau2.low,
        tau2_high=spread.tau2.high,
        tau2_basis=spread.basis,
    )


def _with_interval(
    known: Predicted, result: Scaled, tau2: Bounded, choice: PredictionChoice
) -> Predicted:
    effect, error = result.effect, result.error
    # As printed; as low and as wide as may be; as high and wide; as low and narrow; high, narrow.
    lower, upper = prediction_interval(
        [effect.value, effect.low, effect.high, effect.low, effect.high],
        [error.value, error.high, error.high, error.low, error.low],
        [tau2.value, tau2.high, tau2.high, tau2.low, tau2.low],
        np.full(5, float(known.k_pooled or 0)),
        kind=choice.kind,
        level=choice.settings.level,
    )
    lb_low, lb_high = float(lower[1]), float(lower[4])
    ub_low, ub_high = float(upper[3]), float(upper[2])
    return replace(
        known,
        pi_lb=float(lower[0]),
        pi_ub=float(upper[0]),
        pi_lb_low=lb_low,
        pi_lb_high=lb_high,
        pi_ub_low=ub_low,
        pi_ub_high=ub_high,
        pi_null=_null(lb_low, lb_high, ub_low, ub_high),
    )


def _null(lb_low: float, lb_high: float, ub_low: float, ub_high: float) -> str:
    if lb_high <= 0 <= ub_low:
        return INCLUDES
    return EXCLUDES if lb_low > 0 or ub_high < 0 else OPEN
