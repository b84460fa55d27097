from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.audit import contradictions, summary
from umbrella_review.audit.reproduce import STATUSES, reproduce
from umbrella_review.errors import DataError

PINNED = {
    "matches": "reproduced",
    "differs": "differs",
    "partly_recomputable": "partly",
    "not_recomputable": "cannot",
}


@pytest.fixture(scope="module")
def results(data, review):
    return reproduce(data["published_results"], data, review)


@pytest.fixture(scope="module")
def pinned(project):
    path = project.root / "tests" / "reference" / "published_status.csv"
    return pd.read_csv(path, dtype=str).set_index("result_id")


def test_the_status_of_every_published_number_is_as_pinned(results, pinned):
    # The reference knows no circular numbers: to it they match.
    ours = results.set_index("result_id")["status"]
    assert list(ours.index) == list(pinned.index)
    assert len(ours) == 174
    differing = ours[ours.replace("circular", "reproduced") != pinned["status"].map(PINNED)]
    assert differing.to_dict() == {}


def test_circular_numbers_are_as_pinned(results, pinned):
    ours = results.set_index("result_id")["status"] == "circular"
    assert (ours == (pinned["circular"] == "yes")).all()
    assert ours.sum() == 28


def test_recomputed_numbers_are_as_pinned(results, pinned):
    # Where rounding leaves a Z open, the reference repeats the published one.
    ours = results.set_index("result_id")
    tested = pinned["recomputed_value"].notna() & ~ours["statement"].str.startswith("Z of")
    expected = pinned.loc[tested, "recomputed_value"].astype(float)
    apart = (ours.loc[tested, "value"] - expected).abs()
    assert tested.sum() > 150
    assert apart.max() <= 0.5
    assert apart[ours.loc[tested, "value"] % 1 == 0].max() == 0


def test_circular_numbers_say_why(results, review):
    circular = results[results["status"] == "circular"].set_index("result_id")
    words = review.vocabulary("circularity")
    assert circular.at["pr041", "reason"] == words["stored_figure"]
    assert circular.at["pr014", "reason"].startswith(words["inferred"])
    assert circular.at["pr068", "reason"] == words["unprinted_count"]


def test_a_stored_figure_is_what_a_rule_looks_up(data):
    published = data["published_results"]
    stored = published["circular"] == "stored_figure"
    looked_up = (published["operation"] == "lookup") & (published["result_id"] != "pr077")
    assert (stored == looked_up).all()  # the figure of pr077 is to come from the review itself
    # A count of a list, or of rows that a statement gave, is no arithmetic on other figures.
    rest = published[~stored & (published["circular"] != "no")]
    assert set(rest["operation"]) <= {"count", "count_distinct", "share_percent"}


def test_a_circular_rule_that_fails_differs(data, review):
    flow = data["selection_flow"].copy()
    cell("item", "reports_excluded", "value", "58")(flow)
    after = reproduce(data["published_results"], {**data, "selection_flow": flow}, review)
    assert after.set_index("result_id").at["pr044", "status"] == "differs"


def test_rows_are_those_that_the_rule_reads(results, data):
    rows = results.set_index("result_id")["rows"]
    assert rows["pr045"] == ("sf03", "sf06")
    assert rows["pr159"] == ("ma001",)
    assert rows["pr001"] == tuple(data["reviews"]["review_id"])
    assert rows["pr007"] == ()


def test_whatever_is_not_reproduced_has_a_reason(results):
    assert (results["reason"] != "").all()
    rest = results[results["status"] != "reproduced"]
    participants = rest.set_index("result_id").loc["pr008"]
    assert participants["reason"].startswith("n_participants is known in 8 of 35 rows")
    assert participants["recomputed"] == "2,131"
    matrix = rest.set_index("result_id").loc["pr007"]
    assert matrix["reason"].startswith("recounting needs the whole matrix")


def test_a_printed_z_is_told_apart_from_rounding(results):
    z = results.set_index("result_id").loc["pr159"]
    assert z["recomputed"] == "5.10 (4.87 to 5.34)"
    assert "beyond what rounding allows" in z["reason"]


def test_no_tolerance_leaves_less_reproduced(data, review, results):
    strict = reproduce(data["published_results"], data, review, 0.0)
    assert (strict["status"] == "differs").sum() > (results["status"] == "differs").sum()
    counts = strict["rule"].str.startswith("number of")
    assert (strict.loc[counts, "status"] == results.loc[counts, "status"]).all()


