"""The same evidence reported twice, under two names or by two reviews.

Estimate and interval must be the same but for their sign (for ratios: but for their turning
round), no size that both give may differ, and the participants or Q must be among those that are
the same: estimates with two decimals agree by chance, these hardly do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from umbrella_review.audit.finding import DIFFERS, Finding
from umbrella_review.audit.reported_row import INTERVAL, ReportedRow
from umbrella_review.audit.statistics import logarithm
from umbrella_review.effects.intervals import Array
from umbrella_review.words import enumerate_words

_COUNTS, _TELLING = ("k", "n_participants"), {"n_participants", "q"}
_NAMES = {"k": "studies", "n_participants": "participants", "q": "Q"}
_SLACK = 1e-9


def same_evidence_findings(rows: Sequence[ReportedRow]) -> Iterator[Finding]:
    """Find pairs of results that rest on the same evidence.

    Parameters
    ----------
    rows : sequence of ReportedRow
        Results.

    Yields
    ------
    Finding
        One a pair, its cells the figures that are the same.
    """
    usable = [(row, ends) for row in rows if (ends := _ends(row)) is not None]
    for measure in sorted({str(row.cells["measure"]) for row, _ in usable}):
        kind = [(row, ends) for row, ends in usable if row.cells["measure"] == measure]
        low, high = (np.array([ends[i] for _, ends in kind]) for i in (0, 1))
        same = _alike(low, high, low, high)
        turned = _alike(low, high, -high[:, [0, 2, 1]], -low[:, [0, 2, 1]])
        for i, j in zip(*np.nonzero(np.triu(same | turned, 1)), strict=True):
            shared = _shared(kind[i][0], kind[j][0])
            if shared is not None and _TELLING & set(shared):
                yield _finding(kind[i][0], kind[j][0], shared, turned=not same[i, j])


def _ends(row: ReportedRow) -> tuple[Array, Array] | None:
    """Return the lowest and the highest numbers behind estimate and interval."""
    if not row.has("measure", *INTERVAL):
        return None
    try:
        figures = [logarithm(x) for x in row.interval()] if row.is_ratio() else row.interval()
    except ValueError:
        return None
    return np.array([x.low for x in figures]), np.array([x.high for x in figures])


def _alike(low: Array, high: Array, other_low: Array, other_high: Array) -> NDArray[np.bool_]:
    """Tell for all pairs whether all three figures may be the same number."""
    below = low[:, None] < other_high[None] - _SLACK
    above = other_low[None] < high[:, None] - _SLACK
    return np.asarray((below & above).all(axis=2))


def _shared(one: ReportedRow, other: ReportedRow) -> tuple[str, ...] | None:
    """Return the sizes that both give and that are the same; none where one differs."""
    known = [name for name in (*_COUNTS, "q") if one.has(name) and other.has(name)]
    for name in known:
        first, second = one.figure(name), other.figure(name)
        if name in _COUNTS and first.value != second.value:
            return None
        if not (first.low < second.high - _SLACK and second.low < first.high - _SLACK):
            return None
    return tuple(known)


def _finding(
    one: ReportedRow, other: ReportedRow, shared: tuple[str, ...], *, turned: bool
) -> Finding:
    names = enumerate_words(["estimate", "interval", *(_NAMES[name] for name in shared)])
    sign = "but with the opposite sign" if turned else "also in sign"
    reported = f"{one.interval_text()} and {other.interval_text()}"
    return Finding(
        (one.key, other.key),
        "same_evidence",
        (*INTERVAL, *shared),
        reported,
        None,
        DIFFERS,
        f"The two results are the same in {names}, {sign}.",
    )
