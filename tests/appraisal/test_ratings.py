from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from umbrella_review.appraisal import ratings
from umbrella_review.appraisal.amstar2 import N_ITEMS
from umbrella_review.appraisal.values import instrument_values, rating_values, weakness_values
from umbrella_review.load import load_table
from umbrella_review.paths import Project
from umbrella_review.tables import quality

PROJECT = Project(Path(__file__).parents[2])
BASES = {
    "read": ["table_1", "table_2", "table_3", "table_4"],
    "from_sentence": ["rq2_group_statement", "rq3_group_statement", "rq2_rq3_group_statement"],
    "not_found": ["not_found"],
}


@pytest.fixture(scope="module")
def labels(review) -> dict[str, str]:
    return dict(review.vocabulary("rating"))


@pytest.fixture(scope="module")
def tables(review) -> dict[str, pd.DataFrame]:
    names = ("reviews", "amstar2", "amstar2_items", "amstar2_statements")
    return {name: load_table(PROJECT, name, review) for name in names}


def test_ratings_by_basis(tables, labels):
    counts = ratings.rating_counts(tables["amstar2"], labels, BASES).set_index("label")
    assert counts[["read", "from_sentence", "not_found", "All"]].to_numpy().tolist() == [
        [1, 0, 0, 1],
        [0, 0, 0, 0],
        [2, 0, 0, 2],
        [7, 16, 0, 23],
        [0, 0, 9, 9],
    ]
    assert counts.index.tolist()[-1] == "Low or critically low"
    assert counts["rating"].tolist()[-1] == "not_known"


def test_a_basis_of_no_kind_is_refused(tables, labels):
    with pytest.raises(ValueError, match="not_found"):
        ratings.rating_counts(
            tables["amstar2"], labels, {"read": BASES["read"] + BASES["from_sentence"]}
        )


def test_no_review_gives_rows_of_zeros(tables, labels):
    counts = ratings.rating_counts(tables["amstar2"].head(0), labels, BASES)
    assert counts["All"].tolist() == [0, 0, 0, 0]


def test_ids_rated_takes_in_only_what_is_certain():
    amstar2 = pd.DataFrame(
        {
            "review_id": ["a", "b", "c", "d"],
            "rating": ["low", None, None, "high"],
            "possible_ratings": [
                ("low",),
                ("low", "critically_low"),
                ("low", "moderate"),
                ("high",),
            ],
        }
    )
    assert ratings.ids_rated(amstar2, "low") == ["a", "b"]
    assert ratings.ids_rated(amstar2, "moderate") == ["a", "b", "c"]


def test_weaknesses_are_shares_of_the_reviews_scored(tables):
    frame = ratings.weaknesses(tables["amstar2_items"]).set_index("items")
    assert frame["n"].dropna().to_dict() == {"7": 28, "2": 21, "13": 13, "9": 10, "11 and 15": 4}
    assert frame.loc["9", "percent"] == pytest.approx(100 * 10 / 29)
    assert pd.isna(frame.loc["4", "percent"])
    assert frame["percent"].dropna().is_monotonic_decreasing


def test_the_rule_is_printed_as_it_is_evaluated(labels):
    assert ratings.rating_rule(labels).to_numpy().tolist() == [
        ["High", "0", "0 or 1"],
        ["Moderate", "0", "2 or more"],
        ["Low", "1", "any number"],
        ["Critically low", "2 or more", "any number"],
    ]


def test_values_agree_with_the_article(tables):
    recorded = [
        *rating_values(tables["amstar2"], tables["reviews"], BASES),
        *weakness_values(tables["amstar2_items"]),
        *instrument_values(tables["amstar2_statements"], N_ITEMS),
    ]
    texts = {value.value_id.removeprefix("quality."): value.text for value in recorded}
    assert len(texts) == len(recorded)
    expected = {
        "n_high": "1",
        "n_moderate": "0",
        "n_low_or_critically_low": "34",
        "share_low_or_critically_low": "97",
        "n_critically_low_rq2": "9",
        "n_critically_low_rq3": "11",
        "n_read": "10",
        "n_from_sentence": "16",
        "n_not_found": "9",
        "n_weak_item_2": "21",
        "n_scored_item_9": "29",
        "n_weak_item_11_15": "4",
        "share_weak_item_7": "80",
        "n_items": "16",
        "n_domains_stated": "13",
    }
    assert {name: texts[name] for name in expected} == expected


def test_tables_name_every_review_and_every_domain(tables, labels, review):
    each = quality.review_ratings_table(tables["amstar2"], tables["reviews"], review)
    assert len(each.frame) == 35
    assert not each.frame.isna().any().any()
    weak = quality.weaknesses_table(ratings.weaknesses(tables["amstar2_items"]))
    assert weak.frame["Share (%)"].tolist() == ["80", "60", "37", "34", "31", "–"]
    counts = ratings.rating_counts(tables["amstar2"], labels, BASES)
    assert quality.rating_counts_table(counts).frame["All"].tolist() == ["1", "0", "2", "23", "9"]
    rows = tables["amstar2_statements"]
    rows = rows[rows["topic"].str.startswith("adapted_item")]
    assert quality.statements_table(rows).frame["Items"].tolist() == ["1", "2", "8", "9"]
