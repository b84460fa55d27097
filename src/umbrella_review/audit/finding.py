"""What a check of reported statistics finds, as one row of a tidy table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from umbrella_review.audit.statistics import Bounded

AGREES, BY_T, DIFFERS, NOT_ASSESSABLE = "agrees", "agrees_by_t", "differs", "not_assessable"
VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        AGREES: "Agrees",
        BY_T: "Agrees by the t distribution",
        DIFFERS: "Differs",
        NOT_ASSESSABLE: "Not assessable",
    }
)
# In the order of print.
CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "interval_symmetry": "Estimate in the middle of its interval",
        "z_from_interval": "Z against the interval",
        "p_from_interval": "p against the interval",
        "p_from_z": "p against Z",
        "df_from_k": "Degrees of freedom against the number of studies",
        "i2_from_q": "I² against Q",
        "q_p_from_q": "p of Q against Q",
        "tau2_from_interval": "τ² against the interval",
        "sign": "Sign against the direction",
        "mixed_signs": "Sign conventions within a table",
        "same_evidence": "The same evidence twice",
        "total": "Parts against their total",
    }
)
COLUMNS = (
    "rows", "check", "cells", "reported", "recomputed", "recomputed_lb", "recomputed_ub",
    "verdict", "words",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """The outcome of one check.

    Parameters
    ----------
    rows : tuple of str
        Keys of the rows that it concerns.
    check : str
        Key of `CHECKS`.
    cells : tuple of str
        Columns whose figures were held against each other; the reported one first.
    reported : str
        The figure under test as it stands.
    recomputed : Bounded or None
        What the other figures give, with the bounds that rounding leaves open.
    verdict : str
        Key of `VERDICTS`.
    words : str
        The outcome in a sentence.
    """

    rows: tuple[str, ...]
    check: str
    cells: tuple[str, ...]
    reported: str
    recomputed: Bounded | None
    verdict: str
    words: str


def tidy(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a table.

    Parameters
    ----------
    findings : iterable of Finding
        In any order.

    Returns
    -------
    DataFrame
        `COLUMNS`, ordered by `CHECKS`; `rows` and `cells` are tuples, `recomputed` with its
        bounds is missing where nothing can be computed.
    """
    places = {check: place for place, check in enumerate(CHECKS)}
    ordered = sorted(findings, key=lambda found: places[found.check])
    records = [
        (
            found.rows, found.check, found.cells, found.reported, *_numbers(found.recomputed),
            found.verdict, found.words,
        )
        for found in ordered
    ]  # fmt: skip
    frame = pd.DataFrame(records, columns=list(COLUMNS))
    numbers = ["recomputed", "recomputed_lb", "recomputed_ub"]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def span_text(number: Bounded) -> str:
    """Return a number with its bounds, where they differ in print.

    Parameters
    ----------
    number : Bounded
        The number.

    Returns
    -------
    str
        For example ``5.10 (4.87 to 5.34)``.
    """
    value, low, high = map(_text, (number.value, number.low, number.high))
    return value if low == high else f"{value} ({low} to {high})"


def _numbers(number: Bounded | None) -> tuple[float, float, float]:
    return (number.value, number.low, number.high) if number else (math.nan,) * 3


def _text(x: float) -> str:
    if math.isinf(x):
        return "−∞" if x < 0 else "∞"
    if x == round(x) or abs(x) >= 1000:
        text = f"{x + 0.0:,.0f}"
    elif abs(x) >= 0.095:
        text = f"{x:.2f}"
    else:
        text = f"{x:.4f}" if abs(x) >= 0.0001 else f"{x:.1e}"
    return text.replace("-", "−")
