"""A grade and how it came about."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["met", "not met", "not assessable"]
NOT_ASSESSABLE = "not assessable"


@dataclass(frozen=True)
class Criterion:
    """One criterion as it was judged.

    Parameters
    ----------
    part : str
        Class or domain that it belongs to.
    name : str
        What is judged.
    value : float or str or None
        What was found; None where it is not known.
    threshold : str
        What it is held against.
    status : {"met", "not met", "not assessable"}
        The judgement.
    reason : str
        Why it cannot be judged, or what follows from it.
    """

    part: str
    name: str
    value: float | str | None
    threshold: str
    status: Status
    reason: str = ""


@dataclass(frozen=True)
class Grade:
    """A grade with its trail.

    Parameters
    ----------
    profile : str
        Rules that it follows.
    label : str
        The class, or ``not assessable``.
    reason : str
        Why it cannot be told, with the classes between which it lies; else empty.
    trail : tuple of Criterion
        Every criterion of the profile.
    """

    profile: str
    label: str
    reason: str
    trail: tuple[Criterion, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the grade as plain values."""
        return asdict(self)


def held(status: bool | None) -> Status:
    """Return the word for a judgement; None is a judgement that cannot be made.

    Parameters
    ----------
    status : bool or None
        The judgement.

    Returns
    -------
    str
        As in `Criterion`.
    """
    if status is None:
        return "not assessable"
    return "met" if status else "not met"


def missing(criteria: Iterable[Criterion]) -> str:
    """Return the reasons why criteria cannot be judged, each once.

    Parameters
    ----------
    criteria : iterable of Criterion
        Of one trail.

    Returns
    -------
    str
        Joined by semicolons.
    """
    reasons = (one.reason for one in criteria if one.status == "not assessable")
    return "; ".join(dict.fromkeys(reasons))


def judged(
    part: str,
    name: str,
    value: float | str | None,
    threshold: str,
    *,
    met: bool | None,
    why: str = "",
) -> Criterion:
    """Return a criterion with its judgement.

    Parameters
    ----------
    part, name : str
        As in `Criterion`.
    value : float or str or None
        What was found; NaN is none.
    threshold : str
        As in `Criterion`.
    met : bool or None
        The judgement; None where it cannot be made.
    why : str, optional
        Why it could not be made.

    Returns
    -------
    Criterion
        With a reason where it cannot be judged.
    """
    known = None if isinstance(value, float) and math.isnan(value) else value
    reason = (why or f"{name} is not known") if met is None else ""
    return Criterion(part, name, known, threshold, held(met), reason)