@pytest.fixture(scope="module")
def changed(data, review, results):
    """Give a function that returns the ids of the numbers whose status an edit changes."""

    def run(table, edit):
        frame = data[table].copy()
        edit(frame)
        after = reproduce(data["published_results"], {**data, table: frame}, review)
        return set(results.loc[after["status"] != results["status"], "result_id"])

    return run


def cell(table_key, key, column, value):
    def edit(frame):
        frame.at[frame.index[frame[table_key] == key][0], column] = value

    return edit


@pytest.mark.parametrize(
    ("table", "edit", "expected"),
    [
        ("estimates", cell("estimate_id", "ma002", "q", 59.37), {"pr139"}),
        ("estimates", cell("estimate_id", "ma002", "ci_ub", -0.20), {"pr161"}),
        ("estimates", cell("estimate_id", "ma001", "k", 21), {"pr160"}),
        ("estimates", cell("estimate_id", "ma030", "estimate", 0.80), {"pr136"}),
        ("estimates", cell("estimate_id", "ma076", "k", 3), {"pr077"}),
        ("selection_flow", cell("item", "reports_excluded", "value", "58"), {"pr044", "pr045"}),
        ("reviews", cell("review_id", "ong_2022", "grade_used", True), {"pr040"}),
        ("reviews", cell("review_id", "pitt_2013", "n_reports", 1), {"pr002"}),
        ("reviews", cell("review_id", "fuhr_2014", "n_participants", 50), {"pr008"}),
        (
            "reviews",
            cell("review_id", "pitt_2013", "reference_numbers", ("41",)),
            {"pr021", "pr068", "pr090", "pr091"},
        ),
        ("effect_directions", cell("direction_id", "de064", "direction", "mixed"), set()),
        ("effect_directions", cell("direction_id", "de088", "direction", "mixed"), {"pr098"}),
    ],
)
def test_an_edit_changes_the_numbers_that_rest_on_it(changed, table, edit, expected):
    assert changed(table, edit) == expected


def test_a_minimum_below_the_published_one_contradicts_it(data, review):
    frame = data["reviews"].copy()
    cell("review_id", "fuhr_2014", "n_participants", 50)(frame)
    after = reproduce(data["published_results"], {**data, "reviews": frame}, review)
    assert after.set_index("result_id").at["pr008", "status"] == "differs"


def test_rules_that_cannot_be_carried_out_are_all_named(data, review):
    published = data["published_results"].copy()
    published.loc[[0, 4], "operation"] = "guess"
    with pytest.raises(DataError) as caught:
        reproduce(published, data, review)
    assert [problem.where for problem in caught.value.problems] == [
        "data/published_results.csv, row 2, column operation",
        "data/published_results.csv, row 6, column operation",
    ]


def test_the_summary_accounts_for_every_number(results):
    counts = summary.by_topic(results)
    assert counts["All"].sum() == len(results)
    assert (counts[list(summary.LABELS)].sum(axis=1) == counts["All"]).all()
    values = {value.value_id: value for value in summary.reproduction_values(results)}
    by_status = results["status"].value_counts()
    assert values["reproduction.n_reproduced"].value == by_status["reproduced"]
    assert values["reproduction.n_circular"].value == by_status["circular"]
    tested = values["reproduction.n_tested"].value
    assert tested == by_status[["reproduced", "differs"]].sum()
    share = values["reproduction.share_of_tested"].value
    assert share == pytest.approx(100 * by_status["reproduced"] / tested)
    assert len(values["reproduction.n_differ"].rows["published_results"]) == by_status["differs"]
    assert values["reproduction.n_not_recomputed"].value == by_status[["partly", "cannot"]].sum()
    assert set(results["status"]) == set(STATUSES)


def test_contradictions_are_recomputed(data, review):
    found = contradictions.recompute(data["contradictions"], data, review)
    given = found.set_index("contradiction_id")["recomputed"]
    assert len(given) == 21
    assert given["ct01"] == "5.10 (4.87 to 5.34)"
    assert given["ct02"] == "15"
    assert given["ct03"] == "0.49 (0.46 to 0.51)"
    assert given["ct10"] == "6"
    assert given["ct11"] == "4; known for 4 of 6"
    assert given["ct21"] == "691; known for 26 of 35"
    assert given["ct04"] == ""
    values = {v.value_id: v.value for v in summary.contradiction_values(found, review)}
    assert values["reproduction.n_contradictions"] == len(found)
    kinds = [values[f"reproduction.n_contradictions_{kind}"] for kind in found["kind"].unique()]
    assert sum(kinds) == len(found)
