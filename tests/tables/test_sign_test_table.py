from __future__ import annotations

from pathlib import Path

from umbrella_review.load import load_table
from umbrella_review.narrative.directions import by_review, first_results
from umbrella_review.narrative.sign_test import CAUTIONS, outcome_tests
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.tables.empty import MESSAGE
from umbrella_review.tables.sign_test import GENERAL_ALONE, sign_test_table

PROJECT = Project(Path(__file__).parents[2])
REVIEW = Review.read(PROJECT.review_file)
STATEMENTS = load_table(PROJECT, "effect_directions", REVIEW)
UNITS = first_results(by_review(STATEMENTS))
TESTS = outcome_tests(UNITS)
VIEW = sign_test_table(TESTS, UNITS, REVIEW)


def row(synthesis: str, outcome: str) -> dict[str, str]:
    frame = VIEW.frame
    return frame[frame["Synthesis"].eq(synthesis) & frame["Outcome"].eq(outcome)].iloc[0].to_dict()


def test_a_row_shows_counts_proportion_p_and_caution() -> None:
    rated = row("Meta-analysis", "Self-rated recovery")
    assert list(rated.values())[2:] == [
        "7",
        "5",
        "0",
        "2",
        "0",
        "1.00 (0.48,\N{NO-BREAK SPACE}1.00)",
        "0.0625",
        "Too few (p ≥ 0.0625); 2 left out",
    ]


def test_a_test_without_units_shows_dashes_and_says_so() -> None:
    cells = row("Meta-analysis", "Satisfaction with care")
    assert (cells["p"], cells["Caution"]) == ("–", "Nothing to test; 4 left out")


def test_no_row_is_without_caution() -> None:
    assert VIEW.frame["Caution"].ne("–").all()
    assert row("Narrative synthesis", "Recovery outcomes")["Caution"] == GENERAL_ALONE


def test_every_caution_that_holds_is_spelt_out_below() -> None:
    notes = " ".join(VIEW.notes).lower()
    held = {key for keys in TESTS["cautions"] for key in keys}
    assert held == set(CAUTIONS)
    assert all(words.lower() in notes for words in CAUTIONS.values())
    few = sign_test_table(TESTS[TESTS["outcome_group"].eq("recovery")], UNITS, REVIEW)
    assert not any(note.startswith("Too few") for note in few.notes)


def test_an_empty_table_says_so() -> None:
    assert MESSAGE in list(sign_test_table(TESTS.iloc[:0], UNITS, REVIEW).frame.iloc[:, 0])
