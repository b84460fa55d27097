from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from umbrella_review.appraisal import ratings
from umbrella_review.appraisal.adaptations import items_not_scored
from umbrella_review.appraisal.scenarios import bound_scenarios, n_without_critical
from umbrella_review.appraisal.screening import screening_values
from umbrella_review.appraisal.trail import review_trails, scored_counts
from umbrella_review.appraisal.values import (
    bound_values,
    instrument_values,
    protocol_values,
    rating_values,
    weakness_values,
)
from umbrella_review.instrument import N_ITEMS
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


def test_reviews_scored_follow_from_the_types_of_review(tables, review):
    left_out = items_not_scored(tables["reviews"], review.appraisal)
    scored = scored_counts(tables["amstar2_items"], left_out, tables["reviews"])
    assert scored["agrees"].all()
    assert sorted(scored["expected"]) == [13, 29, 35, 35, 35, 35]
    fewer = scored_counts(tables["amstar2_items"], left_out, tables["reviews"].iloc[1:])
    assert not fewer["agrees"].all()


def test_the_counts_bound_the_ratings(tables, review):
    amstar2, items = tables["amstar2"], tables["amstar2_items"]
    scenarios = bound_scenarios(
        amstar2,
        items,
        items_not_scored(tables["reviews"], review.appraisal),
        critical=review.appraisal.critical_items,
        n_without=n_without_critical(tables["amstar2_statements"]),
        read=BASES["read"],
        by_sentence=BASES["from_sentence"],
    ).set_index("scenario")
    # By hand: if c reviews have two weaknesses or more, the other 35 - c hold at least the
    # 21 - c and 28 - c weaknesses of items 2 and 7 that do not fit into the c, one each. So
    # 49 - 2c <= 35 - c, and <= 34 - c where one review has none: c is 14, or 15, at least.
    assert scenarios["critically_low_min"].tolist() == [14, 15, 15, 23, 0]
    assert scenarios["critically_low_max"].tolist() == [35, 34, 32, 32, 16]
    assert scenarios.loc[
        "total", ["no_critical_weakness_min", "no_critical_weakness_max"]
    ].tolist() == [1, 1]
    values = {v.value_id: v.text for v in bound_values(scenarios.reset_index(), items, amstar2)}
    assert values["quality.bound_read_critically_low_max"] == "32"
    view = quality.rating_bounds_table(scenarios.reset_index())
    assert view.frame["Critically low"].tolist() == [
        "14 to 35", "15 to 34", "15 to 32", "23 to 32", "0 to 16",
    ]  # fmt: skip


def test_ratings_that_contradict_the_counts_are_shown_as_such(tables, review):
    amstar2 = tables["amstar2"].assign(
        rating="high", possible_ratings=[("high",)] * len(tables["amstar2"])
    )
    items = tables["amstar2_items"]
    scenarios = bound_scenarios(
        amstar2, items, items_not_scored(tables["reviews"], review.appraisal),
        critical=review.appraisal.critical_items, n_without=None,
        read=BASES["read"], by_sentence=BASES["from_sentence"],
    )  # fmt: skip
    assert scenarios["feasible"].tolist() == [True, True, False, False, False]
    view = quality.rating_bounds_table(scenarios)
    assert view.frame["Low"].tolist()[3] == "–"
    assert "contradicts itself" in view.notes[-1]
    texts = {v.value_id: v.text for v in bound_values(scenarios, items, amstar2)}
    assert texts["quality.bound_all_low_min"] == "not known"


def test_totals_that_are_not_stated_are_not_known(tables):
    statements = tables["amstar2_statements"]
    assert n_without_critical(statements) == 1
    assert n_without_critical(statements[statements["topic"] != "total_moderate"]) is None


def test_the_protocol_in_words(tables, review):
    scored = pd.DataFrame({"item_group_id": ["a", "b"], "agrees": [True, False]})
    texts = {v.value_id: v.text for v in protocol_values(review.appraisal, scored)}
    assert texts == {
        "quality.critical_items": "2, 4, 7, 9, 11, 13 and 15",
        "quality.meta_analysis_items": "11, 12 and 15",
        "quality.n_domains_counted": "2",
        "quality.n_domains_scored_agree": "1",
    }


def test_a_published_rating_is_held_against_the_answers(reviews, tables, review):
    answers = pd.DataFrame({"review_id": "chien_2019", "item": [2, 7], "answer": "no"})
    trails = review_trails(reviews, tables["amstar2"], review.appraisal, answers)
    row = trails.set_index("review_id").loc["chien_2019"]
    assert (row["computed"], row["verdict"], row["steps"]) == (("critically_low",), "differs", 3)
    view = quality.review_trails_table(trails, tables["amstar2"], reviews, review)
    assert view.notes == []


def test_reported_agreement_of_screeners(review):
    flow = load_table(PROJECT, "selection_flow", review)
    texts = {value.value_id: value.text for value in screening_values(flow)}
    assert texts["selection.ac1_min_title_abstract"] == "0.87"
    assert texts["selection.kappa_max_full_text"] == "0.73"
    assert len(texts) == 8
    assert screening_values(flow.iloc[:0]) == []


def test_tables_name_every_review_and_every_domain(tables, labels, review):
    appraisal = review.appraisal
    trails = review_trails(tables["reviews"], tables["amstar2"], appraisal)
    each = quality.review_trails_table(trails, tables["amstar2"], tables["reviews"], review)
    assert len(each.frame) == 35
    known = each.frame.set_index("Review").rename(lambda name: name.rpartition("@")[2].rstrip("]"))
    assert known.loc["ong_2022"].tolist() == [
        "11, 12, 15",
        "9",
        "1, 2, 8",
        "2 to 4 of 4",
        "Critically low",
        "Follows from the statements on all RQ2 and all RQ3 reviews",
    ]
    assert known.loc["chien_2019"].tolist()[:5] == ["–", "–", "–", "0 of 7", "High"]
    assert known.loc["bassuk_2016", "Critical weaknesses"] == "1 to 5 of 5"
    assert "No answer to an item is published" in each.notes[0]
    weak = quality.weaknesses_table(ratings.weaknesses(tables["amstar2_items"]))
    assert weak.frame["Share (%)"].tolist() == ["80", "60", "37", "34", "31", "–"]
    counts = ratings.rating_counts(tables["amstar2"], labels, BASES)
    counted = quality.rating_counts_table(counts, tables["amstar2"], labels)
    assert counted.frame["All"].tolist() == ["1", "0", "2", "23", "9"]
    assert [len(row.get("amstar2", ())) for row in counted.rows] == [1, 0, 2, 23, 9]
    rows = tables["amstar2_statements"]
    rows = rows[rows["topic"].str.startswith("adapted_item")]
    assert quality.statements_table(rows).frame["Items"].tolist() == ["1", "2", "8", "9"]
