"""Forest plot and effect direction plot: what they show, and that no text collides or is cut."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from tests.figures.drawn import (
    assert_readable,
    collisions,
    covered_marks,
    cut_off,
    drawn_texts,
    words,
)
from umbrella_review import palette
from umbrella_review.credibility.prediction import PredictionChoice, predicted
from umbrella_review.effects.reported import (
    harmonised,
    in_order,
    pooled_results,
    shared_evidence,
)
from umbrella_review.figures import forest
from umbrella_review.figures.direction_cells import direction_cells, direction_words
from umbrella_review.figures.effect_direction import effect_direction_plot
from umbrella_review.figures.empty import MESSAGE
from umbrella_review.figures.forest import forest_plot
from umbrella_review.figures.forest_rows import forest_rows, forest_words
from umbrella_review.load import load_table
from umbrella_review.narrative.directions import by_review
from umbrella_review.paths import Project
from umbrella_review.review import Review

PROJECT = Project(Path(__file__).parents[2])
REVIEW = Review.read(PROJECT.review_file)
REVIEWS, AMSTAR2, OVERLAP, ESTIMATES, STATEMENTS = (
    load_table(PROJECT, name, REVIEW)
    for name in ("reviews", "amstar2", "reported_overlap", "estimates", "effect_directions")
)
DOMAINS = ("clinical", "recovery", "psychosocial")


def rows_of(domain: str) -> pd.DataFrame:
    groups = list(REVIEW.vocabulary("outcome_group"))
    pooled = in_order(pooled_results(harmonised(ESTIMATES), 2), groups)
    part = predicted(pooled[pooled["outcome_domain"].eq(domain)], PredictionChoice())
    return forest_rows(part, REVIEWS, AMSTAR2, shared_evidence(part, OVERLAP), REVIEW)


def made_up(**columns: object) -> pd.DataFrame:
    row = {
        "domain": "Clinical",
        "review_id": "smith_2020",
        "measure": "SMD",
        "sign": 1.0,
        "group": "Pain",
        "name": "Smith et al. 2020",
        "detail": "pain, post-intervention",
        "rating": "high",
        "k": 3,
        "n": 100,
        "favours": 0.2,
        "favours_lb": 0.1,
        "favours_ub": 0.3,
        "text": "0.20 (0.10, 0.30)",
        "pi_lb": float("nan"),
        "pi_ub": float("nan"),
        "pi_text": "",
        "repeated": False,
    }
    return pd.DataFrame([{**row, **columns}])


def test_the_check_itself_finds_collisions_and_cuts() -> None:
    figure = Figure(figsize=(2, 1))
    figure.text(0.4, 0.5, "one word")
    figure.text(0.45, 0.5, "another")
    figure.text(0.9, 0.1, "beyond the edge")
    assert collisions(figure) == [{"one word", "another"}]
    assert cut_off(figure) == ["beyond the edge"]


@pytest.mark.parametrize("domain", DOMAINS)
def test_text_of_the_forest_plots_neither_overlaps_nor_is_cut(domain: str) -> None:
    assert_readable(forest_plot(rows_of(domain), forest_words(REVIEW)))


@pytest.mark.parametrize("synthesis", ["meta_analysis", "narrative"])
def test_text_of_the_direction_plots_neither_overlaps_nor_is_cut(synthesis: str) -> None:
    units = by_review(STATEMENTS)
    cells = direction_cells(units[units["synthesis"].eq(synthesis)], REVIEWS, AMSTAR2)
    figure = effect_direction_plot(cells, direction_words(REVIEW))
    assert_readable(figure)
    assert covered_marks(figure) == []


def test_long_names_and_outcomes_are_wrapped() -> None:
    rows = made_up(
        name="Featherstonehaugh-Cholmondeley and Wolfeschlegelsteinhausen 2020",
        detail="a very long description of an outcome that no column could hold on one line, "
        "at the end of the longest follow-up that any of the trials reported",
    )
    assert_readable(forest_plot(pd.concat([rows, made_up()]), forest_words(REVIEW)))


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_known_result_is_drawn_with_its_printed_text(domain: str) -> None:
    rows = rows_of(domain)
    shown = words(forest_plot(rows, forest_words(REVIEW)))
    for text in set(rows["text"]):
        assert shown.count(text) == rows["text"].eq(text).sum()


@pytest.mark.parametrize("domain", DOMAINS)
def test_there_is_no_summary_over_reviews(domain: str) -> None:
    rows = rows_of(domain)
    figure = forest_plot(rows, forest_words(REVIEW))
    squares = [line for axes in figure.axes[1:] for line in axes.lines if line.get_marker() == "s"]
    assert len(squares) == len(rows)
    shown = [word.lower().replace("not pooled", "") for word in words(figure)]
    assert not any("total" in word or "pooled" in word for word in shown)


def test_measures_have_panels_of_their_own() -> None:
    figure = forest_plot(rows_of("clinical"), forest_words(REVIEW))
    assert len(figure.axes) == 3  # the sheet, differences, ratios
    differences, ratios = figure.axes[1:]
    labels = [label.get_text() for label in ratios.get_xticklabels()]
    assert "1" in labels
    assert ratios.get_xticks()[labels.index("1")] == 0
    ticks = [float(label) for label in labels]
    assert ticks == sorted(ticks, reverse=True)  # fewer events, further to the right
    assert len(ticks) > 2
    drawn = [sum(line.get_marker() == "s" for line in axes.lines) for axes in (differences, ratios)]
    assert drawn == [7, 2]


def test_ratios_stand_as_printed_on_the_side_they_favour() -> None:
    rows = rows_of("clinical")
    ratio = rows[rows["measure"].eq("RR")]
    assert list(ratio["text"].str.split().str[0]) == ["0.69", "0.86"]
    assert ratio["favours"].gt(0).all()  # fewer events favour the intervention


def test_the_intervention_is_favoured_on_the_right() -> None:
    figure = forest_plot(rows_of("recovery"), forest_words(REVIEW))
    places = {text.get_text(): text.get_position()[0] for text in drawn_texts(figure)}
    favours = REVIEW.favours
    assert places[f"← {favours['control']}"] < places[f"{favours['intervention']} →"]


def test_an_interval_beyond_the_axis_ends_in_an_arrow() -> None:
    figure = forest_plot(
        made_up(favours=2.2, favours_lb=1.04, favours_ub=3.35), forest_words(REVIEW)
    )
    axes = figure.axes[1]
    assert axes.get_xlim()[1] == forest.WIDEST
    assert ">" in [line.get_marker() for line in axes.lines]


def test_ratings_are_told_by_letters_and_named_in_the_legend() -> None:
    shown = words(forest_plot(rows_of("recovery"), forest_words(REVIEW)))
    assert {"L", "C", "?", "Low", "Critically low", "Rating not found"} <= set(shown)
    assert "High" not in shown  # no such row in this plot


def test_results_that_enter_twice_are_marked() -> None:
    shown = words(forest_plot(rows_of("psychosocial"), forest_words(REVIEW)))
    assert sum(word.endswith(" †") for word in shown) == 4
    assert "the same evidence enters through two reviews" in shown


def test_height_follows_the_number_of_rows() -> None:
    one = forest_plot(made_up(), forest_words(REVIEW))
    many = forest_plot(pd.concat([made_up()] * 20), forest_words(REVIEW))
    assert many.get_figheight() > one.get_figheight() + 19 * 0.28
    assert_readable(many)


def test_direction_plot_shows_each_mark_and_the_best_rated_review_first() -> None:
    units = by_review(STATEMENTS)
    cells = direction_cells(units[units["synthesis"].eq("narrative")], REVIEWS, AMSTAR2)
    shown = words(effect_direction_plot(cells, direction_words(REVIEW)))
    names = [word for word in shown if word in set(cells["name"])]
    assert names[0] == "Chien et al. 2019"
    assert names[-1] == "Review not named"
    assert sorted(names) == sorted(set(cells["name"]))


def test_without_rows_the_figures_say_so() -> None:
    assert words(forest_plot(made_up().iloc[:0], forest_words(REVIEW))) == [MESSAGE]
    cells = direction_cells(by_review(STATEMENTS).iloc[:0], REVIEWS, AMSTAR2)
    assert words(effect_direction_plot(cells, direction_words(REVIEW))) == [MESSAGE]


def test_prediction_intervals_are_drawn_and_printed_where_they_are_known() -> None:
    rows = rows_of("clinical")
    figure = forest_plot(rows, forest_words(REVIEW))
    ends = [line for axes in figure.axes[1:] for line in axes.lines if line.get_marker() == "|"]
    assert len(ends) == rows["pi_lb"].notna().sum() > 0
    spans = sorted(tuple(line.get_xdata()) for line in ends)
    known = rows.dropna(subset="pi_lb")
    assert spans == sorted(zip(known["pi_lb"], known["pi_ub"], strict=True))
    ratio = known[known["measure"].eq("RR")].iloc[0]
    low, high = (float(text) for text in ratio["pi_text"].removeprefix("≈ ").split(" to "))
    assert low < 1 < high  # as printed, not as a logarithm
    assert set(known["pi_text"]) <= set(words(figure))


def test_the_area_of_a_square_is_the_number_of_studies() -> None:
    rows = pd.concat([made_up(k=4), made_up(k=16)])
    axes = forest_plot(rows, forest_words(REVIEW)).axes[1]
    few, many = [line.get_markersize() for line in axes.lines if line.get_marker() == "s"]
    assert many == pytest.approx(2 * few)


def test_the_message_counts_sides_and_intervals() -> None:
    rows = pd.concat(
        [
            made_up(),
            made_up(favours=-0.1, favours_lb=-0.2, favours_ub=0.1, repeated=True),
            made_up(favours=0.1, favours_lb=-0.2, favours_ub=0.1, pi_lb=-1.0, pi_ub=1.0),
        ]
    )
    said = forest_plot(rows, forest_words(REVIEW)).get_label()
    message = f"Clinical outcomes: 2 of 3 estimates lie on the side of {REVIEW.intervention}; 1 in"
    assert said.startswith(message)
    assert "Standardised mean difference: −0.10 to 0.20, n = 3." in said
    assert "Prediction intervals: 1, of which 1 includes no effect." in said
    assert "Estimates whose evidence enters twice: 1." in said


def test_marks_of_directions_say_size_statements_and_time() -> None:
    base = direction_cells(by_review(STATEMENTS), REVIEWS, AMSTAR2).iloc[[0, 0, 0, 0]]
    cells = base.assign(
        name=["A 2020", "B 2020", "C 2020", "C 2020"],
        review_id=["a", "b", "c", "c"],
        n_primary_studies=pd.array([9, 21, None, None], dtype="Int64"),
        n_statements=[1, 3, 1, 1],
        period=["first", "first", "first", "follow_up"],
        direction=["no_effect", "favours_control", "mixed", "mixed"],
    )
    figure = effect_direction_plot(cells, direction_words(REVIEW))
    marks = [
        line
        for line in figure.axes[0].lines
        if len(line.get_xdata()) == 1 and line.get_markeredgewidth() == 0.9
    ]
    sizes = [line.get_markersize() for line in marks]
    assert sizes[0] < sizes[2] == sizes[3] < sizes[1]
    faces = [to_hex(line.get_markerfacecolor()).upper() for line in marks]
    names = list(cells["direction"][:3])
    assert faces == [*(palette.DIRECTION[name] for name in names), palette.PAPER]
    assert words(figure).count("3") == 1
    label = REVIEW.label("synthesis", base["synthesis"].iloc[0])
    assert figure.get_label().startswith(
        f"{label}: 0 of 3 results favour {REVIEW.intervention}, 1 shows no effect, 1 is mixed and "
        "1 favours control."
    )
    assert "n = 3 from 3 named reviews" in figure.get_label()
    unnamed = cells.assign(review_id=[None, "b", "c", "c"])
    said = effect_direction_plot(unnamed, direction_words(REVIEW)).get_label()
    assert "n = 3, of which 2 from 2 named reviews" in said
