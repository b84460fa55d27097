"""Classes of Ioannidis: a ladder of criteria, the first rung on which all are met counts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from umbrella_review.grading import thresholds as at
from umbrella_review.grading.evidence import (
    Evidence,
    above,
    below,
    cases_above,
    excludes_null,
    interval_words,
    largest_agrees,
)
from umbrella_review.grading.trail import NOT_ASSESSABLE, Criterion, Grade, judged, missing

LABELS = ("I", "II", "III", "IV", "ns")  # ns: not significant, which some call class V

Rung = tuple[str, tuple[Criterion, ...]]


def grade_ioannidis(evidence: Evidence, *, compatible: bool = False) -> Grade:
    """Return the class of Ioannidis.

    Parameters
    ----------
    evidence : Evidence
        Results of the factor.
    compatible : bool, default False
        Count what is not known as not met, and an unknown number of cases as 0, as the R package
        metaumbrella does: a factor without numbers of cases is then at most class IV.

    Returns
    -------
    Grade
        One of `LABELS`, or ``not assessable`` where what is missing decides between classes.

    Notes
    -----
    Fusar-Poli and Radua 2018, doi 10.1136/ebmental-2018-300014; numbers in `thresholds`.
    """
    rungs = _rungs(evidence, compatible)
    profile = "metaumbrella-ioannidis" if compatible else "ioannidis"
    return climb(profile, rungs, "ns", missing_is_unmet=compatible)


def climb(profile: str, rungs: Sequence[Rung], floor: str, *, missing_is_unmet: bool) -> Grade:
    """Return the first rung whose criteria are all met.

    Parameters
    ----------
    profile : str
        Name of the rules.
    rungs : sequence of tuple
        Labels with their criteria, the best first.
    floor : str
        Label below the last rung.
    missing_is_unmet : bool
        Whether a criterion that cannot be judged counts as not met.

    Returns
    -------
    Grade
        Not assessable where the rung depends on criteria that cannot be judged.
    """
    open_status = ("met",) if missing_is_unmet else ("met", "not assessable")
    trail = tuple(one for _, criteria in rungs for one in criteria)
    best = _first(rungs, floor, open_status)
    worst = _first(rungs, floor, ("met",))
    if best == worst:
        return Grade(profile, best, "", trail)
    reason = f"between {best} and {worst}: {missing(trail)}"
    return Grade(profile, NOT_ASSESSABLE, reason, trail)


def _first(rungs: Sequence[Rung], floor: str, enough: tuple[str, ...]) -> str:
    return next(
        (label for label, criteria in rungs if all(one.status in enough for one in criteria)),
        floor,
    )


def _rungs(evidence: Evidence, compatible: bool) -> list[Rung]:
    highly, strongly = at.HIGHLY_SIGNIFICANT_P, at.STRONGLY_SIGNIFICANT_P
    return [
        (
            "I",
            (
                _cases("I", evidence, compatible),
                _p("I", evidence, highly),
                judged(
                    "I",
                    "I2",
                    evidence.i2,
                    f"< {at.LARGE_I2:g}",
                    met=below(evidence.i2, at.LARGE_I2),
                ),
                _prediction(evidence),
                _bias("egger_p", evidence.egger_p, "Egger's test needs three studies or more"),
                _bias("esb_p", evidence.esb_p, "no test of excess significance"),
            ),
        ),
        (
            "II",
            (_cases("II", evidence, compatible), _p("II", evidence, highly), _largest(evidence)),
        ),
        ("III", (_cases("III", evidence, compatible), _p("III", evidence, strongly))),
        ("IV", (_p("IV", evidence, at.SIGNIFICANT_P),)),
    ]


def _cases(part: str, evidence: Evidence, compatible: bool) -> Criterion:
    known = evidence.n_cases
    if compatible:
        known = 0.0 if math.isnan(known) else known
        many: bool | None = known > at.MANY_CASES
    else:
        many = cases_above(evidence, at.MANY_CASES)
    why = "the number of cases is not known"
    if not math.isnan(known):
        why += f" for every study; those that tell have {known:g}"
    return judged(part, "n_cases", known, f"> {at.MANY_CASES}", met=many, why=why)


def _p(part: str, evidence: Evidence, level: float) -> Criterion:
    met = below(evidence.p_value, level)
    return judged(part, "p_value", evidence.p_value, f"< {level:g}", met=met)


def _prediction(evidence: Evidence) -> Criterion:
    return judged(
        "I",
        "pi",
        interval_words(evidence.pi_lo, evidence.pi_up),
        "without 0",
        met=excludes_null(evidence.pi_lo, evidence.pi_up),
        why="there is no prediction interval",
    )


def _bias(name: str, p: float, why: str) -> Criterion:
    return judged("I", name, p, f"> {at.NO_BIAS_P:g}", met=above(p, at.NO_BIAS_P), why=why)


def _largest(evidence: Evidence) -> Criterion:
    return judged(
        "II",
        "largest_ci",
        interval_words(evidence.largest_ci_lo, evidence.largest_ci_up),
        "without 0, on the side of the pooled effect",
        met=largest_agrees(evidence),
        why="the interval of the largest study is not known",
    )
