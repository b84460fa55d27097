"""Which columns of a table of studies an analysis uses."""

from __future__ import annotations

from collections.abc import Collection

from umbrella_review.effects import given
from umbrella_review.effects.measures import MEASURES

ANALYSIS = "analysis"
#: The measure of effects that are given as such.
AS_GIVEN = "GEN"

Columns = tuple[str, ...]

# Columns with a meaning, for one measure at least or for all.
KNOWN = frozenset(
    {
        ANALYSIS,
        "study",
        "ni",
        "year",
        *given.RULES,
        *(name for one in MEASURES.values() for name in one.rules),
    }
)

# Groups of columns whose sum is the size of a study: participants, of rates the person-time.
_SIZES: tuple[Columns, ...] = (
    ("ni",),
    ("ai", "bi", "ci", "di"),
    ("n1i", "n2i"),
    ("t1i", "t2i"),
    ("xi", "mi"),
)


def forms_of(measure: str) -> tuple[Columns, ...]:
    """Return the sets of columns that give the effects of a measure.

    Parameters
    ----------
    measure : str
        A key of `MEASURES`.

    Returns
    -------
    tuple of tuple of str
        Raw results first, then effects with their precision.
    """
    known = MEASURES[measure]
    return tuple(dict.fromkeys((*known.forms, *given.forms(known.logarithm))))


def columns_of(measure: str, present: Collection[str]) -> Columns:
    """Return the columns that the effects of a measure come from.

    Parameters
    ----------
    measure : str
        A key of `MEASURES`.
    present : collection of str
        Columns of the table.

    Returns
    -------
    tuple of str
        The first of `forms_of` that the table holds; empty where it holds none.
    """
    return next((form for form in forms_of(measure) if set(form) <= set(present)), ())


def fitting_measures(present: Collection[str]) -> tuple[str, ...]:
    """Return the measures whose raw results a table holds.

    Parameters
    ----------
    present : collection of str
        Columns of the table.

    Returns
    -------
    tuple of str
        In the order of `MEASURES`.
    """
    return tuple(
        code
        for code, measure in MEASURES.items()
        if measure.rules is not given.RULES
        and any(set(form) <= set(present) for form in measure.forms)
    )


def is_given(used: Collection[str]) -> bool:
    """Return whether effects are given as such, not computed from raw results.

    Parameters
    ----------
    used : collection of str
        Columns that the effects come from.

    Returns
    -------
    bool
        True where all of them belong to given effects.
    """
    return set(used) <= set(given.RULES)


def size_columns(used: Collection[str], present: Collection[str]) -> Columns:
    """Return the columns whose sum is the size of a study.

    Parameters
    ----------
    used : collection of str
        Columns that the effects come from.
    present : collection of str
        Columns of the table.

    Returns
    -------
    tuple of str
        A column ``ni`` comes first, then the counts, sizes or times that the effect comes from,
        then ``n1i`` and ``n2i`` beside it; empty where nothing tells the size.
    """
    own = {"ni", *used} & set(present)
    known = {"n1i", "n2i", *own} & set(present)
    return next((group for names in (own, known) for group in _SIZES if set(group) <= names), ())
