"""Evidence map: a disc for each cell with a review, a field for each without."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch

from tests.figures.drawn import assert_readable, covered_marks, words
from umbrella_review import palette
from umbrella_review.effects.reported import pooled_results
from umbrella_review.figures.empty import MESSAGE
from umbrella_review.figures.evidence_map import MapWords, evidence_map_plot, map_words
from umbrella_review.filters import filter_reviews
from umbrella_review.load import load_table
from umbrella_review.narrative.evidence_map import FORMAT, POPULATION, columns_of, evidence_map
from umbrella_review.narrative.evidence_map_values import map_counts, map_values
from umbrella_review.paths import Project
from umbrella_review.review import Review

PROJECT = Project(Path(__file__).parents[2])
REVIEW = Review.read(PROJECT.review_file)
REVIEWS, AMSTAR2, ESTIMATES, STATEMENTS = (
    load_table(PROJECT, name, REVIEW)
    for name in ("reviews", "amstar2", "estimates", "effect_directions")
)
LEGEND_DISCS = 3


def drawn_map(by: str, axis: str, vocabulary: str) -> tuple[pd.DataFrame, list[str], Figure]:
    cells = evidence_map(STATEMENTS, pooled_results(ESTIMATES, 2), REVIEWS, AMSTAR2, by)
    asked = filter_reviews(REVIEWS, AMSTAR2, questions=["rq1"])
    columns = columns_of(cells, asked, by, list(REVIEW.vocabulary(vocabulary)))
    return cells, columns, evidence_map_plot(cells, map_words(REVIEW, axis, vocabulary, columns))


MAPS = [
    (POPULATION, "population", "population_group"),
    (FORMAT, "format", "intervention_format"),
]


@pytest.mark.parametrize("kind", MAPS)
def test_discs_and_fields_fill_the_grid(kind: tuple[str, str, str]) -> None:
    cells, columns, figure = drawn_map(*kind)
    assert_readable(figure)
    assert covered_marks(figure) == []
    discs = [patch for patch in figure.axes[0].patches if isinstance(patch, Circle)]
    fields = [patch for patch in figure.axes[0].patches if isinstance(patch, FancyBboxPatch)]
    counts = map_counts(cells, columns)
    assert len(discs) == 2 * (counts.n_filled + LEGEND_DISCS)  # each has its ring
    assert len(fields) == counts.n_gaps + 1
    title = next(text for text in words(figure) if "pairs of outcome" in text)
    assert f"{counts.n_gaps} of {counts.n_cells}" in title
    assert str(counts.largest) in figure.get_label()


def one(n: int, direction: str, rating: str, group: str) -> dict[str, object]:
    counts = {word: n if word == direction else 0 for word in (*palette.DIRECTION,)}
    return {
        "outcome_domain": "body",
        "outcome_group": group,
        "column": "young",
        "n_reviews": n,
        **counts,
        "direction": direction,
        "best_rating": rating,
        "review_ids": tuple(f"{group}{place}" for place in range(n)),
    }


WORDS = MapWords(
    "population",
    {"young": "Young people", "old": "Old people"},
    {"pain": "Pain", "sleep": "Sleep"},
    {"body": "Body"},
    {"favours_intervention": "Favours exercise", "no_effect": "No effect"},
    {"high": "High", "low": "Low", "not_known": "Rating not found"},
)


def test_area_colour_and_ring_say_number_direction_and_rating() -> None:
    cells = pd.DataFrame(
        [one(4, "favours_intervention", "high", "pain"), one(1, "no_effect", "not_known", "sleep")]
    )
    figure = evidence_map_plot(cells, WORDS)
    circles = [patch for patch in figure.axes[0].patches if isinstance(patch, Circle)]
    ring, disc, small_ring, small = circles[:4]
    assert disc.get_radius() == pytest.approx(2 * small.get_radius())
    colours = [patch.get_facecolor()[:3] for patch in (disc, small)]
    expected = [palette.DIRECTION[name] for name in ("favours_intervention", "no_effect")]
    assert [tuple(round(255 * part) for part in colour) for colour in colours] == [
        tuple(int(text[n : n + 2], 16) for n in (1, 3, 5)) for text in expected
    ]
    assert ring.get_edgecolor() != small_ring.get_edgecolor()
    assert {"4", "1", "H", "?"} <= set(words(figure))
    assert "No result for: old people." in figure.get_label()
    assert "2 of 4 pairs of outcome and population have no review" in figure.get_label()


def test_counts_are_recorded() -> None:
    cells = pd.DataFrame([one(4, "favours_intervention", "high", "pain")])
    values = {value.value_id: value for value in map_values("map", cells, ["young", "old"])}
    assert values["map.n_gaps"].value == 1
    assert values["map.share_gaps"].text == "50"
    assert values["map.n_cells_favours_intervention"].value == 1
    assert len(values["map.n_reviews"].rows["reviews"]) == 4


def test_nothing_left_is_said() -> None:
    empty = evidence_map(STATEMENTS[:0], ESTIMATES[:0], REVIEWS, AMSTAR2, POPULATION)
    assert words(evidence_map_plot(empty, WORDS)) == [MESSAGE]
    assert map_values("map", empty, ["young"])[0].value == 0
