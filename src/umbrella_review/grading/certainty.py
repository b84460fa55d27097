"""An algorithm after GRADE: from High, each domain takes steps down.

The GRADE working group asks for judgement, not arithmetic. The labels are therefore those of the
algorithm of the R package metaumbrella, not the group's own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from umbrella_review.grading import thresholds as at
from umbrella_review.grading.evidence import Evidence, interval_words
from umbrella_review.grading.trail import (
    NOT_ASSESSABLE,
    Criterion,
    Grade,
    judged,
    missing,
)

LABELS = ("High", "Moderate", "Weak", "Very weak")
_INDIRECT = {"no": 0, "serious": 1, "very serious": 2}


@dataclass(frozen=True)
class _Domain:
    """Steps down of one domain: at least and at most."""

    least: int
    most: int
    criterion: Criterion


def grade_certainty(evidence: Evidence, *, compatible: bool = False) -> Grade:
    """Return the label of the algorithm after GRADE.

    Parameters
    ----------
    evidence : Evidence
        Results of the factor.
    compatible : bool, default False
        Assume the worst where risk of bias or indirectness were not judged, and nothing where a
        test of bias or the heterogeneity is missing, as the R package metaumbrella does.

    Returns
    -------
    Grade
        One of `LABELS`, or ``not assessable`` where what is missing decides between labels.
    """
    profile = "metaumbrella-grade" if compatible else "grade"
    if evidence.scale == "correlation":
        reason = "correlations have no range of equivalence in this algorithm"
        return Grade(profile, NOT_ASSESSABLE, reason, ())
    domains = (
        _few_studies(evidence),
        _risk_of_bias(evidence, compatible),
        _heterogeneity(evidence, compatible),
        _indirectness(evidence, compatible),
        _imprecision(evidence, compatible),
        _publication_bias(evidence, compatible),
    )
    trail = tuple(domain.criterion for domain in domains)
    best = _label(sum(domain.least for domain in domains))
    worst = _label(sum(domain.most for domain in domains))
    if best == worst:
        return Grade(profile, best, "", trail)
    return Grade(profile, NOT_ASSESSABLE, f"between {best} and {worst}: {missing(trail)}", trail)


def _label(steps: int) -> str:
    return LABELS[min(steps, len(LABELS) - 1)]


def _known(name: str, value: float | str, threshold: str, steps: int) -> _Domain:
    found = judged("domain", name, value, threshold, met=steps == 0)
    words = "no step down" if steps == 0 else "1 step down" if steps == 1 else f"{steps} steps down"
    return _Domain(
        steps, steps, Criterion(found.part, name, found.value, threshold, found.status, words)
    )


def _open(name: str, threshold: str, why: str, most: int, assumed: int | None) -> _Domain:
    """Return a domain that cannot be judged; a compatible profile assumes so many steps."""
    if assumed is None:
        return _Domain(0, most, judged("domain", name, None, threshold, met=None, why=why))
    why = f"{why}; the profile assumes {assumed} steps down"
    return _Domain(assumed, assumed, judged("domain", name, None, threshold, met=None, why=why))


def _few_studies(evidence: Evidence) -> _Domain:
    threshold = f">= {at.FEW_STUDIES}"
    if math.isnan(evidence.n_studies):
        return _open("n_studies", threshold, "the number of studies is not known", 1, None)
    few = evidence.n_studies < at.FEW_STUDIES
    return _known("n_studies", evidence.n_studies, threshold, int(few))


def _risk_of_bias(evidence: Evidence, compatible: bool) -> _Domain:
    share = evidence.rob_pct
    threshold = f">= {at.LOW_RISK_ENOUGH:g}% of the weight at low risk of bias"
    if math.isnan(share):
        why = "the risk of bias of the studies is not known"
        return _open("risk of bias", threshold, why, 2, 2 if compatible else None)
    steps = 0 if share >= at.LOW_RISK_ENOUGH else 1 if share >= at.LOW_RISK_HALF else 2
    return _known("risk of bias", share, threshold, steps)


def _heterogeneity(evidence: Evidence, compatible: bool) -> _Domain:
    words = interval_words(evidence.pi_lo, evidence.pi_up)
    if words is not None and not math.isnan(evidence.ci_lo):
        threshold = "a prediction interval that tells no other story than the confidence interval"
        return _known("heterogeneity", words, threshold, _contradiction(evidence))
    threshold = f"I2 < {at.I2_ONE_STEP:g} or < {at.CONTRARY_SHARE:.0%} contrary studies"
    if math.isnan(evidence.i2) or math.isnan(evidence.contrary):
        why = "neither a prediction interval nor I2 is known"
        return _open("heterogeneity", threshold, why, 2, 0 if compatible else None)
    steps = 0
    if evidence.contrary >= at.CONTRARY_SHARE:
        steps = 2 if evidence.i2 >= at.I2_TWO_STEPS else 1 if evidence.i2 >= at.I2_ONE_STEP else 0
    value = f"I2 {evidence.i2:.6g}, contrary {evidence.contrary:.6g}"
    return _known("heterogeneity", value, threshold, steps)


def _contradiction(evidence: Evidence) -> int:
    """Return steps by how far the prediction interval leaves what the confidence interval says."""
    lower, upper = at.EQUIVALENCE_RATIO if evidence.scale == "ratio" else at.EQUIVALENCE_G
    crossed = 0
    for ci, pi, null in (
        (evidence.ci_lo, evidence.pi_lo, lower),
        (-evidence.ci_up, -evidence.pi_up, -upper),
    ):
        if ci >= null > pi:  # beyond what does not matter, where the mean is not
            crossed += 2 if ci > 0 else 1
        elif ci > 0 >= pi:
            crossed += 1
    return min(crossed, 2)


def _indirectness(evidence: Evidence, compatible: bool) -> _Domain:
    if evidence.indirectness is None:
        why = "nobody has judged the indirectness"
        return _open("indirectness", "no", why, 2, 2 if compatible else None)
    steps = _INDIRECT[evidence.indirectness]
    return _known("indirectness", evidence.indirectness, "no", steps)


def _imprecision(evidence: Evidence, compatible: bool) -> _Domain:
    threshold = (
        f">= {at.SMALL_ARM} people in each arm, and an interval without both 0 and a large effect"
    )
    large = at.LARGE_RATIO if evidence.scale == "ratio" else at.LARGE_G
    lower, upper = evidence.ci_lo, evidence.ci_up
    smallest = min(evidence.n_cases, evidence.n_controls)
    if math.isnan(evidence.n_cases) or math.isnan(evidence.n_controls) or math.isnan(lower):
        why = "the number of people in the arms or the interval is not known"
        return _open("imprecision", threshold, why, 2, 0 if compatible else None)
    wide = lower <= 0 <= upper and (upper >= large or lower <= -large)
    steps = 2 if smallest < at.VERY_SMALL_ARM else int(wide) + int(smallest < at.SMALL_ARM)
    value = f"{smallest:g} in the smaller arm, {interval_words(lower, upper)}"
    if not evidence.all_cases_known and not compatible and steps > int(wide):
        # Those who are not counted could lift the arm above the threshold.
        why = "the number of people is not known for every study"
        found = judged("domain", "imprecision", value, threshold, met=None, why=why)
        return _Domain(int(wide), steps, found)
    return _known("imprecision", value, threshold, steps)


def _publication_bias(evidence: Evidence, compatible: bool) -> _Domain:
    tests = {"Egger": evidence.egger_p, "excess significance": evidence.esb_p}
    known = {name: p for name, p in tests.items() if not math.isnan(p)}
    threshold = f"p of both tests > {at.SUSPECT_BIAS_P:g}, low reporting bias where it was judged"
    told = [f"{name} p {p:.6g}" for name, p in known.items()]
    suspect = any(p <= at.SUSPECT_BIAS_P for p in known.values())
    if not math.isnan(evidence.report_pct):
        suspect = suspect or evidence.report_pct < at.LOW_REPORTING_RISK
        told.append(f"{evidence.report_pct:.6g}% at low risk of reporting bias")
    value = ", ".join(told)
    if suspect or compatible or len(known) == len(tests):
        return _known("publication bias", value, threshold, int(suspect))
    lacking = " and ".join(name for name in tests if name not in known)
    return _open("publication bias", threshold, f"there is no test of {lacking}", 1, None)
