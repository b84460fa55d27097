from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from umbrella_review.load import load_table
from umbrella_review.narrative.directions import by_review, first_results
from umbrella_review.narrative.harvest import harvest
from umbrella_review.paths import Project
from umbrella_review.review import Review

PROJECT = Project(Path(__file__).parents[1])
REVIEW = Review.read(PROJECT.review_file)
STATEMENTS, REVIEWS, AMSTAR2 = (
    load_table(PROJECT, name, REVIEW) for name in ("effect_directions", "reviews", "amstar2")
)
UNITS = first_results(by_review(STATEMENTS))
BARS = harvest(UNITS, REVIEWS, AMSTAR2)
CELL = ["outcome_group", "direction"]


def test_each_named_review_has_one_bar_an_outcome_and_synthesis() -> None:
    assert len(BARS) == UNITS["review_id"].notna().sum()
    assert not BARS.duplicated(["outcome_group", "synthesis", "review_id"]).any()


@pytest.mark.parametrize(
    ("review", "rating", "height", "n_studies"),
    [
        ("chien_2019", "high", 4, 13),
        ("lloyd_evans_2014", "low", 2, 18),
        ("huang_2020", "critically_low", 1, 10),
        ("white_2020", "not_known", 1, 19),  # low or critically low: the lower counts
    ],
)
def test_the_rating_is_the_height(review: str, rating: str, height: int, n_studies: int) -> None:
    bars = BARS[BARS["review_id"].eq(review)]
    assert set(bars["rating"]) == {rating}
    assert set(bars["height"]) == {height}
    assert set(bars["n_primary_studies"]) == {n_studies}


def test_a_review_of_which_nothing_is_known_is_as_low_as_can_be() -> None:
    none = AMSTAR2.assign(rating=None, possible_ratings=[()] * len(AMSTAR2))
    assert set(harvest(UNITS, REVIEWS, none)["height"]) == {1}


def test_places_count_from_the_tallest() -> None:
    for _, cell in BARS.groupby(CELL):
        ordered = cell.sort_values("place")
        assert list(ordered["place"]) == list(range(len(cell)))
        assert ordered["height"].is_monotonic_decreasing


def test_the_order_of_the_units_does_not_matter() -> None:
    shuffled = harvest(UNITS.sample(frac=1, random_state=3), REVIEWS, AMSTAR2)
    pd.testing.assert_frame_equal(shuffled.sort_index(), BARS)


def test_without_units_there_are_no_bars() -> None:
    assert harvest(UNITS.iloc[:0], REVIEWS, AMSTAR2).empty
