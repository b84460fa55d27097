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
        "circular": "Circular",
        "differs": "Differs",
        "partly": "Partly recomputable",
        "cannot": "Not recomputable",
    }
)


def by_topic(results: pd.DataFrame) -> pd.DataFrame:
    """Count published numbers by topic and by what became of them.

    Parameters
    ----------
    results : DataFrame
        As `umbrella_review.audit.reproduce.reproduce` gives it.

    Returns
    -------
    DataFrame
        Topics as index, in the order of the data; a column for each key of `LABELS`, and `All`.
    """
    counts = pd.crosstab(results["topic"], results["status"])
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
    status = results["status"]
    tested = status.isin(["reproduced", "differs"])
    groups = {
        "n_published": pd.Series(True, index=results.index),
        "n_reproduced": status == "reproduced",
        "n_circular": status == "circular",
        "n_differ": status == "differs",
        "n_tested": tested,
        "n_partly": status == "partly",
        "n_cannot": status == "cannot",
        "n_not_recomputed": status.isin(["partly", "cannot"]),
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
    reproduced = results[groups["n_reproduced"]]
    shares = {"share_reproduced": results, "share_of_tested": results[tested]}
    return values + [_share(name, reproduced, whole) for name, whole in shares.items()]


def summary_sentence(results: pd.DataFrame) -> str:
    """Say in one sentence what became of the published numbers.

    Parameters
    ----------
    results : DataFrame
        As `umbrella_review.audit.reproduce.reproduce` gives it.

    Returns
    -------
    str
        Every published number is counted once; circular ones are not counted as reproduced.
    """
    counts = results["status"].value_counts()
    n = {status: int(counts.get(status, 0)) for status in LABELS}
    return (
        f"Of {len(results)} published numbers, {n['reproduced']} are reproduced by a rule that "
        f"could have failed, {n['differs']} differ, {n['circular']} are circular and count as "
        f"neither, {n['partly']} can be recomputed in part, and {n['cannot']} not at all."
    )


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


def _share(name: str, part: pd.DataFrame, whole: pd.DataFrame) -> Value:
    share = percent(len(part), len(whole))
    ids = {"published_results": whole["result_id"]}
    return make_value(f"reproduction.{name}", share, rows=ids, unit="%", decimals=0)
