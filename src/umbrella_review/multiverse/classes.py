"""Credibility of each specification by a profile of grading."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from umbrella_review.bias.largest import largest_study
from umbrella_review.bias.refit import leave_one_out
from umbrella_review.bias.regtest import regtest
from umbrella_review.bias.stanley import excess_share
from umbrella_review.criteria import Profile
from umbrella_review.effects.correction import exact_factor
from umbrella_review.grading.evidence import NAN, Evidence, Scale
from umbrella_review.grading.profiles import grade
from umbrella_review.grading.studies import study_intervals
from umbrella_review.grading.thresholds import SIGNIFICANT_P
from umbrella_review.multiverse.evaluate import Evaluation
from umbrella_review.multiverse.subsets import Array, Mask, compact, distinct
from umbrella_review.pooling.distributions import two_sided_p
from umbrella_review.pooling.model import fit


@dataclass(frozen=True)
class Grading:
    """How specifications are graded, and what is known of the people in the studies.

    Parameters
    ----------
    profile : Profile
        As in `umbrella_review.grading.profiles.grade`.
    scale : {"difference", "ratio", "correlation"}
        Scale of the effects.
    cases, controls, size : ndarray, shape (N,)
        People in each study; NaN where not known.
    """

    profile: Profile
    scale: Scale
    cases: Array
    controls: Array
    size: Array


def classes(
    yi: Array, vi: Array, subsets: Mask, evaluation: Evaluation, grading: Grading
) -> NDArray[np.object_]:
    """Grade every specification.

    The criteria are computed for all subsets at once; a profile then judges each different
    result by itself. Risk of bias, indirectness and ratings are not known here, so that
    profiles which ask for them answer ``not assessable``.

    Parameters
    ----------
    yi, vi : ndarray, shape (N,)
        Effects and sampling variances.
    subsets : ndarray of bool, shape (S, N)
        As given to `umbrella_review.multiverse.evaluate.evaluate`.
    evaluation : Evaluation
        What it returned.
    grading : Grading
        Profile, scale and people.

    Returns
    -------
    ndarray of str, shape (S, M, T, P)
        Labels of the profile, ``not assessable`` where what is missing decides; None for an
        empty subset.
    """
    found = distinct(subsets)
    first = np.unique(found.place, return_index=True)[1]  # a specification of each subset
    criteria = _Criteria(yi, vi, found.masks, grading)
    labels = np.empty((len(first), *evaluation.pi_lb.shape[1:]), dtype=object)
    models = evaluation.models
    for m, method in enumerate(models.methods):
        excess = criteria.excess(evaluation.tau2[first, m])
        for t, test in enumerate(models.tests):
            refits = leave_one_out(criteria.y, criteria.v, method=method, test=test).pval
            for u, p in product(range(len(first)), range(len(models.prediction_intervals))):
                if criteria.k[u]:
                    at = first[u], m, t, p
                    evidence = criteria.evidence(u, evaluation, at, excess[u], refits[u])
                    labels[u, m, t, p] = grade(evidence, grading.profile).label
    return labels[found.place]


class _Criteria:
    """What gradings ask of each distinct subset."""

    def __init__(self, yi: Array, vi: Array, masks: Mask, grading: Grading) -> None:
        self.masks, self.grading = masks, grading
        self.k = masks.sum(axis=1)
        self.y, self.v = compact(yi, masks), compact(vi, masks)
        self.cases, self.controls, self.size = (
            compact(people, masks) for people in (grading.cases, grading.controls, grading.size)
        )
        lower, upper, _ = study_intervals(grading.scale, yi, np.sqrt(vi), grading.size)
        self.lower, self.upper = compact(lower, masks), compact(upper, masks)
        # Side of no effect on which an interval lies, 0 for an interval that includes it.
        self.side = (self.lower > 0).astype(float) - (self.upper < 0).astype(float)
        self.i2 = fit(self.y, self.v, method="FE").i2
        self.egger = regtest(self.y, self.v).pval
        self.largest = largest_study(self.y, self.v, self.size).index

    def excess(self, tau2: Array) -> Array:
        """Return p values of the test of excess significance (TESSPSST).

        Powers of differences take the uncorrected difference and its variance under no effect,
        as `umbrella_review.grading.factors` does.
        """
        present = ~np.isnan(self.y)
        z = np.where(present, self.y / np.sqrt(self.v), 0.0)
        significant = two_sided_p(z, np.full(z.shape, np.nan)) < SIGNIFICANT_P
        y, v = self.y, self.v
        if self.grading.scale == "difference":
            sized = (self.cases > 0) & (self.controls > 0)
            plain = np.all(sized | ~present, axis=1, keepdims=True) & present
            cases, controls = (np.where(plain, n, 2.0) for n in (self.cases, self.controls))
            y = np.where(plain, y / exact_factor(cases + controls - 2), y)
            v = np.where(plain, 1 / cases + 1 / controls, v)
        return excess_share(y, v, tau2=tau2, significant=significant).pval

    def evidence(
        self,
        u: int,
        found: Evaluation,
        at: tuple[int, int, int, int],
        excess: float,
        refits: Array,
    ) -> Evidence:
        """Return the evidence of subset `u` in the specification `at`."""
        k = int(self.k[u])
        several, largest, estimate = k > 1, int(self.largest[u]), float(found.estimate[at[:2]])
        people = np.r_[self.cases[u, :k], self.controls[u, :k]]
        return Evidence(
            scale=self.grading.scale,
            n_studies=k,
            n_cases=_total(self.cases[u, :k]),
            n_controls=_total(self.controls[u, :k]),
            total_n=_total(self.size[u, :k]),
            all_cases_known=not np.isnan(people).any(),
            value=estimate,
            p_value=float(found.pval[at[:3]]),
            ci_lo=float(found.ci_lb[at[:3]]),
            ci_up=float(found.ci_ub[at[:3]]),
            pi_lo=float(found.pi_lb[at]),
            pi_up=float(found.pi_ub[at]),
            i2=float(self.i2[u]) if several else NAN,
            egger_p=float(self.egger[u]),
            esb_p=float(excess) if several else NAN,
            largest_ci_lo=float(self.lower[u, largest]),
            largest_ci_up=float(self.upper[u, largest]),
            jackknife_p=refits[:k] if several else np.empty(0),
            contrary=float(np.mean(self.side[u, :k] * np.sign(estimate) < 0)),
        )


def _total(counts: Array) -> float:
    return NAN if np.isnan(counts).all() else float(np.nansum(counts))
