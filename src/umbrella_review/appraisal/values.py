"""What the appraisal found, as values to record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from umbrella_review.appraisal.amstar2 import RATINGS
from umbrella_review.appraisal.bounds import GROUPS
from umbrella_review.appraisal.ratings import ids_rated, rating_keys, weaknesses
from umbrella_review.counting import NOT_KNOWN, make_value, percent, slug
from umbrella_review.filters import rows_with
from umbrella_review.instrument import META_ANALYSIS_ITEMS
from umbrella_review.ledger import Value
from umbrella_review.review import Appraisal
from umbrella_review.words import enumerate_words

TOPIC = "quality"
_BEST_LOW = "low"  # the best of the ratings that the shares of low quality take in


def rating_values(
    amstar2: pd.DataFrame, reviews: pd.DataFrame, bases: Mapping[str, Sequence[str]]
) -> list[Value]:
    """Return how many reviews have each rating, by question too, and how it is known.

    Parameters
    ----------
    amstar2, reviews : DataFrame
        The tables of these names, with the same reviews.
    bases : mapping of str to sequence of str
        Word for the value id, and the values of `rating_basis` that it stands for.

    Returns
    -------
    list of Value
        Counts, and the share of low ratings in percent, with the ids of the reviews; the
        numbers of critically low ratings end in the question.
    """
    keys = rating_keys(amstar2)
    low = ids_rated(amstar2, _BEST_LOW)
    share = percent(len(low), len(amstar2))
    values = [
        _value(
            f"n_{rating}",
            [key for key, known in zip(keys.index, keys, strict=True) if known == (rating,)],
        )
        for rating in RATINGS
    ]
    values += [
        _value("n_low_or_critically_low", low),
        make_value(
            f"{TOPIC}.share_low_or_critically_low",
            share,
            unit="%",
            decimals=0,
            rows={"amstar2": low},
        ),
        _value("n_rating_known", amstar2.loc[amstar2["rating"].notna(), "review_id"]),
        _value("n_rating_open", amstar2.loc[amstar2["rating"].isna(), "review_id"]),
    ]
    values += [
        _value(f"n_{word}", amstar2.loc[rows_with(amstar2["rating_basis"], members), "review_id"])
        for word, members in bases.items()
    ]
    worst = amstar2.loc[amstar2["rating"] == RATINGS[0], "review_id"]
    for question in sorted({word for cell in reviews["questions"] for word in cell}):
        asked = reviews.loc[rows_with(reviews["questions"], [question]), "review_id"]
        values.append(_value(f"n_critically_low_{question}", worst[worst.isin(asked)]))
    return values


def weakness_values(items: pd.DataFrame) -> list[Value]:
    """Return the counts of weaknesses that are reported, by the items of the instrument.

    Parameters
    ----------
    items : DataFrame
        The table `amstar2_items`.

    Returns
    -------
    list of Value
        Counts and shares in percent; ids end in the numbers of the items. Items without a
        reported count are left out.
    """
    values = []
    for _, row in weaknesses(items).dropna(subset=["percent"]).iterrows():
        word, rows = slug(row["items"].replace(" and ", " ")), [row["item_group_id"]]
        facts = (("n_weak", row["n"], "reviews"), ("n_scored", row["n_scored"], "reviews"))
        values += [
            make_value(f"{TOPIC}.{name}_item_{word}", n, unit=unit, rows={"amstar2_items": rows})
            for name, n, unit in facts
        ]
        values.append(
            make_value(
                f"{TOPIC}.share_weak_item_{word}",
                row["percent"],
                unit="%",
                decimals=0,
                rows={"amstar2_items": rows},
            )
        )
    return values


def instrument_values(statements: pd.DataFrame, n_items: int) -> list[Value]:
    """Return how many items the review says the instrument has, and how many it has.

    Parameters
    ----------
    statements : DataFrame
        The table `amstar2_statements`, with the topics ``n_items``, ``n_critical_domains`` and
        ``n_noncritical_domains``.
    n_items : int
        Items of the instrument.

    Returns
    -------
    list of Value
        With the ids of the statements; the number of items is counted here and has none.
    """
    chosen = statements[statements["topic"].isin(("n_critical_domains", "n_noncritical_domains"))]
    rows = {"amstar2_statements": chosen["statement_id"].tolist()}
    numbers = chosen.set_index("topic")["value"].astype(int)
    return [
        make_value(f"{TOPIC}.n_items", n_items, unit="items"),
        make_value(f"{TOPIC}.n_domains_stated", int(numbers.sum()), unit="domains", rows=rows),
        *(
            make_value(f"{TOPIC}.{topic}_stated", number, unit="domains", rows=rows)
            for topic, number in numbers.items()
        ),
    ]


def protocol_values(appraisal: Appraisal, scored: pd.DataFrame) -> list[Value]:
    """Return what was agreed before the appraisal, and whether the reported numbers agree with it.

    Parameters
    ----------
    appraisal : Appraisal
        Choices of the protocol.
    scored : DataFrame
        As `umbrella_review.appraisal.trail.scored_counts` gives it.

    Returns
    -------
    list of Value
        Critical items and items on meta-analysis in words; domains whose reported number of
        reviews scored is the one that the types of review give, and all domains.
    """
    rows = {"amstar2_items": scored["item_group_id"].tolist()}
    agreeing = {"amstar2_items": scored.loc[scored["agrees"], "item_group_id"].tolist()}
    return [
        make_value(f"{TOPIC}.critical_items", _numbers(appraisal.critical_items)),
        make_value(f"{TOPIC}.meta_analysis_items", _numbers(META_ANALYSIS_ITEMS)),
        make_value(f"{TOPIC}.n_domains_counted", len(scored), unit="domains", rows=rows),
        make_value(
            f"{TOPIC}.n_domains_scored_agree",
            int(scored["agrees"].sum()),
            unit="domains",
            rows=agreeing,
        ),
    ]


def bound_values(
    scenarios: pd.DataFrame, items: pd.DataFrame, amstar2: pd.DataFrame
) -> list[Value]:
    """Return the bounds of the numbers of ratings.

    Parameters
    ----------
    scenarios : DataFrame
        As `umbrella_review.appraisal.scenarios.bound_scenarios` gives it.
    items, amstar2 : DataFrame
        The tables that they follow from, `amstar2_items` and `amstar2`.

    Returns
    -------
    list of Value
        The fewest and the most reviews of each kind; ids begin with ``quality.bound_`` and the
        scenario. ``not known`` where what is believed contradicts itself.
    """
    rows = {
        "amstar2_items": items["item_group_id"].tolist(),
        "amstar2": amstar2["review_id"].tolist(),
    }
    return [
        make_value(
            f"{TOPIC}.bound_{row['scenario']}_{group}_{end}",
            NOT_KNOWN if pd.isna(row[f"{group}_{end}"]) else int(row[f"{group}_{end}"]),
            unit="reviews",
            rows=rows,
        )
        for _, row in scenarios.iterrows()
        for group in GROUPS
        for end in ("min", "max")
    ]


def _numbers(items: Sequence[int]) -> str:
    return enumerate_words([str(item) for item in sorted(items)])


def _value(name: str, review_ids: Sequence[str] | pd.Series) -> Value:
    ids = list(review_ids)
    return make_value(f"{TOPIC}.{name}", len(ids), unit="reviews", rows={"amstar2": ids})
