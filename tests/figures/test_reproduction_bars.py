from __future__ import annotations

import pandas as pd
import pytest

from tests.figures.drawn import assert_readable
from umbrella_review.audit.summary import ALL, LABELS
from umbrella_review.figures.reproduction_bars import draw_reproduction


@pytest.fixture
def counts() -> pd.DataFrame:
    numbers = {
        "Selection": [4, 6, 0, 0, 0],
        "A topic with a long name, two lines": [40, 0, 3, 0, 1],
    }
    frame = pd.DataFrame.from_dict(numbers, orient="index", columns=list(LABELS))
    return frame.assign(**{ALL: frame.sum(axis=1)})


def test_the_parts_of_each_bar_are_its_counts(counts):
    axes = draw_reproduction(counts).axes[0]
    widths = [[bar.get_width() for bar in kind] for kind in axes.containers]
    assert widths == [list(counts[kind]) for kind in LABELS]
    ends = [
        max(bar.get_x() + bar.get_width() for bar in bars)
        for bars in zip(*axes.containers, strict=True)
    ]
    assert ends == list(counts[ALL])


def test_counts_are_written_where_they_fit(counts):
    words = [text.get_text() for text in draw_reproduction(counts).axes[0].texts]
    assert {"4", "6", "40", "3"} <= set(words)
    assert "0" not in words


def test_every_kind_stands_in_the_key(counts):
    (legend,) = draw_reproduction(counts).legends
    assert [text.get_text() for text in legend.get_texts()] == list(LABELS.values())


def test_drawing_changes_nothing(counts):
    before = counts.copy()
    draw_reproduction(counts)
    pd.testing.assert_frame_equal(counts, before)


def test_the_message_counts_all_and_names_what_differs(counts):
    figure = draw_reproduction(counts)
    assert_readable(figure)
    said = figure.get_label()
    assert said.startswith("44 of 54 published numbers are reproduced, 3 differ.")
    assert said.endswith("Numbers that differ, by topic: A topic with a long name, two lines 3.")
