"""Harvest plot: each bar stands in its cell at its height, and no text collides or is cut."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tests.figures.drawn import assert_readable, drawn_texts, words
from umbrella_review.figures import style
from umbrella_review.figures.direction_cells import direction_words
from umbrella_review.figures.empty import MESSAGE
from umbrella_review.figures.harvest_plot import BAR, LINE, STEP, harvest_plot
from umbrella_review.load import load_table
from umbrella_review.narrative.directions import by_review, first_results
from umbrella_review.narrative.harvest import harvest
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.vocabulary import DIRECTIONS

PROJECT = Project(Path(__file__).parents[2])
REVIEW = Review.read(PROJECT.review_file)
STATEMENTS, REVIEWS, AMSTAR2 = (
    load_table(PROJECT, name, REVIEW) for name in ("effect_directions", "reviews", "amstar2")
)
RATING_WORDS = set(direction_words(REVIEW).ratings.values())
BARS = harvest(first_results(by_review(STATEMENTS)), REVIEWS, AMSTAR2)


def plot(bars: pd.DataFrame) -> Figure:
    return harvest_plot(bars, direction_words(REVIEW), REVIEW.vocabulary("synthesis"))


def drawn_bars(figure: Figure) -> list[Rectangle]:
    """Return the bars of the cells; those of the legend come last and are left out."""
    shapes = [
        patch
        for patch in figure.axes[0].patches
        if isinstance(patch, Rectangle) and patch.get_width() == pytest.approx(BAR)
    ]
    return shapes[: len(shapes) - sum(word in RATING_WORDS for word in words(figure))]


def many(n: int, direction: str) -> pd.DataFrame:
    """Return `n` bars of the tallest kind in one cell."""
    rows = pd.concat([BARS[BARS["rating"].eq("high")].iloc[[0]]] * n)
    return rows.assign(direction=direction, place=range(n), n_primary_studies=1720)


def test_text_neither_overlaps_nor_is_cut() -> None:
    assert_readable(plot(BARS))


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_full_cell_takes_more_lines(direction: str) -> None:
    figure = plot(many(40, direction))
    assert_readable(figure)
    assert figure.get_figheight() > plot(many(3, direction)).get_figheight() + 0.3
    right = max(bar.get_x() + bar.get_width() for bar in drawn_bars(figure))
    assert right <= style.FULL_WIDTH
    corners = {(round(bar.get_x(), 3), round(bar.get_y(), 3)) for bar in drawn_bars(figure)}
    assert len(corners) == 40


def test_there_is_a_bar_for_each_row_as_tall_as_its_rating() -> None:
    drawn = drawn_bars(plot(BARS))
    heights = sorted(round(bar.get_height() / STEP) for bar in drawn)
    assert heights == sorted(BARS["height"])


def test_bars_stand_under_the_head_of_their_direction() -> None:
    figure = plot(BARS)
    heads = {text.get_text(): text.get_position()[0] for text in drawn_texts(figure)}
    labels = REVIEW.vocabulary("direction")
    order = sorted(labels, key=lambda name: heads[labels[name]])
    assert order == list(reversed(DIRECTIONS))  # the intervention is favoured on the right
    at = {name: [] for name in order}
    for bar, direction in zip(drawn_bars(figure), BARS["direction"], strict=True):
        at[direction].append(bar.get_x())
    drawn = [name for name in order if at[name]]
    assert drawn == ["mixed", "no_effect", "favours_intervention"]
    for left, right in pairwise(drawn):
        assert max(at[left]) + BAR < min(at[right])
        assert max(at[left]) < heads[labels[right]]
        assert heads[labels[left]] < min(at[right])


def test_bars_stand_beside_the_label_of_their_outcome() -> None:
    figure = plot(BARS)
    heights = {text.get_text(): text.get_position()[1] for text in drawn_texts(figure)}
    for bar, group in zip(drawn_bars(figure), BARS["outcome_group"], strict=True):
        foot = bar.get_y() + bar.get_height()
        assert 0 < foot - heights[REVIEW.label("outcome_group", group)] < LINE / 2


def test_colour_and_fill_show_rating_and_synthesis() -> None:
    for bar, (_, row) in zip(drawn_bars(plot(BARS)), BARS.iterrows(), strict=True):
        known = row["rating"] in style.RATING and row["rating"] != "not_known"
        colour = style.RATING[row["rating"]] if known else style.GREY
        assert to_hex(bar.get_edgecolor()).upper() == colour.upper()
        filled = row["synthesis"] == "meta_analysis"
        assert (to_hex(bar.get_facecolor()) != "#ffffff") == filled


def test_sizes_of_reviews_and_the_key_are_printed() -> None:
    shown = words(plot(BARS))
    assert shown.count("–") == BARS["n_primary_studies"].isna().sum()
    assert shown.count("13") == BARS["n_primary_studies"].eq(13).sum()
    assert {"High", "Low", "Critically low", "Rating not found"} <= set(shown)
    assert "Moderate" not in shown
    assert any(word.startswith("Filled: meta-analysis.") for word in shown)


def test_without_bars_the_figure_says_so() -> None:
    assert words(plot(BARS.iloc[:0])) == [MESSAGE]
