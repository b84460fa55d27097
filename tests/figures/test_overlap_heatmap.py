"""The heatmap of overlap: bands, lower bounds, structural zeros, and what is not known."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from tests.figures.drawn import assert_readable, drawn_texts, words
from umbrella_review.figures.empty import MESSAGE
from umbrella_review.figures.overlap_heatmap import overlap_heatmap
from umbrella_review.overlap import known
from umbrella_review.palette import OVERLAP_BANDS

BOUNDS = pd.Series({"area_lowest": 4.0, "area_highest": 12.0})


def data(n_reviews: int, n_studies: int = 12) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Reviews with complete lists; each holds one study fewer of those of the first."""
    ids = [f"r{number}" for number in range(n_reviews)]
    pairs = [(i, f"s{k}") for n, i in enumerate(ids) for k in range(n, n_studies)]
    citations = pd.DataFrame(pairs, columns=["review_id", "study_id"]).assign(
        study_label=lambda rows: rows["study_id"] + " 2001", certainty="stated"
    )
    reviews = pd.DataFrame({"review_id": ids, "year": 2010})
    own = [n_studies - n for n in range(n_reviews)]
    reviews["n_primary_studies"] = pd.array(own, dtype="Int64")
    return citations, reviews, pd.Series({key: f"Author {key} 2010" for key in ids})


def draw(citations: pd.DataFrame, reviews: pd.DataFrame, names: pd.Series):
    pairs = known.known_pairs(citations, reviews)
    lists = known.known_lists(citations, reviews)
    return overlap_heatmap(pairs, lists, BOUNDS, names, "pieper")


@pytest.mark.parametrize("n_reviews", [2, 6, 12])
def test_any_number_of_reviews_is_legible(n_reviews):
    assert_readable(draw(*data(n_reviews)))


def test_a_complete_pair_has_a_number_in_the_colour_of_its_band():
    figure = draw(*data(2))
    assert "91.7%" in words(figure)
    assert "of pairs it is known for 1 of 1." in figure.get_label()
    assert " or more" not in figure.get_label()
    assert "11 shared" in words(figure)
    faces = {to_hex(patch.get_facecolor()) for patch in figure.axes[0].patches}
    assert OVERLAP_BANDS[-1].lower() in faces
    assert (
        "Overlap over all 2 reviews is slight to high: a corrected covered area of 4.0% to 12.0%"
        in (words(figure))
    )


def test_lists_known_in_part_give_lower_bounds():
    citations, reviews, names = data(2)
    reviews["n_primary_studies"] = pd.array([20, 20], dtype="Int64")
    figure = draw(citations, reviews, names)
    assert "≥ 37.9%" in words(figure)
    assert "of pairs it is known as a lower bound for 1 of 1." in figure.get_label()
    assert "a covered area of 37.9% or more" in figure.get_label()


def test_a_review_without_names_shares_a_question_mark():
    citations, reviews, names = data(3)
    named = citations[citations["review_id"] != "r2"]
    lists = known.known_lists(citations, reviews)
    figure = overlap_heatmap(known.known_pairs(named, reviews), lists, BOUNDS, names, "groove")
    assert words(figure).count("?") == 2


def test_studies_that_came_too_late_are_counted():
    citations, reviews, names = data(2)
    late = citations["study_id"].eq("s0")
    citations["study_label"] = citations["study_label"].mask(late, "s0 2020")
    assert "1 out of reach" in words(draw(citations, reviews, names))


def test_one_list_makes_no_pair():
    assert [text.get_text() for text in drawn_texts(draw(*data(1)))] == [MESSAGE]
