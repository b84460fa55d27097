"""Parts that should add up to a total."""

from __future__ import annotations

from collections.abc import Sequence

from umbrella_review.audit.finding import (
    AGREES,
    DIFFERS,
    NOT_ASSESSABLE,
    Finding,
    span_text,
)
from umbrella_review.audit.statistics import Bounded, decimals, rounded


def total_finding(
    rows: Sequence[str],
    parts: Sequence[float | str | None],
    total: float | str,
    *,
    cells: Sequence[str] = (),
    tolerance: float = 0.5,
) -> Finding:
    """Hold a total against the sum of its parts.

    Parameters
    ----------
    rows : sequence of str
        Keys of the rows that the finding is about.
    parts : sequence of float, str or None
        None where a part is not known; parts are not negative. Whole numbers are counts and
        exact; others are rounded, and texts keep their closing zeros.
    total : float or str
        What they should add up to, read likewise; rounded where a part or it has decimals.
    cells : sequence of str, optional
        Columns that the figures stand in.
    tolerance : float, default 0.5
        Half-width of the interval that a rounded figure stands for, in units of its last digit.

    Returns
    -------
    Finding
        Where parts are missing the known ones can only exceed the total: otherwise the verdict
        is `not_assessable`.
    """
    known = [part for part in parts if part is not None]
    places = max((_places(figure) for figure in (*known, total)), default=0)
    figures = [_figure(part, places, tolerance) for part in known]
    whole = Bounded(
        sum(figure.value for figure in figures),
        sum(figure.low for figure in figures),
        sum(figure.high for figure in figures),
    )
    printed, missing = _figure(total, places, tolerance), len(parts) - len(known)
    fits = whole.overlaps(printed) or (missing > 0 and whole.value <= printed.value)
    words = f"The parts add up to {span_text(whole)}"
    verdict = AGREES
    if missing and fits:
        verdict, words = NOT_ASSESSABLE, f"The {len(known)} known parts add to {span_text(whole)}"
    if not fits:
        verdict, words = DIFFERS, f"{words}; the total is given as {total}"
    return Finding(tuple(rows), "total", tuple(cells), str(total), whole, verdict, f"{words}.")


def _places(figure: float | str) -> int:
    return decimals(figure if isinstance(figure, str) else float(figure))


def _figure(figure: float | str, places: int, tolerance: float) -> Bounded:
    if places == 0:
        return Bounded.exact(float(figure))
    # Parts may be printed with fewer decimals than the total; each has its own rounding.
    return rounded(float(figure), _places(figure), tolerance)
