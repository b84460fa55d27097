"""What counts as one change by hand."""

from __future__ import annotations

from tests.release.changes.made import (
    DATA,
    causes_of,
    changed,
    replaced,
    report,
    tables,
    told,
    without,
)
from umbrella_review.release.changes.compare import compare
from umbrella_review.release.changes.report import Notebook

NO_BIRCH = {
    "reviews": without("reviews", "birch"),
    "amstar2": without("amstar2", "birch"),
    "estimates": without("estimates", "ma2"),
    "experience_findings": ["f1,It helped.,ash_2020"],
}


def test_a_review_with_all_its_rows_is_one_cause():
    comparison = changed(**NO_BIRCH)
    assert causes_of(comparison) == ["review:birch_2021"]
    places = [one.place for one in comparison.causes[0].rows]
    assert places == [
        ("reviews", "birch_2021"),
        ("amstar2", "birch_2021"),
        ("estimates", "ma2"),
        ("experience_findings", "f2"),
        ("experience_findings", "f1"),
    ]
    assert comparison.causes[0].title == "Review removed: Birch 2021 (birch_2021)"


def test_a_review_that_came_in_takes_its_rows_along():
    comparison = compare(report("A", tables(**NO_BIRCH)), report("B"))
    assert causes_of(comparison) == ["review:birch_2021"]
    assert comparison.causes[0].title.startswith("Review added")


def test_rows_that_name_rows_of_the_review_belong_to_it():
    lines = {"published_results": ["pr9,estimates,estimate_id=ma2,"]}
    old = report("A", tables(**lines))
    gone = {**NO_BIRCH, "published_results": ["pr8,reviews,,"]}
    found = causes_of(compare(old, report("B", tables(**gone))))
    assert found == ["review:birch_2021", "row:published_results/pr8"]


def test_one_review_one_estimate_and_one_rating_are_three_causes():
    estimates = [*NO_BIRCH["estimates"]]
    estimates[0] = estimates[0].replace("0.30,0.10", "0.25,-0.05")
    rating = ["ash_2020,high", "cedar_2022,high"]
    comparison = changed(**{**NO_BIRCH, "estimates": estimates, "amstar2": rating})
    assert causes_of(comparison) == [
        "review:birch_2021",
        "row:amstar2/ash_2020",
        "row:estimates/ma1",
    ]
    assert not comparison.unexplained


def test_an_edit_beside_the_review_is_a_cause_of_its_own():
    lines = ["f1,It helped a bit.,ash_2020"]
    comparison = changed(**{**NO_BIRCH, "experience_findings": lines})
    assert causes_of(comparison) == ["review:birch_2021", "row:experience_findings/f1"]


def test_a_whole_table_is_one_cause():
    comparison = changed(experience_findings=[])
    assert causes_of(comparison) == ["column:experience_findings"]


def test_a_column_that_came_is_one_cause_and_changes_no_row():
    data = tables()
    old = data["reviews"]
    wider = {key: {**cells, "journal": "J"} for key, cells in old.rows.items()}
    data["reviews"] = type(old)("reviews", old.title, (*old.columns, "journal"), wider)
    assert causes_of(compare(report(), report("B", data))) == ["column:reviews/journal"]


def test_parameters_code_versions_and_settings():
    old = report(
        parameters={"01_counts": {"least": "1"}, "02_effects": {"least": "1", "other": "2"}},
        package_files={"a.py": "1", "b.py": "2"},
        environment={"numpy": "1", "python": "3"},
        settings={"review.version": "1", "grading": "x"},
    )
    new = report(
        "B",
        parameters={"01_counts": {"least": "2"}, "02_effects": {"least": "2", "other": "2"}},
        package_files={"a.py": "1", "b.py": "3"},
        environment={"numpy": "2", "python": "3"},
        settings={"review.version": "1", "grading": "y"},
        notebooks={**old.notebooks, "02_effects": Notebook({"c": "y"}), "04_new": Notebook({})},
    )
    comparison = compare(old, new)
    assert causes_of(comparison) == [
        "parameter:least/01_counts",
        "notebook:02_effects",
        "notebook:04_new",
        "package",
        "environment",
        "settings",
    ]
    details = {
        one.cause_id: [(d.what, d.old, d.new) for d in one.details] for one in comparison.causes
    }
    assert details["parameter:least/01_counts"] == [("least", "1", "2")]
    assert details["package"] == [("b.py", "2", "3")]
    assert details["environment"] == [("numpy", "1", "2")]
    assert details["settings"] == [("grading", "x", "y")]
    assert comparison.causes[0].notebooks == {"01_counts", "02_effects"}
    assert not comparison.consequences


