from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from umbrella_review.characteristics import by_type_then_name, characteristic_values, years_by_type
from umbrella_review.counting import count_by, cross_counts
from umbrella_review.load import load_table
from umbrella_review.paths import Project
from umbrella_review.tables.characteristics import (
    characteristics_table,
    citation_marks,
    counts_table,
    cross_table,
)
from umbrella_review.tables.citation import short_names

PROJECT = Project(Path(__file__).parents[1])
PUBLISHED = {
    "n_reviews": 35,
    "n_papers": 36,
    "n_type_sr_meta_analysis": 13,
    "n_type_sr_narrative": 13,
    "n_type_sr_qualitative": 3,
    "n_type_scoping": 6,
    "n_question_rq1": 23,
    "n_question_rq2": 9,
    "n_question_rq3": 11,
    "n_population_smi": 13,
    "n_population_mental_health_services": 6,
    "n_population_perinatal": 3,
    "n_population_any_or_common_mh_condition": 3,
    "n_population_substance_use": 4,
    "n_population_eating_disorder": 2,
    "n_population_suicidality": 1,
    "n_population_crisis": 1,
    "n_format_group": 3,
    "n_format_individual": 3,
    "n_lived_experience": 1,
    "n_grade": 2,
}


@pytest.fixture(scope="module")
def reviews(review) -> pd.DataFrame:
    return by_type_then_name(load_table(PROJECT, "reviews", review), review)


@pytest.fixture(scope="module")
def values(reviews, review) -> dict[str, object]:
    recorded = characteristic_values(reviews, review)
    return {value.value_id.removeprefix("characteristics."): value for value in recorded}


@pytest.mark.parametrize(("name", "number"), PUBLISHED.items())
def test_counts_are_those_of_the_article(values, name, number):
    assert values[name].value == number


def test_gaps_are_counted_and_not_taken_for_numbers(values):
    assert (values["n_participants_known"].value, values["n_participants_not_known"].value) == (
        8,
        27,
    )
    assert (values["n_participants_min"].text, values["n_participants_max"].text) == (
        "2,131",
        "6,191",
    )
    assert values["n_primary_studies_known"].value == 26


def test_years_are_printed_without_a_comma(values):
    assert (values["first_year"].text, values["last_year"].text) == ("2012", "2023")


def test_reviews_are_ordered_by_type_then_name_as_read(reviews):
    assert reviews["review_type"].drop_duplicates().tolist() == [
        "sr_meta_analysis",
        "sr_narrative",
        "sr_qualitative",
        "scoping",
    ]
    scoping = reviews.loc[reviews["review_type"] == "scoping", "review_id"]
    assert scoping.iloc[0] == "akerblom_ness_2023"  # Å stands with A
    narrative = reviews.loc[reviews["review_type"] == "sr_narrative", "review_id"].tolist()
    assert narrative.index("chinman_2014") < narrative.index("du_plessis_2020")
    assert narrative.index("du_plessis_2020") < narrative.index("fortuna_2020")


def test_every_review_is_named_and_cited_in_the_table(reviews, review):
    amstar2 = load_table(PROJECT, "amstar2", review)
    view = characteristics_table(reviews, amstar2, review)
    markdown = view.to_markdown()
    for review_id in reviews["review_id"]:
        assert f"[@{review_id}]" in markdown
    assert len(view.frame) == 35
    assert not view.frame.isna().any().any()


def test_unknown_numbers_are_en_dashes_and_open_ratings_are_spelled_out(reviews, review):
    amstar2 = load_table(PROJECT, "amstar2", review)
    frame = characteristics_table(reviews, amstar2, review).frame
    rows = frame.set_index(reviews["review_id"])
    assert rows.loc["sun_2022", "Primary studies"] == "–"
    assert rows.loc["white_2020", "Participants"] == "3,329"
    assert rows.loc["white_2020", "AMSTAR 2 rating"] == "Low or critically low"
    assert rows.loc["chien_2019", "AMSTAR 2 rating"] == "High"


def test_cells_of_the_data_are_shown_as_they_are(reviews, review):
    amstar2 = load_table(PROJECT, "amstar2", review)
    bad = reviews.head(1).assign(population="<script>alert(1)</script> {{< var x >}}")
    markdown = characteristics_table(bad, amstar2, review).to_markdown()
    assert "<script>" not in markdown
    assert "{{<" not in markdown


def test_years_add_up_to_the_reviews(reviews, review):
    years = years_by_type(reviews, review)
    assert years.to_numpy().sum() == len(reviews)
    assert years.index.tolist() == list(range(2012, 2024))  # years without a review stay in


def test_no_review_gives_no_years(reviews, review):
    assert years_by_type(reviews.head(0), review).empty


def test_tables_of_counts(reviews, review):
    types = ("review_type", review.vocabulary("review_type"))
    questions = ("questions", review.vocabulary("question"))
    view = cross_table(cross_counts(reviews, types, questions), "Type", count_by(reviews, *types))
    assert [len(row["reviews"]) for row in view.rows] == [13, 13, 3, 6]
    cross = view.frame
    assert cross["All"].tolist() == ["13", "13", "3", "6"]
    formats = count_by(reviews, "intervention_format", review.vocabulary("intervention_format"))
    frame = counts_table(formats, "Format").frame
    assert frame["Reviews"].tolist() == ["3", "3", "29"]  # formats of no review are left out
    assert set(frame.loc[frame["Format"] == "Group alone", "Which"]) == {
        "[@lyons_2021; @sun_2022; @jones_2014]"
    }


def test_no_review_is_no_citation():
    assert citation_marks(()) == "–"


def test_short_names_tell_the_reviews_apart(reviews):
    assert short_names(reviews).is_unique
