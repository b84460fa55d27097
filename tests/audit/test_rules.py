from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.audit import rules
from umbrella_review.audit.rows import cells, select
from umbrella_review.audit.rules import Condition, Path, RuleError, parse_where

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
VALUES = st.text(
    st.characters(blacklist_characters=";|", blacklist_categories=("Cs", "Cc", "Z")), min_size=1
)
PATHS = st.builds(Path, NAMES, st.one_of(st.just(""), NAMES))


def conditions() -> st.SearchStrategy[Condition]:
    # A value must not begin as a longer sign would go on.
    values = VALUES.filter(lambda text: text[0] not in "=~^!")
    return st.builds(
        Condition,
        PATHS,
        st.sampled_from(["=", "!=", "~", "!~", "^"]),
        st.lists(values, min_size=1, max_size=3).map(tuple),
    )


@pytest.fixture
def frames() -> dict[str, pd.DataFrame]:
    reviews = pd.DataFrame(
        {
            "review_id": ["a_2001", "b_2002", "c_2003"],
            "review_type": ["scoping", "sr_narrative", None],
            "questions": [("rq1", "rq2"), ("rq2",), ()],
            "n_reports": pd.array([1, 2, None], dtype="Int64"),
            "grade_used": pd.array([True, False, None], dtype="boolean"),
            "title": ["Hope; a review", "No `hope`", "__import__('os')"],
        }
    )
    directions = pd.DataFrame(
        {"direction_id": ["d1", "d2", "d3"], "review_id": ["b_2002", "a_2001", None]}
    )
    return {"reviews": reviews, "effect_directions": directions}


def picked(frames: dict[str, pd.DataFrame], where: str, table: str = "reviews") -> list[str]:
    return list(select(table, parse_where(where), frames).iloc[:, 0])


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("", ["a_2001", "b_2002", "c_2003"]),
        ("review_type=scoping", ["a_2001"]),
        ("review_type!=scoping", ["b_2002", "c_2003"]),
        ("review_type=scoping|sr_narrative", ["a_2001", "b_2002"]),
        ("review_type!=scoping|sr_narrative", ["c_2003"]),
        ("review_type=", ["c_2003"]),
        ("review_type!=", ["a_2001", "b_2002"]),
        ("review_type=scoping|", ["a_2001", "c_2003"]),
        ("questions~rq2", ["a_2001", "b_2002"]),
        ("questions=rq2", ["b_2002"]),
        ("questions!~rq1", ["b_2002", "c_2003"]),
        ("questions=", ["c_2003"]),
        ("n_reports=2", ["b_2002"]),
        ("n_reports=2.0", ["b_2002"]),
        ("n_reports=", ["c_2003"]),
        ("grade_used=true", ["a_2001"]),
        ("grade_used=false", ["b_2002"]),
        ("title~hope", ["b_2002"]),
        ("title^Hope", ["a_2001"]),
        ("title!~ope", ["c_2003"]),
        ("questions~rq2 ; review_type = scoping;", ["a_2001"]),
    ],
)
def test_conditions(frames, where, expected):
    assert picked(frames, where) == expected


def test_conditions_reach_through_a_key(frames):
    assert picked(frames, "review_id.review_type=scoping", "effect_directions") == ["d2"]
    assert picked(frames, "review_id.questions~rq2", "effect_directions") == ["d1", "d2"]
    assert picked(frames, "review_id.review_type=", "effect_directions") == ["d3"]


def test_cells_reached_through_a_key_keep_the_index(frames):
    rows = frames["effect_directions"].iloc[1:]
    found = cells("effect_directions", rows, Path("questions", "review_id"), frames)
    assert list(found.index) == [1, 2]
    assert found.loc[1] == ("rq1", "rq2")
    assert pd.isna(found.loc[2])


@given(st.lists(conditions(), max_size=4).map(tuple))
def test_reading_undoes_writing(written):
    assert parse_where("; ".join(map(str, written))) == written


@given(st.text())
def test_any_text_is_read_or_refused_with_its_cell(text):
    refusal = None
    try:
        parse_where(text)
    except RuleError as error:
        refusal = error
    assert refusal is None or (refusal.cell == "where" and refusal.found and refusal.remedy)


@pytest.mark.parametrize(
    "text",
    ["review_type", "=scoping", "Type=x", "a.b.c=x", "1=1", "a>2", "not a=1", "questions~", "a~x|"],
)
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(RuleError) as caught:
        parse_where(text)
    assert text.strip() in caught.value.found


@pytest.mark.parametrize(
    "value",
    ["__import__('os').system('false')", "`title`", "@frames", "1 or 1==1", "{frames}", "%s", "\\"],
)
def test_code_is_only_text(frames, value):
    assert picked(frames, f"review_type={value}") == []
    assert picked(frames, f"review_type!={value}") == ["a_2001", "b_2002", "c_2003"]


def test_code_is_found_as_the_text_that_it_is(frames):
    assert picked(frames, "title=__import__('os')") == ["c_2003"]
    assert picked(frames, "title~`hope`") == ["b_2002"]


@pytest.mark.parametrize("column", ["__class__", "a b", "a()", "review_id.x.y", "`a`"])
def test_a_column_is_a_name(column):
    row = {"table": "reviews", "where": "", "operation": "sum", "column": column, "argument": ""}
    with pytest.raises(RuleError) as caught:
        rules.parse(row)
    assert caught.value.cell == "column"


def test_words():
    text = rules.where_words(parse_where("a=x|y; b!~z; c=; d.e^f"))
    assert text == "a is x or y and b does not hold z and c is empty and d.e starts with f"
