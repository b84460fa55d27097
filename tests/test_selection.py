from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from umbrella_review import selection
from umbrella_review.load import load_table
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.tables.selection import databases_table, flow_checks_table

PROJECT = Project(Path(__file__).parents[1])


@pytest.fixture(scope="module")
def flow() -> pd.DataFrame:
    return load_table(PROJECT, "selection_flow", Review.read(PROJECT.review_file))


def changed(flow: pd.DataFrame, item: str, value: str) -> pd.DataFrame:
    return flow.assign(value=flow["value"].where(flow["item"] != item, value))


def by_id(checks: pd.DataFrame) -> pd.DataFrame:
    return checks.set_index("check_id")


def test_the_flow_of_the_data_agrees_with_itself_and_with_the_reviews(flow, reviews):
    checks = by_id(selection.check_flow(flow, reviews))
    assert checks["holds"].dropna().index.tolist() == [
        "reports_included",
        "papers_listed",
        "reviews_included",
    ]
    assert checks["holds"].dropna().all()
    assert checks["expected"].to_dict() == {
        "reports_included": 36,
        "records_total": 779,
        "records_excluded_if_apart": 684,
        "records_excluded_if_within": 686,
        "papers_listed": 36,
        "reviews_included": 35,
    }


@pytest.mark.parametrize(
    ("item", "value", "failing"),
    [
        ("reports_excluded", "58", {"reports_included"}),
        ("reports_included", "35", {"reports_included", "papers_listed"}),
        ("reviews_included", "34", {"reviews_included"}),
    ],
)
def test_a_wrong_count_is_found(flow, reviews, item, value, failing):
    checks = by_id(selection.check_flow(changed(flow, item, value), reviews))
    assert set(checks.index[checks["holds"].eq(False)]) == failing


def test_a_count_that_is_not_reported_fails_no_check(flow, reviews):
    without = flow[flow["item"] != "reports_excluded"]
    checks = by_id(selection.check_flow(without, reviews))
    assert pd.isna(checks.loc["reports_included", "holds"])
    assert pd.isna(checks.loc["reports_included", "expected"])


def test_a_reported_number_of_excluded_records_is_held_against_both_readings(flow, reviews):
    row = pd.DataFrame({"flow_id": ["x"], "item": ["records_excluded"], "value": ["686"]})
    checks = by_id(selection.check_flow(pd.concat([flow, row]), reviews))
    assert not checks.loc["records_excluded_if_apart", "holds"]
    assert checks.loc["records_excluded_if_within", "holds"]


def test_boxes_say_what_is_not_reported(flow):
    boxes = selection.flow_boxes(flow).set_index("item")["count"]
    assert boxes["records_screened"] == "n = 777"
    assert boxes["records_identified"] == selection.NOT_REPORTED
    assert (boxes == selection.NOT_REPORTED).sum() == 10
    assert boxes[selection.REASON] == selection.NOT_REPORTED


def test_reasons_for_exclusion_stand_behind_the_count(flow):
    (excluded,) = flow.index[flow["item"] == "reports_excluded"]
    rows = flow.loc[[excluded, excluded]].assign(
        flow_id=["x1", "x2"],
        item=selection.REASON,
        label=["Too old", "No review"],
        value=["40", "17"],
    )
    boxes = selection.flow_boxes(pd.concat([flow, rows]))
    lines = boxes.loc[boxes["box"] == "reports_out", ["title", "count"]].to_numpy().tolist()
    assert lines == [["Reports excluded", "n = 57"], ["Too old", "n = 40"], ["No review", "n = 17"]]


def test_values_hold_the_counts_with_their_rows(flow, reviews):
    checks = selection.check_flow(flow, reviews)
    values = {value.value_id: value for value in selection.flow_values(flow, checks)}
    texts = {name.removeprefix("selection."): value.text for name, value in values.items()}
    assert texts["records_screened"] == "777"
    assert (texts["agreement_title_abstract"], texts["agreement_full_text"]) == ("94", "86")
    assert (texts["search_from"], texts["search_to"]) == ("January 2012", "November 2022")
    assert (texts["n_checks_hold"], texts["n_checks_fail"], texts["n_checks_open"]) == (
        "3",
        "0",
        "3",
    )
    assert texts["n_databases"] == "5"
    assert texts["databases"].endswith(" and The Cochrane Database of Systematic Reviews")
    assert values["selection.records_screened"].rows == {"selection_flow": ("sf01",)}


def test_tables_show_every_check_and_every_database(flow, reviews):
    view = flow_checks_table(selection.check_flow(flow, reviews), flow)
    assert view.frame["Holds"].tolist().count("Yes") == 3
    assert view.frame["As reported"].tolist().count("–") == 3
    databases = databases_table(selection.databases(flow), flow).frame
    assert databases["Database"].tolist()[:3] == ["MEDLINE", "EMBASE", "PsycINFO"]
    assert set(databases["Restriction of language"]) == {"None"}


@pytest.mark.parametrize(
    ("text", "words"),
    [("2012-01", "January 2012"), ("2012-13", "2012-13"), ("none", "none"), ("2012", "2012")],
)
def test_months_are_written_out(text, words):
    assert selection.month(text) == words
