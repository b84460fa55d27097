"""The results of each factor of a table: what gradings judge, and what they report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umbrella_review.bias.largest import largest_study
from umbrella_review.bias.refit import leave_one_out
from umbrella_review.bias.regtest import regtest
from umbrella_review.bias.stanley import ExcessShare, excess_share
from umbrella_review.effects.correction import exact_factor
from umbrella_review.grading.arrays import Array
from umbrella_review.grading.columns import scale_of
from umbrella_review.grading.evidence import NAN, Evidence, Scale
from umbrella_review.grading.judgements import gravest, least, low_share, worst
from umbrella_review.grading.studies import study_intervals
from umbrella_review.grading.table import Table
from umbrella_review.pooling.dependence import aggregate
from umbrella_review.pooling.distributions import two_sided_p
from umbrella_review.pooling.model import Fit, fit
from umbrella_review.pooling.prediction import predict

METHODS = ("REML", "DL", "hksj", "PM", "ML", "FE")
ESB_TESTS = ("TESSPSST", "TESS", "PSST")
TRUE_EFFECTS = ("UWLS", "largest")
DEFAULT_R = 0.5  # correlation of outcomes of a study where none is stated


@dataclass(frozen=True)
class Choices:
    """How factors are computed.

    Parameters
    ----------
    method : str, default "REML"
        One of `METHODS`; ``hksj`` is DerSimonian and Laird's variance with Knapp and Hartung's
        test and interval, while the prediction interval stays that of the normal test.
    esb : str, default "TESSPSST"
        Test of excess significance, one of `ESB_TESTS`.
    true_effect : str, default "UWLS"
        Effect that the powers suppose, one of `TRUE_EFFECTS`.
    """

    method: str = "REML"
    esb: str = "TESSPSST"
    true_effect: str = "UWLS"


@dataclass(frozen=True)
class Studies:
    """The independent studies of a factor; arrays have one place a study.

    Parameters
    ----------
    names : tuple of str
        Author and year.
    yi, se, ci_lo, ci_up, df : ndarray
        Effects and their intervals; degrees of freedom, NaN for the normal distribution.
    cases, controls, size : ndarray
        People.
    rob, report : tuple of str
        Judgements of the risk of bias and of reporting bias; empty where not known.
    """

    names: tuple[str, ...]
    yi: Array
    se: Array
    ci_lo: Array
    ci_up: Array
    df: Array
    cases: Array
    controls: Array
    size: Array
    rob: tuple[str, ...]
    report: tuple[str, ...]


@dataclass(frozen=True)
class Factor:
    """Results of one factor.

    Parameters
    ----------
    name, measure : str
        As in the table.
    evidence : Evidence
        What is graded.
    studies : Studies
        Its studies, dependent effects aggregated.
    z, tau2, q, q_p, egger_t : float
        Further numbers of the pool and of Egger's test; NaN where there are none.
    largest_value : float
        Effect of the largest study.
    weight : ndarray
        1 / (variance + tau2).
    excess : ExcessShare
        Tests of excess significance.
    esb_z : float
        Statistic of the chosen test.
    """

    name: str
    measure: str
    evidence: Evidence
    studies: Studies
    z: float
    tau2: float
    q: float
    q_p: float
    egger_t: float
    largest_value: float
    weight: Array
    excess: ExcessShare
    esb_z: float


def factors_of(table: Table, choices: Choices | None = None) -> tuple[Factor, ...]:
    """Compute the results of every factor.

    Parameters
    ----------
    table : Table
        From `umbrella_review.grading.table.read_studies`.
    choices : Choices, optional
        By default REML, TESSPSST and the mean of unrestricted weighted least squares.

    Returns
    -------
    tuple of Factor
        In the order in which they first appear.
    """
    chosen = choices or Choices()
    return tuple(
        _factor(table, name, [i for i, other in enumerate(table.factor) if other == name], chosen)
        for name in dict.fromkeys(table.factor)
    )


def _factor(table: Table, name: str, rows: Sequence[int], chosen: Choices) -> Factor:
    scale = scale_of(table.measure[rows[0]])
    studies = _studies(table, rows, scale)
    yi, vi = studies.yi, studies.se**2
    several = yi.size > 1
    method = "DL" if chosen.method == "hksj" else chosen.method
    plain = fit(yi, vi, method=method)
    tested = fit(yi, vi, method=method, test="knha") if chosen.method == "hksj" else plain
    common = fit(yi, vi, method="FE")
    interval = predict(plain, "t_k1")
    egger = regtest(yi, vi)
    weight = 1 / (vi + plain.tau2[0])
    place = int(largest_study(yi, vi, studies.size).index[0])
    excess = _excess(table.measure[rows[0]], studies, place, float(plain.tau2[0]), chosen)
    esb_z, esb_p = {
        "TESSPSST": (excess.z, excess.pval),
        "TESS": (excess.z_tess, excess.pval_tess),
        "PSST": (excess.z_psst, excess.pval_psst),
    }[chosen.esb]
    refits = leave_one_out(yi, vi, method=method, test=tested.test).pval[0]
    value = float(plain.estimate[0])
    ci_lo, ci_up, p = _mean(studies, tested)
    significant = (studies.ci_lo > 0) | (studies.ci_up < 0)
    evidence = Evidence(
        scale=scale,
        n_studies=yi.size,
        n_cases=_total(studies.cases),
        n_controls=_total(studies.controls),
        total_n=_total(studies.size),
        all_cases_known=not np.isnan(np.r_[studies.cases, studies.controls]).any(),
        value=value,
        p_value=p,
        ci_lo=ci_lo,
        ci_up=ci_up,
        pi_lo=float(interval.lb[0]),
        pi_up=float(interval.ub[0]),
        i2=float(common.i2[0]) if several else NAN,
        egger_p=float(egger.pval[0]),
        esb_p=float(esb_p[0]) if several else NAN,
        largest_ci_lo=float(studies.ci_lo[place]),
        largest_ci_up=float(studies.ci_up[place]),
        jackknife_p=refits if several else np.empty(0),
        rob_pct=low_share(studies.rob, weight),
        report_pct=low_share(studies.report, weight),
        contrary=float(np.mean(significant & (np.sign(yi) != np.sign(value)))),
        amstar=least([table.amstar[i] for i in rows]),
        indirectness=gravest([table.words["indirectness"][i] for i in rows]),
    )
    return Factor(
        name,
        table.measure[rows[0]],
        evidence,
        studies,
        float(plain.stat[0]),
        float(plain.tau2[0]) if several and method != "FE" else NAN,
        float(common.q[0]) if several else NAN,
        float(common.q_pval[0]) if several else NAN,
        float(egger.stat[0]),
        float(yi[place]),
        weight,
        excess,
        float(esb_z[0]) if several else NAN,
    )


def _mean(studies: Studies, tested: Fit) -> tuple[float, float, float]:
    """Return interval and p value of the mean; a single study keeps its own."""
    if studies.yi.size > 1:
        return float(tested.ci_lb[0]), float(tested.ci_ub[0]), float(tested.pval[0])
    p = two_sided_p(studies.yi / studies.se, studies.df)
    return float(studies.ci_lo[0]), float(studies.ci_up[0]), float(p[0])


def _excess(
    measure: str, studies: Studies, largest: int, tau2: float, chosen: Choices
) -> ExcessShare:
    """Return the tests of excess significance.

    Powers of differences take the uncorrected difference and its variance under no effect; those
    of standardised changes, whose correction is that of each arm, take the effects as they are.
    """
    yi, vi = studies.yi, studies.se**2
    significant = None
    sized = (studies.cases > 0) & (studies.controls > 0)
    if scale_of(measure) == "difference" and measure != "SMC" and sized.all():
        significant = two_sided_p(yi / studies.se, np.full(yi.shape, np.nan)) < 0.05
        yi = yi / exact_factor(studies.cases + studies.controls - 2)
        vi = 1 / studies.cases + 1 / studies.controls
    theta = yi[[largest]] if chosen.true_effect == "largest" else None
    return excess_share(yi, vi, theta=theta, tau2=tau2, significant=significant)


def _studies(table: Table, rows: Sequence[int], scale: Scale) -> Studies:
    names = tuple(dict.fromkeys(table.study[i] for i in rows))
    parts = [[i for i in rows if table.study[i] == name] for name in names]
    effects = np.array([_one_effect(table, part) for part in parts])
    sizes = {name: getattr(table, name) for name in ("cases", "controls", "size")}
    people = {
        name: np.array([_people(table, column, part) for part in parts])
        for name, column in sizes.items()
    }
    yi, se = effects[:, 0], effects[:, 1]
    lower, upper, df = study_intervals(scale, yi, se, people["size"])
    judged = {
        name: tuple(worst([table.words[name][i] for i in part]) for part in parts)
        for name in ("rob", "report")
    }
    return Studies(names, yi, se, lower, upper, df, **people, rob=judged["rob"],
                   report=judged["report"])  # fmt: skip


def _one_effect(table: Table, part: Sequence[int]) -> tuple[float, float]:
    """Return effect and standard error of a study; several ones are aggregated.

    Outcomes of the same people are averaged, with their correlation; groups of different people
    are pooled by inverse variance (Borenstein et al. 2009, chapters 23 and 24).
    """
    if len(part) == 1:
        return float(table.yi[part[0]]), float(table.se[part[0]])
    yi, vi = table.yi[list(part)], table.se[list(part)] ** 2
    stated = table.r[list(part)]
    known = stated[~np.isnan(stated)]
    rho = float(known.mean()) if known.size else DEFAULT_R
    if table.words["multiple_es"][part[0]] == "groups":
        one = aggregate(yi, vi, [0] * len(part), rho=0.0, weights="inverse")
    else:
        one = aggregate(yi, vi, [0] * len(part), rho=rho)
    return float(one.yi[0]), float(np.sqrt(one.vi[0]))


def _people(table: Table, column: Array, part: Sequence[int]) -> float:
    """Return the people of a study: outcomes share them, groups add up."""
    counts = column[list(part)]
    groups = len(part) > 1 and table.words["multiple_es"][part[0]] == "groups"
    return float(counts.sum()) if groups else float(counts.max())


def _total(counts: Array) -> float:
    """Return the sum of what is known; NaN where nothing is."""
    return NAN if np.isnan(counts).all() else float(np.nansum(counts))