def test_what_only_one_report_records_is_no_change():
    old = report(package="p 1", environment={"numpy": "1"}, settings={"a": "1"})
    assert compare(old, report("B", package="p 1")).same
    assert causes_of(compare(old, report("B", package="p 2"))) == ["package"]


def test_estimates_say_by_how_much_and_what_was_crossed():
    moved = changed(estimates=replaced("estimates", "0.30,0.10,0.50", "-0.30,-0.50,0.10"))
    assert told(moved, "estimate") == [
        (
            "estimates/ma1",
            "SMD 0.30 (0.10 to 0.50); favours intervention",
            "SMD −0.30 (−0.50 to 0.10); favours intervention",
            ("moved by −0.6", "sign crossed", "significance lost"),
            ("row:estimates/ma1",),
            "rows",
        )
    ]


def test_ratios_are_judged_against_one():
    moved = changed(estimates=replaced("estimates", "0.80,0.60,1.10,no", "1.20,1.05,1.40,favours"))
    notes = told(moved, "estimate")[0][3]
    assert notes == (
        "moved by +0.4",
        "sign crossed",
        "significance gained",
        "direction changed",
    )


def test_an_interval_that_touches_no_effect_is_not_significant():
    moved = changed(estimates=replaced("estimates", "0.30,0.10", "0.30,0.00"))
    assert told(moved, "estimate")[0][3] == ("significance lost",)


def test_ratings_and_findings():
    comparison = changed(
        amstar2=replaced("amstar2", "cedar_2022,high", "cedar_2022,critically_low"),
        experience_findings=["f1,It helped much.,ash_2020", "f2,It was hard.,birch_2021"],
    )
    assert told(comparison, "rating")[0][:3] == ("amstar2/cedar_2022", "high", "critically low")
    assert [one[1:4] for one in told(comparison, "finding")] == [
        ("It helped.", "It helped much.", ("reworded",)),
        ("2: ash_2020, birch_2021", "1: ash_2020", ()),
    ]


def test_estimates_of_a_version_with_fewer_columns():
    def narrow(lines):
        data = tables(estimates=lines)
        old = data["estimates"]
        rows = {
            key: {name: cells[name] for name in old.columns[:2] + old.columns[5:6]}
            for key, cells in old.rows.items()
        }
        return {**data, "estimates": type(old)("estimates", "E", old.columns[:2], rows)}

    old = report("A", narrow(DATA["estimates"]))
    comparison = compare(old, report("B", tables(estimates=without("estimates", "ma1"))))
    assert [one[:3] for one in told(comparison, "estimate")] == [
        ("estimates/ma1", " 0.30; not stated", None)
    ]


def test_rows_recoded_alike_are_one_cause():
    lines = [f"x{n},{'low' if n < 3 else 'high'}" for n in range(6)]
    old = report("A", tables(amstar2=lines))
    new = report("B", tables(amstar2=[line.replace("low", "poor") for line in lines]))
    (cause,) = compare(old, new).causes
    assert cause.cause_id == "rows:amstar2/x0"
    assert cause.title == "Amstar2: 3 rows changed"
    two = report(
        "B", tables(amstar2=[*(one.replace("low", "poor") for one in lines[:2]), *lines[2:]])
    )
    assert causes_of(compare(old, two)) == ["row:amstar2/x0", "row:amstar2/x1"]


def test_many_rows_that_came_are_one_cause_and_a_few_are_not():
    def grown(number):
        lines = [f"z{n:02},estimates,k={n}," for n in range(number)]
        return changed(published_results=[*DATA["published_results"], *lines])

    assert causes_of(grown(11)) == ["rows:published_results/z00"]
    assert len(causes_of(grown(10))) == 10
