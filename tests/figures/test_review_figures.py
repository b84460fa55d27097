"""The figures on the included reviews: what they show, and that no text collides or is cut."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from tests.figures.drawn import assert_readable, drawn_texts, words
from umbrella_review import selection
from umbrella_review.appraisal import ratings
from umbrella_review.characteristics import years_by_type
from umbrella_review.figures import (
    overlap_bars,
    overlap_matrix,
    prisma_flow,
    rating_bars,
    review_years,
)
from umbrella_review.figures.empty import MESSAGE
from umbrella_review.figures.text import text_width, wrap
from umbrella_review.load import load_table
from umbrella_review.overlap import known
from umbrella_review.overlap.recurrence import recurrence
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.tables.citation import short_names

PROJECT = Project(Path(__file__).parents[2])
REVIEW = Review.read(PROJECT.review_file)
BASES = {
    "Read": ["table_1", "table_2", "table_3", "table_4"],
    "Inferred": ["rq2_group_statement", "rq3_group_statement", "rq2_rq3_group_statement"],
    "Not found": ["not_found"],
}


def load(name: str) -> pd.DataFrame:
    return load_table(PROJECT, name, REVIEW)


def prisma() -> Figure:
    return prisma_flow.draw(selection.flow_boxes(load("selection_flow")), selection.NOT_REPORTED)


def years() -> Figure:
    return review_years.draw(years_by_type(load("reviews"), REVIEW))


def rating() -> Figure:
    labels = REVIEW.vocabulary("rating")
    return rating_bars.draw_ratings(ratings.rating_counts(load("amstar2"), labels, BASES))


def weakness() -> Figure:
    return rating_bars.draw_weaknesses(ratings.weaknesses(load("amstar2_items")))


def recurring() -> Figure:
    return overlap_bars.draw(recurrence(load("reported_overlap"), 35))


def matrix() -> Figure:
    reviews = load("reviews")
    cells = known.matrix_cells(load("citations"), reviews)
    return overlap_matrix.draw(cells, short_names(reviews), REVIEW.vocabulary("certainty"))


FIGURES = [prisma, years, rating, weakness, recurring, matrix]


@pytest.mark.parametrize("make", FIGURES, ids=lambda make: make.__name__)
def test_no_text_is_cut_or_covers_another(make):
    assert_readable(make())


def test_texts_of_the_flow_diagram_stay_in_their_boxes():
    figure = prisma()
    boxes = drawn_texts(figure)
    frames = {
        patch.get_gid(): patch.get_window_extent()
        for patch in figure.axes[0].patches
        if patch.get_gid()
    }
    holders = {"text-": "box-", "stage-": "band-", "head-": "band-"}
    checked = set()
    for text, box in boxes.items():
        for start, holder in holders.items():
            if (text.get_gid() or "").startswith(start):
                frame = frames[holder + text.get_gid().removeprefix(start)]
                assert frame.x0 <= box.x0 <= box.x1 <= frame.x1, text.get_text()
                assert frame.y0 <= box.y0 <= box.y1 <= frame.y1, text.get_text()
                checked.add(text.get_gid())
    assert len(checked) == 14 + 3 + 2
    for (one, a), (two, b) in combinations(frames.items(), 2):
        assert Bbox.intersection(a, b) is None, (one, two)


def test_long_counts_still_fit_the_flow_diagram():
    boxes = selection.flow_boxes(load("selection_flow")).assign(count="n = 1,234,567")
    texts = drawn_texts(prisma_flow.draw(boxes, selection.NOT_REPORTED))
    width = prisma_flow.BOX_WIDTH * 100
    high = prisma_flow.BOX_HEIGHT * 100
    for text, box in texts.items():
        if (text.get_gid() or "").startswith("text-") and text.get_gid() != "text-included":
            assert box.width <= width, text.get_text()
            assert box.height <= high, text.get_text()


def test_the_row_of_the_reasons_grows_with_them():
    flow = load("selection_flow")
    (excluded,) = flow.index[flow["item"] == "reports_excluded"]
    reasons = flow.loc[[excluded] * 9].assign(
        item=selection.REASON, label=[f"A reason of some length, number {n}" for n in range(9)]
    )
    boxes = selection.flow_boxes(pd.concat([flow, reasons]))
    figure = prisma_flow.draw(boxes, selection.NOT_REPORTED)
    assert_readable(figure)
    (frame,) = [patch for patch in figure.axes[0].patches if patch.get_gid() == "box-reports_out"]
    area = frame.get_window_extent()
    lines = [
        box for text, box in drawn_texts(figure).items() if text.get_gid() == "text-reports_out"
    ]
    assert len(lines) > 10
    assert all(area.y0 <= box.y0 and box.y1 <= area.y1 for box in lines)


def test_boxes_without_a_count_are_dashed():
    patches = {patch.get_gid(): patch for patch in prisma().axes[0].patches}
    assert patches["box-screened"].get_linestyle() == "-"
    assert patches["box-identified"].get_linestyle() != "-"


def test_bars_show_every_review():
    heights = [patch.get_height() for patch in years().axes[0].patches]
    assert sum(heights) == 35
    widths = [patch.get_width() for patch in rating().axes[0].patches]
    assert sum(widths) == 35


def test_a_derived_count_is_hatched():
    bars = recurring().axes[0].patches
    assert [bool(bar.get_hatch()) for bar in bars] == [False, False, False, True, False]
    assert [bar.get_height() for bar in bars] == [300, 72, 18, 35, 1]


def test_the_matrix_marks_each_known_inclusion():
    points = sum(len(marks.get_offsets()) for marks in matrix().axes[0].collections[:3])
    assert points == 33


def test_nothing_known_is_said_in_words():
    reviews = load("reviews")
    cells = known.matrix_cells(load("citations").head(0), reviews)
    figure = overlap_matrix.draw(cells, short_names(reviews), REVIEW.vocabulary("certainty"))
    assert MESSAGE in words(figure)


def test_text_is_wrapped_by_its_width():
    text = "iiii iiii WWWW WWWW"
    for line in wrap(text, 0.6, 8).split("\n"):
        assert text_width(line, 8) <= 0.6
    assert wrap(text, 0.6, 8).replace("\n", " ") == text
    assert np.isclose(text_width("ab", 16), 2 * text_width("ab", 8), rtol=0.02)
    assert wrap("incompressible", 0.1, 8) == "incompressible"
