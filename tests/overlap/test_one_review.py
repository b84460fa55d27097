from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.appraisal.amstar2 import RATINGS
from umbrella_review.load import load_table
from umbrella_review.overlap.one_review import ALL, RULES, choices, one_review_per_outcome

IDS = ("a", "b", "c", "d")
GROUPS = st.sampled_from(["x", "y", None])
NUMBERS = st.none() | st.integers(1, 3)
ROWS = st.lists(st.tuples(GROUPS, st.sampled_from(IDS), NUMBERS, NUMBERS), min_size=1, max_size=12)
YEARS = st.lists(NUMBERS, min_size=4, max_size=4)
POSSIBLE = st.lists(st.lists(st.sampled_from(RATINGS), unique=True), min_size=4, max_size=4)
ANY_RULE = st.sampled_from(RULES)


def results(rows: list[tuple]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["outcome", "review_id", "n_participants", "k"])
    return frame.astype({"n_participants": "Int64", "k": "Int64"})


def years(*numbers: int | None) -> pd.DataFrame:
    return pd.DataFrame(
        {"review_id": IDS[: len(numbers)], "year": pd.array(list(numbers), dtype="Int64")}
    )


def rated(*possible: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "review_id": IDS[: len(possible)],
            "rating": [words[0] if len(words) == 1 else np.nan for words in possible],
            "possible_ratings": pd.Series([tuple(words) for words in possible], dtype=object),
        }
    )


def chosen(rows: list[tuple], rule: str, reviews: pd.DataFrame, ratings: pd.DataFrame):
    choice = choices(results(rows), ["outcome"], rule, reviews, ratings).iloc[0]
    return choice["review_id"], choice["decided_by"], choice["reason"], choice["runners_up"]


NO_RATING = rated((), (), (), ())


def test_the_latest_review_wins_and_a_missing_year_never_does():
    rows = [("x", "a", 9, 9), ("x", "b", 1, 1), ("x", "c", None, None)]
    assert chosen(rows, "latest", years(2020, 2022, None), NO_RATING) == (
        "b",
        "year",
        "year 2022 against 2020",
        ("a", "c"),
    )


def test_the_largest_review_has_the_most_participants_in_one_result():
    rows = [("x", "a", 60, 2), ("x", "a", 60, 2), ("x", "b", 100, 1), ("x", "c", None, 40)]
    assert chosen(rows, "largest", years(2020, 2010, 2022), NO_RATING) == (
        "b",
        "participants",
        "participants 100 against 60",
        ("a", "c"),
    )


def test_studies_decide_where_participants_do_not():
    rows = [("x", "a", None, 3), ("x", "b", None, 4)]
    found = chosen(rows, "largest", years(2020, 2010), NO_RATING)
    assert found[:3] == ("b", "studies", "studies 4 against 3")


def test_what_is_known_wins_against_what_is_not():
    rows = [("x", "a", None, 30), ("x", "b", 5, None)]
    found = chosen(rows, "largest", years(2020, 2010), NO_RATING)
    assert found[:3] == ("b", "participants", "participants 5 against not known")


def test_an_open_rating_counts_as_its_worst():
    rows = [("x", "a", 9, 9), ("x", "b", 1, 1)]
    ratings = rated(("high", "critically_low"), ("low",))
    assert chosen(rows, "best_rated", years(2022, 2010), ratings)[:3] == (
        "b",
        "rating",
        "rating low against critically low",
    )


def test_no_rating_at_all_yields_to_the_lowest():
    rows = [("x", "a", 9, 9), ("x", "b", 1, 1)]
    ratings = rated((), ("critically_low",))
    assert chosen(rows, "best_rated", years(2022, 2010), ratings)[0] == "b"


