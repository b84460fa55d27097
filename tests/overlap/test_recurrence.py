from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from umbrella_review.load import load_table
from umbrella_review.overlap import known
from umbrella_review.overlap.recurrence import area_bounds, inclusion_bounds, recurrence, spans
from umbrella_review.overlap.values import area_values, known_values, recurrence_values
from umbrella_review.paths import Project
from umbrella_review.tables import overlap as tables
from umbrella_review.tables.citation import short_names

PROJECT = Project(Path(__file__).parents[2])


@pytest.fixture(scope="module")
def reported(review) -> pd.DataFrame:
    return load_table(PROJECT, "reported_overlap", review)


@pytest.fixture(scope="module")
def citations(review) -> pd.DataFrame:
    return load_table(PROJECT, "citations", review)


def facts(*rows: tuple[str, int | None, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["fact", "n_reviews", "n_studies"])


def test_what_the_reported_counts_leave_over_lies_between_them(reported):
    counts = recurrence(reported, 35)
    assert counts.to_numpy().tolist() == [
        [1, 1, 300, False],
        [2, 2, 72, False],
        [3, 3, 18, False],
        [4, 8, 35, True],
        [9, 9, 1, False],
    ]
    assert spans(counts) == ["1", "2", "3", "4 to 8", "9"]
    assert inclusion_bounds(counts) == (647, 787)


def test_without_a_maximum_a_study_can_stand_in_every_review():
    counts = recurrence(facts(("total", None, 10), ("recurrence", 1, 7)), 4)
    assert counts.iloc[-1].tolist() == [2, 4, 3, True]


def test_a_full_distribution_leaves_nothing_over():
    counts = recurrence(facts(("total", None, 3), ("recurrence", 1, 2), ("maximum", 2, 1)), 4)
    assert not counts["derived"].any()
    assert inclusion_bounds(counts) == (4, 4)


@pytest.mark.parametrize(
    "rows",
    [
        [("total", None, 2), ("recurrence", 1, 3)],
        [("total", None, 9), ("recurrence", 1, 3), ("maximum", 2, 1)],
    ],
)
def test_counts_that_cannot_be_are_refused(rows):
    with pytest.raises(ValueError, match="cannot agree with the total"):
        recurrence(facts(*rows), 4)


def test_a_missing_total_is_named():
    with pytest.raises(ValueError, match="'total'"):
        recurrence(facts(("recurrence", 1, 3)), 4)


def test_bounds_of_the_covered_area(reported, reviews):
    bounds = area_bounds(recurrence(reported, len(reviews)), reviews).set_index("basis")
    first = bounds.loc["reported"]
    assert (first["lowest"], first["highest"]) == (647, 787)
    assert first["area_lowest"] == pytest.approx(1.53, abs=0.005)
    assert first["area_highest"] == pytest.approx(2.49, abs=0.005)
    assert (first["pieper"], first["groove"]) == ("slight", "slight")
    assert bounds.loc["own_counts", "lowest"] == 691
    assert bounds["possible"].all()


def test_values_agree_with_the_article(reported, reviews):
    counts = recurrence(reported, len(reviews))
    bounds = area_bounds(counts, reviews)
    recorded = [
        *recurrence_values(counts, reported),
        *area_values(bounds, reported, reviews, "pieper"),
    ]
    texts = {value.value_id.removeprefix("overlap."): value.text for value in recorded}
    expected = {
        "n_studies": "426",
        "n_in_1": "300",
        "share_in_1": "70",
        "n_in_several": "126",
        "n_in_more_than_listed": "36",
        "n_rest": "35",
        "rest_lowest": "4",
        "rest_highest": "8",
        "maximum": "9",
        "n_at_maximum": "1",
        "inclusions_lowest": "647",
        "inclusions_highest": "787",
        "cca_lowest": "1.53",
        "cca_highest": "2.49",
        "band": "slight",
        "band_groove": "slight",
        "own_counts_sum": "691",
        "own_counts_known": "26",
        "inclusions_left": "96",
    }
    assert {name: texts[name] for name in expected} == expected


def test_known_lists_tell_complete_from_partial(citations, reviews):
    lists = known.known_lists(citations, reviews).set_index("review_id")
    assert lists["n_known"].to_dict() == {
        "white_2020": 19,
        "chien_2019": 4,
        "lloyd_evans_2014": 4,
        "huang_2020": 3,
        "pitt_2013": 3,
    }
    assert lists.index[lists["complete"]].tolist() == ["white_2020"]
    assert lists["n_known"].sum() == 33


def test_shared_studies_are_lower_bounds_on_the_reviews_own_counts(citations, reviews):
    stated = citations[citations["certainty"] == known.STATED]
    first = known.known_pairs(stated, reviews).iloc[0]
    assert {first["review_a"], first["review_b"]} == {"white_2020", "pitt_2013"}
    assert first["shared"] == ("Clarke 2000", "Craig 2004")
    assert first["covered_area"] == pytest.approx(2 / (19 + 11 - 2))
    assert first["n_impossible"] == 8  # trials from 2014 on, after the review of 2013
    assert first["covered_area_possible"] == pytest.approx(2 / (19 + 11 - 2 - 8))


def test_a_cell_is_empty_only_where_the_list_is_complete(citations, reviews):
    cells = known.matrix_cells(citations, reviews)
    assert set(cells.loc[cells["state"] == "absent", "review_id"]) == {"white_2020"}
    assert (cells["state"].isin(["stated", "probable", "reference_list_only"])).sum() == 33
    assert len(cells) == 5 * citations["study_id"].nunique()


def test_nothing_known_is_no_error(citations, reviews):
    none = citations.head(0)
    lists, pairs = known.known_lists(none, reviews), known.known_pairs(none, reviews)
    values = known_values(lists, pairs, none, none, short_names(reviews))
    texts = {value.value_id: value.text for value in values}
    assert texts["overlap.n_lists_not_known"] == "35"
    assert texts["overlap.shared_most_reviews"] == "none"


def test_tables_show_unknown_lists_as_unknown(citations, reviews, reported, review):
    lists = known.known_lists(citations, reviews)
    view = tables.known_lists_table(lists, citations, reviews, review.vocabulary("certainty"))
    last = view.frame.iloc[-1]
    assert [len(row["reviews"]) for row in view.rows] == [*[1] * len(lists), 30]
    assert [len(row.get("citations", ())) for row in view.rows] == [*lists["n_known"], 0]
    assert last["Review"] == "30 other reviews"
    assert (last["Stated"], last["List"]) == ("–", "Not known")
    shared = tables.shared_evidence_table(reported, reviews).frame
    assert shared["Outcome"].tolist() == ["Hope at follow-up", "Quality of life at follow-up"]
    counts = recurrence(reported, len(reviews))
    table = tables.recurrence_table(counts, reported)
    assert table.frame["Primary studies"].astype(int).sum() == 426
    # What is left over comes of every reported count; each other row of its own and the total.
    assert table.rows[0]["reported_overlap"] == ("ov01", "ov02")
    left_over = [len(row["reported_overlap"]) for row in table.rows if counts["derived"].any()]
    assert sorted(left_over)[-2:] == [2, len(counts)]
    bounds = tables.bounds_table(area_bounds(counts, reviews), reported).frame
    assert bounds["Inclusions"].tolist() == ["647 to 787", "691 to 787"]
    assert bounds["Corrected covered area (%)"].tolist()[0] == "1.53 to 2.49"
    assert bounds.iloc[0, -2:].to_dict() == {"Band (Pieper)": "Slight", "Band (GROOVE)": "Slight"}
    stated = citations[citations["certainty"] == known.STATED]
    pair = tables.pairs_table(known.known_pairs(stated, reviews).head(1), stated, reviews)
    assert len(pair.rows[0]["citations"]) == 19 + 3
    pair = pair.frame.iloc[0]
    assert pair["Known studies"] == "19 of 19 and 3 of 11"
    assert pair["Shared, at least"] == "2: Clarke 2000; Craig 2004"
    assert pair["Covered area, at least"] == "7.1% (Pieper: moderate; GROOVE: moderate)"
    assert pair["Covered area without these, at least"] == "10.0% (Pieper: moderate; GROOVE: high)"
    assert tables.area_cell(float("nan")) == "–"
