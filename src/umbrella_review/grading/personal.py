"""Classes by criteria of one's own, read from a YAML file."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
from umbrella_review.shapes import Choice, Fields, Number, Shape, Text, differences
from umbrella_review.strict_yaml import read_yaml

CLASSES = ("I", "II", "III", "IV")
FLOOR = "V"
_NOT_NULL = "notnull"

Bound = float | str


@dataclass(frozen=True)
class PersonalProfile:
    """Classes with their criteria.

    Parameters
    ----------
    name : str
        What the grades are called.
    classes : mapping of str to mapping
        By class, the bound of each criterion that the class needs.
    """

    name: str
    classes: Mapping[str, Mapping[str, Bound]]


@dataclass(frozen=True)
class _Rule:
    """How one criterion is judged; every inequality is strict."""

    shape: Shape
    sign: str
    value: Callable[[Evidence], float | str | None]
    judge: Callable[[Evidence, float], bool | None]


def _more(name: str, maximum: float = math.inf) -> _Rule:
    return _Rule(
        Number(0, maximum),
        ">",
        lambda evidence: float(getattr(evidence, name)),
        lambda evidence, bound: above(getattr(evidence, name), bound),
    )


def _less(name: str, maximum: float) -> _Rule:
    return _Rule(
        Number(0, maximum),
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
    "n_cases": _Rule(Number(0), ">", lambda evidence: evidence.n_cases, cases_above),
    "p_value": _less("p_value", 1),
    "i2": _less("i2", 100),
    "imprecision": _Rule(
        Number(0),
        f"power > {at.WANTED_POWER:g} for g of",
        lambda evidence: None,
        lambda evidence, effect: above(evidence.power(effect), at.WANTED_POWER),
    ),
    "rob": _more("rob_pct", 100),
    "amstar": _more("amstar"),
    "egger_p": _more("egger_p", 1),
    "esb_p": _more("esb_p", 1),
    "jk_p": _Rule(
        Number(0, 1), "<", _largest_p, lambda evidence, bound: below(_largest_p(evidence), bound)
    ),
    "pi": _Rule(
        Choice((_NOT_NULL,)),
        "",
        lambda evidence: interval_words(evidence.pi_lo, evidence.pi_up),
        lambda evidence, _: excludes_null(evidence.pi_lo, evidence.pi_up),
    ),
    "largest_ci": _Rule(
        Choice((_NOT_NULL,)),
        "",
        lambda evidence: interval_words(evidence.largest_ci_lo, evidence.largest_ci_up),
        lambda evidence, _: largest_agrees(evidence),
    ),
}
_CLASS = Fields({}, {name: rule.shape for name, rule in RULES.items()})
_FILE = Fields({"classes": Fields({}, dict.fromkeys(CLASSES, _CLASS))}, {"name": Text()})


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
    content = _numbers(content)
    problems += differences(content, _FILE, lines, where) if not problems else []
    if not problems and not any(content["classes"].values()):
        expected = f"criteria for one or more of {', '.join(CLASSES)}"
        problems.append(Problem(f"{where}, classes", "no criterion", expected, "Add them."))
    if problems:
        raise InputError(problems)
    classes = {label: content["classes"].get(label) for label in CLASSES}
    kept = {label: criteria for label, criteria in classes.items() if criteria}
    return PersonalProfile(content.get("name", path.stem), kept)


def _numbers(content: Any) -> Any:
    """Return the content with numbers such as 1e-6, which YAML reads as text, as numbers."""
    if isinstance(content, dict):
        return {key: part if key == "name" else _numbers(part) for key, part in content.items()}
    if isinstance(content, str):
        try:
            return float(content)
        except ValueError:
            return content
    return content


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
