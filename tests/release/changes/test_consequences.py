"""Values, tables and sentences that differ, and the causes that they are led back to."""

from __future__ import annotations

import pytest

from tests.release.changes.made import (
    recorded,
    replaced,
    report,
    sentence,
    table,
    tables,
    told,
    without,
)
from tests.release.changes.test_causes import NO_BIRCH
from umbrella_review.release.changes.compare import compare
from umbrella_review.release.changes.displays import differing_rows, plain
from umbrella_review.release.changes.pairing import pairs, text_likeness

RATED = {"amstar2": replaced("amstar2", "ash_2020,low", "ash_2020,high")}
BOTH = {**NO_BIRCH, "amstar2": ["ash_2020,high", "cedar_2022,high"]}
REVIEW, RATING = "review:birch_2021", "row:amstar2/ash_2020"


def explained(before, after, data=BOTH, **more):
    """Return causes and basis of a value or table that differs."""
    kind = "values" if hasattr(before, "value_id") else "displays"
    old, new = report(**{kind: [before]}, **more), report("B", tables(**data), **{kind: [after]})
    found = told(compare(old, new), "value" if kind == "values" else "display")
    assert len(found) == 1
    return found[0][4:]


def test_a_count_follows_from_the_row_that_left_and_not_from_those_that_stayed():
    before = recorded("n.all", 3, "amstar2:ash_2020 amstar2:birch_2021 amstar2:cedar_2022")
    after = recorded("n.all", 2, "amstar2:ash_2020 amstar2:cedar_2022")
    assert explained(before, after) == ((REVIEW,), "rows")


def test_another_number_follows_from_all_of_its_rows_that_changed():
    before = recorded("n.score", 7.5, "amstar2:ash_2020 amstar2:birch_2021")
    after = recorded("n.score", 8.5, "amstar2:ash_2020")
    assert explained(before, after) == ((REVIEW, RATING), "rows")


def test_a_row_that_left_although_it_stayed_as_it_was_leads_to_its_review():
    before = recorded("n.low", 2, "reviews:ash_2020 reviews:birch_2021")
    after = recorded("n.low", 1, "reviews:birch_2021")
    assert explained(before, after, RATED) == ((RATING,), "reviews")


def test_a_share_does_not_know_the_rows_of_its_whole():
    before = recorded("n.share", 50.0, "amstar2:ash_2020 amstar2:cedar_2022", unit="%")
    after = recorded("n.share", 60.0, "amstar2:ash_2020 amstar2:cedar_2022", unit="%")
    assert explained(before, after) == ((REVIEW, RATING), "possible")


def test_a_value_without_rows_may_follow_from_all_that_its_notebook_reads():
    before = recorded("n.tests", 1, notebook="02_effects")
    after = recorded("n.tests", 2, notebook="02_effects")
    assert explained(before, after) == ((REVIEW,), "possible")
    assert explained(before, after, RATED) == ((), "")


def test_a_value_without_rows_goes_with_those_recorded_together_with_it():
    values = [recorded("t.by.hope.n", 2, "reviews:ash_2020 reviews:birch_2021")]
    values.append(recorded("t.by.hope.p", 0.5))
    others = [recorded("t.by.hope.n", 1, "reviews:ash_2020"), recorded("t.by.hope.p", 0.1)]
    found = told(compare(report(values=values), report("B", tables(**BOTH), others)), "value")
    assert [one[4:] for one in found] == [((REVIEW,), "rows"), ((REVIEW,), "together")]


@pytest.mark.parametrize(
    ("data", "row", "expected"),
    [
        (NO_BIRCH, "pr1", ((REVIEW,), "rule")),
        (RATED, "pr2", ((RATING,), "rule")),
        ({"amstar2": replaced("amstar2", "high", "moderate")}, "pr2", None),
        ({"estimates": replaced("estimates", "0.30", "0.31")}, "pr3", "row:estimates/ma1"),
        ({"estimates": replaced("estimates", "hope", "joy")}, "pr3", None),
    ],
)
def test_published_numbers_follow_the_rows_that_their_rule_picks(data, row, expected):
    """What the rule does not pick is one possibility among all that the notebook reads."""
    head = "No.|Statement|Result"
    before = table("tbl-reproduction", head, f"{row}|Said|Reproduced", notebook="03_check")
    after = table("tbl-reproduction", head, f"{row}|Said|Differs", notebook="03_check")
    old, new = report(displays=[before]), report("B", tables(**data), displays=[after])
    (found,) = told(compare(old, new), "published")
    assert found[:3] == (f"tbl-reproduction/{row}", "Reproduced", "Differs")
    if expected is None:
        assert found[5] == "possible"
    else:
        assert found[4:] == (expected if isinstance(expected, tuple) else ((expected,), "rule"))


def test_parameters_code_and_versions_explain_what_no_row_does():
    before, after = recorded("n.k", 1), recorded("n.k", 2)
    same = {"01_counts": {"least": "1"}}
    old = report(values=[before], parameters=same, environment={"numpy": "1"}, package="p 1")
    other = report("B", values=[after], parameters=same, environment={"numpy": "2"}, package="p 2")
    assert told(compare(old, other), "value")[0][4:] == (("package", "environment"), "made with")
    given = {"01_counts": {"least": "2"}}
    new = report("B", values=[after], parameters=given, environment={"numpy": "2"}, package="p 1")
    assert told(compare(old, new), "value")[0][4:] == (("parameter:least/01_counts",), "possible")
    nothing = compare(report(values=[before]), report("B", values=[after]))
    assert told(nothing, "value")[0][4:] == ((), "")
    assert [one.what for one in nothing.unexplained] == ["n.k"]


