"""Which criteria decide the class of a result, and which leave it open."""

from __future__ import annotations

from itertools import groupby

from umbrella_review.credibility.classes import Graded
from umbrella_review.grading.trail import NOT_ASSESSABLE, Criterion


def ruled_out_by(graded: Graded) -> tuple[str, ...]:
    """Return the criteria that keep a result from the class above its best possible one.

    Parameters
    ----------
    graded : Graded
        The grading.

    Returns
    -------
    tuple of str
        Names of the criteria that are not met; empty where the best class is possible.
    """
    above: tuple[Criterion, ...] = ()
    for label, criteria in groupby(graded.trail, key=lambda one: one.part):
        if label == graded.possible[0]:
            break
        above = tuple(criteria)
    return tuple(one.name for one in above if one.status == "not met")


def left_open_by(graded: Graded) -> tuple[Criterion, ...]:
    """Return the criteria that decide between the classes that are possible.

    Parameters
    ----------
    graded : Graded
        The grading.

    Returns
    -------
    tuple of Criterion
        Each criterion once; empty where the class is certain.
    """
    better = graded.possible[:-1]
    asked = (one for one in graded.trail if one.part in better and one.status == NOT_ASSESSABLE)
    return tuple({one.name: one for one in asked}.values())
