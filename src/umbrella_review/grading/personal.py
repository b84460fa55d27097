"""Classes by criteria of one's own, read from a YAML file."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from umbrella_review.criteria import (
    FILE,
    Bound,
    PersonalProfile,
    lacking,
    profile_of,
    with_numbers,
)
from umbrella_review.errors import InputError, Problem
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
from umbrella_review.shapes import differences
from umbrella_review.strict_yaml import read_yaml

FLOOR = "V"


@dataclass(frozen=True)
class _Rule:
    """How one criterion is judged; every inequality is strict."""

    sign: str
    value: Callable[[Evidence], float | str | None]
    judge: Callable[[Evidence, float], bool | None]


def _more(name: str) -> _Rule:
    return _Rule(
        ">",
        lambda evidence: float(getattr(evidence, name)),
        lambda evidence, bound: above(getattr(evidence, name), bound),
    )


def _less(name: str) -> _Rule:
    return _Rule(
        "<",
        lambda evidence: float(getattr(evidence, name)),
        lambda evidence, bound: below(getattr(evidence, name), bound),
    )


def _largest_p(evidence: Evidence) -> float:
    p = evidence.jackknife_p
    return float(p.max()) if p.size else math.nan


RULES: Mapping[str, _Rule] = {
    "n_studies": _more("n_studies"),
    "total_n": _more("total_n"),
    "n_cases": _Rule(">", lambda evidence: evidence.n_cases, cases_above),
    "p_value": _less("p_value"),
    "i2": _less("i2"),
    "imprecision": _Rule(
        f"power > {at.WANTED_POWER:g} for g of",
        lambda evidence: None,
        lambda evidence, effect: above(evidence.power(effect), at.WANTED_POWER),
    ),
    "rob": _more("rob_pct"),
    "amstar": _more("amstar"),
    "egger_p": _more("egger_p"),
    "esb_p": _more("esb_p"),
    "jk_p": _Rule("<", _largest_p, lambda evidence, bound: below(_largest_p(evidence), bound)),
    "pi": _Rule(
        "",
        lambda evidence: interval_words(evidence.pi_lo, evidence.pi_up),
        lambda evidence, _: excludes_null(evidence.pi_lo, evidence.pi_up),
    ),
    "largest_ci": _Rule(
        "",
        lambda evidence: interval_words(evidence.largest_ci_lo, evidence.largest_ci_up),
        lambda evidence, _: largest_agrees(evidence),
    ),
}


def read_profile(path: Path) -> PersonalProfile:
    """Read criteria from a YAML file.

    Parameters
    ----------
    path : Path
        With ``classes``, below it one or more of I, II, III and IV, and below each its criteria,
        a key of `RULES` with its bound; and a ``name`` if wanted.

    Returns
    -------
    PersonalProfile
        The classes from the best.

    Raises
    ------
    InputError
        With all that is wrong with the file.
    """
    where = path.name
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = f"the file cannot be read ({error})"
        raise InputError(
            [Problem(where, what, "a YAML file in UTF-8", "Check the file.")]
        ) from error
    content, lines, problems = read_yaml(text, where)
    content = with_numbers(content)
    problems += differences(content, FILE, lines, where) if not problems else []
    problems += lacking(content, lines, where) if not problems else []
    if problems:
        raise InputError(problems)
    return profile_of(content, path.stem)


def grade_personal(evidence: Evidence, profile: PersonalProfile) -> Grade:
    """Return the class by criteria of one's own.

    Parameters
    ----------
    evidence : Evidence
        Results of the factor.
    profile : PersonalProfile
        The criteria.

    Returns
    -------
    Grade
        Each criterion gives the best class whose bound it keeps, or that does not name it. The
        worst of these classes counts, or the next below whose own criteria are all met; V where
        there is none. Not assessable where what is missing decides.
    """
    trail = tuple(
        _judge(label, name, bound, evidence)
        for label, criteria in profile.classes.items()
        for name, bound in criteria.items()
    )
    best = _worst_met(profile, trail, ("met", "not assessable"))
    worst = _worst_met(profile, trail, ("met",))
    if best == worst:
        return Grade(profile.name, best, "", trail)
    return Grade(
        profile.name, NOT_ASSESSABLE, f"between {best} and {worst}: {missing(trail)}", trail
    )


def _judge(label: str, name: str, bound: Bound, evidence: Evidence) -> Criterion:
    rule = RULES[name]
    threshold = "without 0" if isinstance(bound, str) else f"{rule.sign} {bound:g}"
    met = rule.judge(evidence, math.nan if isinstance(bound, str) else float(bound))
    value = rule.value(evidence)
    if name == "imprecision":
        value = evidence.power(float(bound))
    return judged(label, name, value, threshold, met=met)


def _worst_met(
    profile: PersonalProfile, trail: tuple[Criterion, ...], enough: tuple[str, ...]
) -> str:
    order = [*profile.classes, FLOOR]
    kept = {(one.part, one.name): one.status in enough for one in trail}
    names = dict.fromkeys(one.name for one in trail)
    places = [
        next(place for place, label in enumerate(order) if kept.get((label, name), True))
        for name in names
    ]
    return next(
        label
        for label in order[max(places) :]
        if all(held for (part, _), held in kept.items() if part == label)
    )
