"""The traffic light of AMSTAR 2 shows answers that are published, and says which are not."""

from __future__ import annotations

import pandas as pd

from tests.figures.drawn import assert_readable, words
from umbrella_review.appraisal.traffic import item_states
from umbrella_review.figures.traffic_light import TrafficWords, traffic_light
from umbrella_review.instrument import CRITICAL_ITEMS, ITEMS
from umbrella_review.palette import ANSWER

RATINGS = {"high": "High", "moderate": "Moderate", "low": "Low", "critically_low": "Critically low"}
WORDS = TrafficWords(RATINGS, CRITICAL_ITEMS)
TRAILS = pd.DataFrame(
    {
        "review_id": ["a", "b"],
        "not_scored": [{}, {"no meta-analysis": (11, 12, 15)}],
        "adapted": [(), (1, 11)],
    }
)
ROWS = pd.DataFrame(
    {
        "review_id": ["a", "b"],
        "name": ["Able 2010", "Baker 2011"],
        "ratings": [("high",), ("low", "critically_low")],
        "critical_min": pd.array([0, 1], dtype="Int64"),
        "critical_max": pd.array([0, 5], dtype="Int64"),
    }
)
COUNTS = pd.DataFrame(
    {
        "items": [("2",), ("11", "15"), ("4",)],
        "n_with_weakness": pd.array([1, 0, None], dtype="Int64"),
        "n_scored": pd.array([2, 1, 2], dtype="Int64"),
    }
)


def test_states_are_answers_or_what_is_known_instead():
    answers = pd.DataFrame(
        {
            "review_id": ["a", "a", "b", "b"],
            "item": [1, 2, 11, 12],
            "answer": ["yes", None, "no", "no"],
        }
    )
    states = item_states(TRAILS, answers).set_index(["review_id", "item"])
    assert len(states) == 2 * len(ITEMS)
    assert states.loc[("a", 1), "state"] == "yes"
    assert states.loc[("a", 2), "state"] == "not_known"
    assert states.loc[("b", 11)].tolist() == ["not_applicable", False]  # whatever was answered
    assert states.loc[("b", 1)].tolist() == ["not_known", True]


def test_nothing_is_invented_for_items_without_answers():
    figure = traffic_light(ROWS, item_states(TRAILS), COUNTS, WORDS)
    assert_readable(figure)
    shown = words(figure)
    assert "1 of 2 reviews is rated low or critically low by AMSTAR 2" in shown
    assert not {"+", "−", "±"} & set(shown)
    squares = {
        line.get_markerfacecolor() for line in figure.axes[0].lines if line.get_marker() == "s"
    }
    assert squares == {ANSWER["not_known"]}
    assert {"0*", "1–5", "Low or critically low (1)"} <= set(shown)


def test_published_answers_have_colour_and_sign():
    answers = pd.DataFrame(
        {"review_id": "a", "item": [1, 2, 3], "answer": ["yes", "partial_yes", "no"]}
    )
    figure = traffic_light(ROWS, item_states(TRAILS, answers), COUNTS, WORDS)
    assert_readable(figure)
    assert {"+", "±", "−"} <= set(words(figure))
    faces = {
        line.get_markerfacecolor() for line in figure.axes[0].lines if line.get_marker() == "s"
    }
    assert {ANSWER["yes"], ANSWER["partial_yes"], ANSWER["no"]} <= faces