def test_values_that_differ_beyond_print_only_say_so_and_the_last_digit_counts_nothing():
    def values(one, text="0.33"):
        return [type(recorded("a.b", one))("a.b", one, text, "", frozenset(), "01_counts", ())]

    assert compare(report(values=values(1 / 3)), report("B", values=values(1 / 3 + 1e-13))).same
    found = told(compare(report(values=values(1 / 3)), report("B", values=values(0.3334))), "value")
    assert found[0][1:4] == ("0.33", "0.33", ("printed as before",))


def test_values_name_the_sections_that_cite_them():
    said = [sentence("c1", "There are {n.k}.", "Abstract"), sentence("c2", "And {n.k}.", "Results")]
    old = report(values=[recorded("n.k", 1, cited=("c1", "c2"))], sentences=said)
    new = report("B", values=[recorded("n.k", 2, cited=("c1", "c2"))], sentences=said)
    (found,) = compare(old, new).consequences
    assert (found.what, found.old, found.new) == ("n.k", "1", "2")
    assert found.cited == ("Abstract", "Results")


def test_sentences_added_removed_reworded_and_moved():
    old = report(
        sentences=[
            sentence("c1", "Of {n.a} reviews, {n.b} were of high quality."),
            sentence("c2", "Nothing like it {n.c}."),
            sentence("c3", "The same words {n.d} elsewhere.", "Results", "b.qmd"),
            sentence("c4", "It stays {n.e}."),
        ]
    )
    new = report(
        "B",
        sentences=[
            sentence("c5", "Of {n.a} reviews, only {n.b} were of high quality."),
            sentence("c6", "Quite another thing: {n.f} persons said so."),
            sentence("c7", "The same words {n.d} elsewhere.", "Discussion", "d.qmd"),
            sentence("c4", "It stays {n.e}."),
        ],
    )
    found = told(compare(old, new), "wording")
    assert [(one[0], one[3][0], one[4]) for one in found] == [
        ("c1/c5", "reworded", ("text:a.qmd",)),
        ("c3/c7", "moved to another section", ("text:b.qmd", "text:d.qmd")),
        ("c2", "sentence removed", ("text:a.qmd",)),
        ("c6", "sentence added", ("text:a.qmd",)),
    ]


def test_rows_of_tables_are_paired_and_their_order_counts_nothing():
    before = table("t", "Name|n|Group", "x|1|g", "y|2|g", "z|3|h", "w|4|h")
    after = table("t", "Name|n|Group", "y|2|g", "x|5|g", "w|4|h", "new|9|k")
    assert differing_rows(before, after) == [
        (("x", "1", "g"), ("x", "5", "g")),
        (("z", "3", "h"), None),
        (None, ("new", "9", "k")),
    ]


def test_rows_of_tables_lead_to_the_reviews_that_they_name():
    before = table("tbl-a", "Review|Rating", "Ash 2020 [@ash_2020]|Low")
    after = table("tbl-a", "Review|Rating", "Ash 2020 [@ash_2020]|High")
    assert explained(before, after) == ((RATING,), "reviews")
    gone = table("tbl-a", "Review|Rating", "Birch 2021 [@birch_2021]|Low")
    assert explained(gone, table("tbl-a", "Review|Rating")) == ((REVIEW,), "rows")


def test_rows_that_name_several_reviews_do_not_decide():
    before = table("tbl-a", "Group|n|Which", "g|5|[@ash_2020; @cedar_2022]")
    after = table("tbl-a", "Group|n|Which", "g|6|[@ash_2020; @cedar_2022]")
    assert explained(before, after) == ((REVIEW, RATING), "possible")


def test_tables_added_and_columns_removed():
    old = report(displays=[table("tbl-a", "x|y", "1|2"), table("tbl-b", "x", "1")])
    new = report("B", displays=[table("tbl-a", "x", "1")])
    found = told(compare(old, new), "display")
    assert [one[:4] for one in found] == [
        ("tbl-a", "column y", None, ()),
        ("tbl-b", "1 rows", None, ("whole table",)),
    ]


def test_classes_are_matched_though_the_first_row_of_a_group_left():
    head = "Outcome|Review|n|Class"
    rows = ["**Hope**: mood|Ash 2020 [@ash_2020]|9|II", "Joy|Cedar 2022 [@cedar_2022]|8|III"]
    before = table("tbl-grade-trail", head, *rows)
    after = table("tbl-grade-trail", head, "**Hope**: joy|Cedar 2022 [@cedar_2022]|8|IV")
    gone = {**tables(), **tables(reviews=without("reviews", "ash"))}
    found = told(compare(report(displays=[before]), report("B", gone, displays=[after])), "class")
    assert [one[1:3] for one in found] == [("III", "IV"), ("II", None)]


def test_pairs_take_the_most_alike_first():
    assert pairs(["a b c", "a b d"], ["a b d e", "x"], text_likeness, 0.5) == [(1, 0)]


def test_likeness_of_texts_does_not_depend_on_their_order():
    one, other = "tide diet and so on", "diet tide on so and"
    assert text_likeness(one, other) == text_likeness(other, one)


def test_cells_are_shown_without_markdown():
    assert plain(r"**Hope**: a\-b") == "Hope: a-b"
    assert plain("Ash 2020 [@ash_2020] and [@elm_1; @oak_2]") == "Ash 2020 and elm_1; oak_2"
