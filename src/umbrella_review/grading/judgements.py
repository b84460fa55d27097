"""Judgements on rows of a table, drawn together for a study or a factor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from umbrella_review.grading.arrays import Array
from umbrella_review.grading.evidence import NAN

_GRAVITY = ("no", "serious", "very serious")


def low_share(judgements: Sequence[str], weight: Array) -> float:
    """Return the share of the weight at low risk in percent; NaN where any is not judged.

    Parameters
    ----------
    judgements : sequence of str
        Of the studies; empty where one was not judged.
    weight : ndarray
        Weights of the studies.

    Returns
    -------
    float
        Between 0 and 100.
    """
    if not all(judgements):
        return NAN
    low = np.array([one == "low" for one in judgements])
    return float(100 * weight[low].sum() / weight.sum())


def worst(judgements: Sequence[str]) -> str:
    """Return the worst judgement of the rows of a study; empty where one is missing.

    Parameters
    ----------
    judgements : sequence of str
        ``low``, ``unclear``, ``high`` or empty.

    Returns
    -------
    str
        One of them.
    """
    return next((word for word in ("", "high", "unclear") if word in judgements), "low")


def gravest(words: Sequence[str]) -> str | None:
    """Return the gravest indirectness of a factor; None where a row has none.

    Parameters
    ----------
    words : sequence of str
        ``no``, ``serious``, ``very serious`` or empty.

    Returns
    -------
    str or None
        One of them.
    """
    known = [_GRAVITY.index(word) for word in words if word]
    return _GRAVITY[max(known)] if len(known) == len(words) else None


def least(scores: Sequence[float]) -> float:
    """Return the lowest score that is known; NaN where none is.

    Parameters
    ----------
    scores : sequence of float
        NaN where not known.

    Returns
    -------
    float
        One of them.
    """
    known = [score for score in scores if not np.isnan(score)]
    return float(min(known)) if known else NAN
