"""The language of grading criteria: classes with their bounds, as YAML files hold them.

A file of criteria and the section ``grading`` of ``review.yml`` are written in it; what a
criterion means is told by `umbrella_review.grading.personal`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from umbrella_review.errors import Problem
from umbrella_review.shapes import Choice, Fields, Number, Shape, Text, place
from umbrella_review.strict_yaml import Lines, Path

PROFILE_NAMES = ("ioannidis", "grade", "metaumbrella-ioannidis", "metaumbrella-grade")
DEFAULT_PROFILE = "ioannidis"
CUSTOM = "custom"
CLASSES = ("I", "II", "III", "IV")
NOT_NULL = "notnull"

Bound = float | str

# Every criterion with the bound that it takes.
BOUNDS: Mapping[str, Shape] = {
    "n_studies": Number(0),
    "total_n": Number(0),
    "n_cases": Number(0),
    "p_value": Number(0, 1),
    "i2": Number(0, 100),
    "imprecision": Number(0),
    "rob": Number(0, 100),
    "amstar": Number(0),
    "egger_p": Number(0, 1),
    "esb_p": Number(0, 1),
    "jk_p": Number(0, 1),
    "pi": Choice((NOT_NULL,)),
    "largest_ci": Choice((NOT_NULL,)),
}
_CLASSES = Fields({}, dict.fromkeys(CLASSES, Fields({}, BOUNDS)))
FILE = Fields({"classes": _CLASSES}, {"name": Text()})
SECTION = Fields(
    {"profile": Choice((*PROFILE_NAMES, CUSTOM))}, {"name": Text(), "classes": _CLASSES}
)


@dataclass(frozen=True)
class PersonalProfile:
    """Classes with their criteria.

    Parameters
    ----------
    name : str
        What the grades are called.
    classes : mapping of str to mapping
        By class, the bound of each criterion that the class needs; from the best class.
    """

    name: str
    classes: Mapping[str, Mapping[str, Bound]]


Profile = str | PersonalProfile


def with_numbers(content: Any) -> Any:
    """Return content with the bounds that YAML reads as text, such as 1e-6, as numbers.

    Parameters
    ----------
    content : Any
        A file of criteria, or a section ``grading``.

    Returns
    -------
    Any
        The same with numbers below ``classes``.
    """
    if not isinstance(content, dict) or "classes" not in content:
        return content
    return {**content, "classes": _numbers(content["classes"])}


def _numbers(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _numbers(below) for key, below in part.items()}
    if isinstance(part, str):
        try:
            number = float(part)
        except ValueError:
            return part
        return number if math.isfinite(number) else part
    return part


def lacking(content: Any, lines: Lines, where: str, path: Path = ()) -> Iterator[Problem]:
    """Yield what is wrong with classes beyond their shape: that they hold no criterion.

    Parameters
    ----------
    content : Any
        What holds ``classes``.
    lines : dict of tuple of str to int
        Line of each part.
    where : str
        The file, for messages.
    path : tuple of str, optional
        Keys that lead to `content`.

    Yields
    ------
    Problem
        For messages.
    """
    classes = content.get("classes") if isinstance(content, dict) else None
    if not isinstance(classes, dict) or any(classes.values()):
        return
    expected = f"criteria for one or more of {', '.join(CLASSES)}"
    yield Problem(place((*path, "classes"), lines, where), "no criterion", expected, "Add them.")


def wrong_section(content: Any, lines: Lines, where: str, path: Path) -> Iterator[Problem]:
    """Yield what does not fit together in a section ``grading``.

    Parameters
    ----------
    content : Any
        The section.
    lines : dict of tuple of str to int
        Line of each part.
    where : str
        The file, for messages.
    path : tuple of str
        Keys that lead to the section.

    Yields
    ------
    Problem
        For messages.
    """
    if not isinstance(content, dict):
        return
    profile = content.get("profile")
    if profile == CUSTOM and "classes" not in content:
        expected = f"a section 'classes' with criteria below one or more of {', '.join(CLASSES)}"
        remedy = f"Add it, or name one of {', '.join(PROFILE_NAMES)}."
        yield Problem(place(path, lines, where), f"profile {CUSTOM} alone", expected, remedy)
    elif profile in PROFILE_NAMES:
        for key in ("name", "classes"):
            if key in content:
                yield Problem(
                    place((*path, key), lines, where),
                    f"the key {key!r} beside the profile {profile}",
                    f"it beside profile: {CUSTOM} only",
                    f"Remove it, or write 'profile: {CUSTOM}'.",
                )
    yield from lacking(content, lines, where, path)


def profile_of(content: Mapping[str, Any], name: str) -> PersonalProfile:
    """Return the profile that checked content describes.

    Parameters
    ----------
    content : mapping
        With ``classes`` and perhaps a ``name``.
    name : str
        What it is called otherwise.

    Returns
    -------
    PersonalProfile
        Classes without criteria left out.
    """
    classes = {label: content["classes"].get(label) for label in CLASSES}
    kept = {label: criteria for label, criteria in classes.items() if criteria}
    return PersonalProfile(content.get("name", name), kept)


def section_profile(section: Mapping[str, Any] | None) -> Profile:
    """Return the profile that a checked section ``grading`` names.

    Parameters
    ----------
    section : mapping or None
        None where there is no such section.

    Returns
    -------
    str or PersonalProfile
        One of `PROFILE_NAMES`, by default ``ioannidis``; or criteria of the review's own.
    """
    if section is None:
        return DEFAULT_PROFILE
    if section["profile"] == CUSTOM:
        return profile_of(section, CUSTOM)
    return str(section["profile"])
