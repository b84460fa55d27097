"""Numbers as they are printed: true minus signs, an en dash for what is not known."""

from __future__ import annotations

import pandas as pd

from umbrella_review.ledger import format_value

DASH = "–"


def number(value: object, decimals: int = 2) -> str:
    """Return a number with a fixed number of decimals.

    Parameters
    ----------
    value : float or missing
        The number.
    decimals : int, default 2
        Digits after the point.

    Returns
    -------
    str
        With groups of thousands and a true minus sign; an en dash where it is missing.
    """
    if pd.isna(value):  # type: ignore[call-overload]
        return DASH
    return format_value(float(value), decimals)  # type: ignore[arg-type]


def integer(value: object) -> str:
    """Return a whole number.

    Parameters
    ----------
    value : int, float or missing
        The number.

    Returns
    -------
    str
        With groups of thousands; an en dash where it is missing.
    """
    return number(value, 0)


def interval(estimate: object, lower: object, upper: object) -> str:
    """Return an estimate with its confidence interval.

    Parameters
    ----------
    estimate, lower, upper : float or missing
        An estimate and the ends of its confidence interval.

    Returns
    -------
    str
        For example ``0.25 (0.10, 0.40)``; the estimate alone where an end is missing.
    """
    if pd.isna(lower) or pd.isna(upper):  # type: ignore[call-overload]
        return number(estimate)
    # A no-break space keeps the two ends on one line where a column is narrow.
    return f"{number(estimate)} ({number(lower)},\N{NO-BREAK SPACE}{number(upper)})"


def p_text(p: object) -> str:
    """Return a computed p value with about two figures.

    Parameters
    ----------
    p : float or missing
        From 0 to 1.

    Returns
    -------
    str
        Two to four decimals, ``<0.0001`` below that; an en dash where it is missing.
    """
    if pd.isna(p):  # type: ignore[call-overload]
        return DASH
    value = float(p)  # type: ignore[arg-type]
    if value < 0.0001:
        return "<0.0001"
    decimals = 4 if value < 0.01 else 3 if value < 0.1 else 2
    return f"{value:.{decimals}f}"
