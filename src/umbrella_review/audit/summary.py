"""How many published numbers were reproduced, by topic, and the values that the text cites."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from umbrella_review.counting import ALL, count_rows, make_value, percent, slug
from umbrella_review.ledger import Value
from umbrella_review.review import Review

LABELS = MappingProxyType(
    {
        "reproduced": "Reproduced",
        "circular": "Reproduced, but circular",
        "differs": "Differs",
        "partly": "Partly recomputable",
        "cannot": "Not recomputable",
    }
)


def verdicts(results: pd.DataFrame) -> pd.Series:
    """Return one of the keys of `LABELS` for each recomputed number.

    Parameters
    ----------
    results : DataFrame
        As `umbrella_review.audit.reproduce.reproduce` gives it.

    Returns
    -------
    Series of str
        With the index of `results`.
    """
    return results["status"].mask(results["circular"], "circular")


def by_topic(results: pd.DataFrame) -> pd.DataFrame:
    """Count verdicts by topic.

    Parameters
    ----------
    results : DataFrame
        As `umbrella_review.audit.reproduce.reproduce` gives it.

    Returns
    -------
    DataFrame
        Topics as index, in the order of the data; a column for each key of `LABELS`, and `All`.
    """
    counts = pd.crosstab(results["topic"], verdicts(results))
    counts = counts.reindex(index=results["topic"].unique(), columns=list(LABELS), fill_value=0)
    counts.index.name, counts.columns.name = "topic", None
    return counts.assign(**{ALL: counts.sum(axis=1)})


def reproduction_values(results: pd.DataFrame) -> list[Value]:
    """Return the counts of published numbers by what became of them.

    Parameters
    ----------
    results : DataFrame
        As `umbrella_review.audit.reproduce.reproduce` gives it.

    Returns
    -------
    list of Value
        Counts and shares, with the ids of the published numbers.
    """
    shown = verdicts(results)
    independent = shown == "reproduced"
    groups = {
        "n_published": pd.Series(True, index=results.index),
        "n_reproduced": results["status"] == "reproduced",
        "n_independent": independent,
        "n_circular": shown == "circular",
        "n_differ": shown == "differs",
        "n_partly": shown == "partly",
        "n_cannot": shown == "cannot",
        "n_not_recomputed": shown.isin(["partly", "cannot"]),
    }
    values = [
        count_rows(
            f"reproduction.{name}",
            results[rows],
            table="published_results",
            unit="published numbers",
        )
        for name, rows in groups.items()
    ]
    shares = {"share_reproduced": groups["n_reproduced"], "share_independent": independent}
    return values + [_share(name, results, rows) for name, rows in shares.items()]


def contradiction_values(contradictions: pd.DataFrame, review: Review) -> list[Value]:
    """Return the counts of contradictions, in all, recomputed, and by kind.

    Parameters
    ----------
    contradictions : DataFrame
        As `umbrella_review.audit.contradictions.recompute` gives it.
    review : Review
        Its words list the kinds.

    Returns
    -------
    list of Value
        With the ids of the contradictions.
    """
    groups = {
        "n_contradictions": pd.Series(True, index=contradictions.index),
        "n_contradictions_recomputed": contradictions["recomputed"] != "",
        **{
            f"n_contradictions_{slug(kind)}": contradictions["kind"] == kind
            for kind in review.vocabulary("contradiction_kind")
        },
    }
    return [
        count_rows(
            f"reproduction.{name}",
            contradictions[rows],
            table="contradictions",
            unit="contradictions",
        )
        for name, rows in groups.items()
    ]


def _share(name: str, results: pd.DataFrame, rows: pd.Series) -> Value:
    share = percent(int(rows.sum()), len(results))
    ids = {"published_results": results["result_id"]}
    return make_value(f"reproduction.{name}", share, rows=ids, unit="%", decimals=0)