def test_equal_ratings_are_told_apart_by_year_then_size_then_name():
    equal = rated(("low",), ("low",))
    rows = [("x", "b", 9, 9), ("x", "a", 8, 9)]
    assert chosen(rows, "best_rated", years(2010, 2012), equal)[:2] == ("b", "year")
    assert chosen(rows, "best_rated", years(2010, 2010), equal)[:2] == ("b", "participants")
    same = [("x", "b", 9, 9), ("x", "a", 9, 9)]
    assert chosen(same, "best_rated", years(2010, 2010), equal)[:2] == ("a", "review_id")


def test_a_row_without_a_review_is_chosen_by_no_rule():
    rows = results([("x", None, 9, 9), ("x", "a", 1, 1), ("y", None, 1, 1)])
    for rule in RULES:
        keep = one_review_per_outcome(rows, ["outcome"], rule, years(2020), NO_RATING)
        assert keep.tolist() == [False, True, False]
    assert one_review_per_outcome(rows, ["outcome"], ALL, years(2020), NO_RATING).all()


def test_a_rule_that_does_not_exist_is_named():
    for function in (one_review_per_outcome, choices):
        with pytest.raises(ValueError, match="'newest'; there are all, latest"):
            function(results([("x", "a", 1, 1)]), ["outcome"], "newest", years(2020), NO_RATING)


@given(ROWS, YEARS, POSSIBLE, ANY_RULE)
def test_each_group_keeps_one_review_with_all_its_rows(rows, numbers, possible, rule):
    frame, reviews, ratings = results(rows), years(*numbers), rated(*map(tuple, possible))
    keep = one_review_per_outcome(frame, ["outcome"], rule, reviews, ratings)
    kept = frame[keep].groupby("outcome", dropna=False)["review_id"].unique()
    assert kept.map(len).eq(1).all()
    assert len(kept) == frame["outcome"].nunique(dropna=False)
    pairs = set(zip(frame["outcome"], frame["review_id"], strict=True))
    kept_pairs = set(zip(frame[keep]["outcome"], frame[keep]["review_id"], strict=True))
    assert not kept_pairs & set(
        zip(frame[~keep]["outcome"], frame[~keep]["review_id"], strict=True)
    )
    listed = choices(frame, ["outcome"], rule, reviews, ratings)
    assert set(zip(listed["outcome"], listed["review_id"], strict=True)) == kept_pairs
    assert listed["n_reviews"].sum() == len(pairs)


@given(
    ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(range(len(rows))))),
    YEARS,
    POSSIBLE,
    ANY_RULE,
)
def test_the_order_of_rows_does_not_matter(both, numbers, possible, rule):
    rows, order = both
    frame, reviews, ratings = results(rows), years(*numbers), rated(*map(tuple, possible))
    keep = one_review_per_outcome(frame, ["outcome"], rule, reviews, ratings)
    again = one_review_per_outcome(frame.iloc[order], ["outcome"], rule, reviews, ratings)
    pd.testing.assert_series_equal(again.sort_index(), keep)


def test_the_index_of_the_results_is_kept():
    frame = results([("x", "a", 1, 1), ("x", "b", 2, 1), ("x", None, 3, 1)]).set_axis([7, 7, 8])
    keep = one_review_per_outcome(frame, ["outcome"], "largest", years(2020, 2010), NO_RATING)
    assert keep.tolist() == [False, True, False]
    assert keep.index.tolist() == [7, 7, 8]


def test_no_result_is_no_error():
    frame = results([])
    assert one_review_per_outcome(frame, ["outcome"], "latest", years(2020), NO_RATING).empty
    assert choices(frame, ["outcome"], "latest", years(2020), NO_RATING).empty


def test_on_the_data_of_the_project(project, review, reviews):
    estimates = load_table(project, "estimates", review)
    amstar2 = load_table(project, "amstar2", review)
    main = estimates[estimates["analysis_type"].eq("main")]
    by = ["outcome_group", "followup_class"]
    for rule in RULES:
        keep = one_review_per_outcome(main, by, rule, reviews, amstar2)
        assert main[keep].groupby(by)["review_id"].nunique().eq(1).all()
