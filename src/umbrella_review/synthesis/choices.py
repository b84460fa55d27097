"""How far the conclusion of each analysis hangs on choices of its synthesis."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from umbrella_review.multiverse.evaluate import Models
from umbrella_review.multiverse.flips import counts, flip_words, summary, with_flips
from umbrella_review.multiverse.grid import leave_out_axis
from umbrella_review.multiverse.table import specifications

LEFT_OUT = "study left out"
METHODS, TESTS = ("REML", "DL", "PM", "FE"), ("z", "knha")
#: Prediction intervals by the names that they have in tables of models.
PREDICTIONS = {"pi": "metafor", "pi_riley": "t_k2"}


def choices_summary(
    studies: pd.DataFrame, method: str = "REML", test: str = "z", prediction: str = "pi"
) -> pd.DataFrame:
    """Pool each analysis under every combination of choices.

    Parameters
    ----------
    studies : DataFrame
        With `analysis`, `study`, `yi` and `vi`, as ``tidy("studies")`` gives them.
    method, test, prediction : str
        The choices that others are compared with: an estimator and a test of
        `umbrella_review.pooling`, and a key of `PREDICTIONS`. The others are those of `METHODS`,
        `TESTS` and `PREDICTIONS`.

    Returns
    -------
    DataFrame
        One row an analysis: `analysis`, `n` specifications (every combination, with all studies
        and without each), `lowest` and `highest` estimate, `n_significant`, and `flips`, in
        words.
    """
    models = Models(
        _first(method, METHODS),
        _first(test, TESTS),
        _first(PREDICTIONS[prediction], PREDICTIONS.values()),
    )
    rows = []
    for analysis, group in studies.groupby("analysis", sort=False):
        places = pd.Series([str(place) for place in range(len(group))], index=group.index)
        axis = leave_out_axis(LEFT_OUT, places, _labels(group["study"], places))
        found = with_flips(specifications(group, [axis], models))
        number = counts(found)
        rows.append(
            {
                "analysis": analysis,
                "n": number.n,
                "lowest": found["estimate"].min(),
                "highest": found["estimate"].max(),
                "n_significant": number.n_significant,
                "flips": flip_words(summary(found)),
            }
        )
    return pd.DataFrame(rows)


def _first(chosen: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the words with the chosen one first, whether it is among them or not."""
    return tuple(dict.fromkeys((chosen, *words)))


def _labels(names: pd.Series, places: pd.Series) -> dict[str, str]:
    """Return the names of the studies by place; those of one name are told apart."""
    count = names.groupby(names).cumcount()
    told = names.where(count.eq(0), names + " " + count.add(1).astype(str))
    return dict(zip(places, told, strict=True))
