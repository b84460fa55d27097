"""Classes that remain possible where some criteria cannot be judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from umbrella_review.grading.trail import Criterion, Grade

ROUNDING = "the rounding of the printed figures leaves it open"


def possible_classes(trail: Iterable[Criterion], floor: str) -> tuple[str, ...]:
    """Return the classes that the criteria of a ladder leave open, the best first.

    Parameters
    ----------
    trail : iterable of Criterion
        Of a profile of classes, those of one class in a row, the best class first.
    floor : str
        Label below the last class.

    Returns
    -------
    tuple of str
        One label where the class is certain.
    """
    labels: list[str] = []
    for label, criteria in groupby(trail, key=lambda one: one.part):
        statuses = {one.status for one in criteria}
        if "not met" not in statuses:
            labels.append(label)
        if statuses == {"met"}:
            return tuple(labels)
    return (*labels, floor)


def agreed(grades: Sequence[Grade], shown: Grade) -> tuple[Criterion, ...]:
    """Return the trail on which several readings of the same evidence agree.

    Parameters
    ----------
    grades : sequence of Grade
        By one profile, one for each extreme that rounding leaves open.
    shown : Grade
        By the same profile, from the figures as printed: gives the values.

    Returns
    -------
    tuple of Criterion
        A criterion on which the readings differ is not assessable.
    """
    trail = []
    for criterion, *others in zip(shown.trail, *(grade.trail for grade in grades), strict=True):
        same = {one.status for one in others} == {criterion.status}
        changed = criterion if same else _open(criterion)
        trail.append(changed)
    return tuple(trail)


def _open(criterion: Criterion) -> Criterion:
    return replace(criterion, status="not assessable", reason=ROUNDING)
