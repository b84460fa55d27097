"""Parameters of notebooks: conversion, scope, precedence, and every way to get them wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies

from umbrella_review.build.given import from_file, from_options
from umbrella_review.errors import ParameterError
from umbrella_review.parameters import Given, check_words, convert, read_defaults, resolve
from umbrella_review.review import Review

ROOT = Path(__file__).parents[1]
DECLARED = {
    "03_quality": {"minimum_rating": "critically_low", "questions": []},
    "05_effectiveness": {"minimum_rating": "critically_low", "minimum_k": 2, "level": 0.95},
    "06_plain": {"ordered": True},
}


def values(*options: str) -> dict:
    resolved, problems = resolve(DECLARED, from_options(options))
    assert not problems, problems
    return resolved


def problem(*options: str) -> str:
    _, problems = resolve(DECLARED, from_options(options))
    assert len(problems) == 1
    return str(problems[0])


def test_defaults_are_read_from_the_cell():
    code = 'a = "x"  # text\nb: int = 3\nc = ["p", "q"]\nd = -0.5\ne = False\n'
    assert read_defaults(code) == {"a": "x", "b": 3, "c": ["p", "q"], "d": -0.5, "e": False}


def test_a_value_goes_to_every_notebook_that_has_it():
    resolved = values("minimum_rating=low")
    assert resolved["03_quality"]["minimum_rating"] == "low"
    assert resolved["05_effectiveness"]["minimum_rating"] == "low"
    assert resolved["06_plain"] == {"ordered": True}


@pytest.mark.parametrize("swap", [False, True])
def test_a_value_for_one_notebook_wins_over_one_for_all(swap):
    options = ["minimum_rating=low", "05_effectiveness.minimum_rating=high"]
    resolved = values(*reversed(options)) if swap else values(*options)
    assert resolved["03_quality"]["minimum_rating"] == "low"
    assert resolved["05_effectiveness"]["minimum_rating"] == "high"


def test_the_later_of_two_equals_wins():
    assert values("minimum_k=3", "minimum_k=4")["05_effectiveness"]["minimum_k"] == 4


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        ("3", 1, 3),
        ("3", 1.0, 3.0),
        ("true", False, True),
        ("No", True, False),
        ("a, b", [], ["a", "b"]),
        ("[a,b]", [], ["a", "b"]),
        ("", ["x"], []),
        ("[]", ["x"], []),
        (["a", "b"], [], ["a", "b"]),
        ("1,2", [3], [1, 2]),
        ("2020-01-01", "", "2020-01-01"),
        ("no", "", "no"),
    ],
)
def test_values_take_the_type_of_the_default(value, default, expected):
    converted = convert(value, default)
    assert converted == expected
    assert type(converted) is type(expected)


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        ("x", 1, "a whole number"),
        ("1.5", 1, "a whole number"),
        ("x", 1.0, "a number"),
        ("nan", 1.0, "a number"),
        ("1", True, "true or false"),
        (["a"], "b", "a text, not a list"),
        ("a", [1], "a list, each item a whole number"),
    ],
)
def test_other_values_are_refused(value, default, expected):
    with pytest.raises(ValueError, match=f"^{expected}$"):
        convert(value, default)


@given(strategies.floats(allow_nan=False, allow_infinity=False))
def test_numbers_survive_being_written(number):
    assert convert(repr(number), 0.0) == number


@given(strategies.lists(strategies.from_regex(r"[a-z]([a-z _-]*[a-z])?", fullmatch=True)))
def test_lists_survive_being_written(items):
    assert convert(",".join(items), []) == items


def test_an_unknown_name_lists_the_valid_ones_and_the_nearest():
    told = problem("minimum_ratng=low")
    assert "-P minimum_ratng=low: there is no parameter 'minimum_ratng' in any notebook" in told
    assert "03_quality: minimum_rating = 'critically_low', questions = []" in told
    assert "05_effectiveness: minimum_rating = 'critically_low', minimum_k = 2" in told
    assert "Did you mean 'minimum_rating'?" in told


def test_a_name_that_another_notebook_has():
    told = problem("03_quality.minimum_k=3")
    assert "no parameter 'minimum_k' in 03_quality" in told
    assert "05_effectiveness" not in told


def test_an_unknown_notebook():
    told = problem("05_effectivness.minimum_k=3")
    assert "there is no notebook '05_effectivness'" in told
    assert "Did you mean '05_effectiveness'?" in told


def test_a_wrong_type_is_told_once():
    told = problem("minimum_k=two")
    assert "-P minimum_k=two: the value of minimum_k is 'two'. Expected a whole number." in told


def test_all_problems_come_at_once():
    _, problems = resolve(DECLARED, from_options(["x=1", "minimum_k=y", "06_plain.ordered=2"]))
    assert len(problems) == 3


def test_words_come_from_the_vocabularies():
    review = Review.read(ROOT / "review.yml")
    fine = {"a": {"minimum_rating": "high", "questions": list(review.questions), "free": "x"}}
    assert check_words(fine, review) == []
    wrong = {"a": {"minimum_rating": "lo"}, "b": {"questions": ["rq1", "rq9"], "themes": ["x"]}}
    told = [str(problem) for problem in check_words(wrong, review)]
    assert len(told) == 3
    assert "one of high, moderate, low, critically_low" in told[0]
    assert "Did you mean 'low'?" in told[0]
    assert "'rq9'" in told[1]


@pytest.mark.parametrize("option", ["minimum_rating", "=low", "05_x.=low"])
def test_an_option_needs_a_name_and_a_value(option):
    with pytest.raises(ParameterError, match="not name=value"):
        from_options([option])


def test_an_option_may_hold_further_signs():
    assert from_options(["a=b=c.d"]) == [Given("a", "b=c.d", "-P a=b=c.d")]


def write(tmp_path: Path, text: str) -> Path:
    target = tmp_path / "parameters.yml"
    target.write_text(text, encoding="utf-8")
    return target


def test_a_file_holds_names_or_notebooks(tmp_path):
    text = (
        "minimum_rating: low\n05_effectiveness:\n  minimum_k: 3\n  day: 2020-01-01\nlist: [no, 1]\n"
    )
    read = [(item.notebook, item.name, item.value) for item in from_file(write(tmp_path, text))]
    assert read == [
        (None, "minimum_rating", "low"),
        ("05_effectiveness", "minimum_k", "3"),
        ("05_effectiveness", "day", "2020-01-01"),
        (None, "list", ["no", "1"]),
    ]


def test_an_empty_file_changes_nothing(tmp_path):
    assert from_file(write(tmp_path, "# nothing\n")) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n", "Expected `name: value`"),
        ("a: [b: c]\n", ", a: there stands"),
        ("a: {b: {c: d}}\n", ", a.b: there stands"),
        ("a: 1\na: 2\n", "'a' stands there twice"),
        ("a: [\n", "cannot be read"),
        ("a: !!python/object/apply:os.getcwd []\n", ""),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path, text, told):
    if not told:
        assert from_file(write(tmp_path, text))[0].value == []  # read as a plain list, never run
        return
    with pytest.raises(ParameterError) as caught:
        from_file(write(tmp_path, text))
    assert told in str(caught.value)
    assert "parameters.yml" in str(caught.value)
