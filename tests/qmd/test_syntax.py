"""Lines, code, comments and shortcodes of a manuscript."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.qmd.syntax import (
    Line,
    read_lines,
    shortcodes,
    split_front_matter,
    strip_comments,
    without_code,
)
from umbrella_review.render.shortcodes import MARK, Resolver

PLAIN = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="`{}")
)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


def code_flags(text: str) -> list[bool]:
    return [line.code for line in read_lines(text, "x.qmd")]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("a\n```\nb\n```\nc", [False, True, True, True, False]),
        ("~~~\n```\n~~~\na", [True, True, True, False]),
        ("````\n```\n````\na", [True, True, True, False]),
        ("```text\n``` not an end\n```\na", [True, True, True, False]),
        ("`code` and ```x``` inline\na", [False, False]),
        ("  - item\n\n    ```\n    b\n    ```\nc", [False, False, True, True, True, False]),
    ],
)
def test_fenced_code_is_marked(text: str, flags: list[bool]) -> None:
    assert code_flags(text) == flags


def test_front_matter_is_split_and_lines_keep_their_numbers() -> None:
    front, body = split_front_matter(read_lines("---\ntitle: x\n---\n\nText", "x.qmd"))
    assert [(line.text, line.number) for line in front] == [("title: x", 2)]
    assert [(line.text, line.number) for line in body] == [("", 4), ("Text", 5)]


def test_without_end_there_is_no_front_matter() -> None:
    lines = read_lines("---\ntitle: x", "x.qmd")
    assert split_front_matter(lines) == ([], lines)


def test_comments_go_over_lines_but_not_into_code() -> None:
    text = "a <!-- b\nc --> d\n```\n<!-- e -->\n```"
    kept = [line.text for line in strip_comments(read_lines(text, "x.qmd"))]
    assert kept == ["a ", " d", "```", "<!-- e -->", "```"]


def test_shortcodes_know_whether_they_are_escaped_or_in_code() -> None:
    line = Line("{{< var a.b >}} `{{< meta c >}}` {{{< embed x >}}} {{<var d>}}", "x.qmd", 1)
    found = [(c.name, c.arguments, c.escaped, c.code) for c in shortcodes(line)]
    assert found == [
        ("var", ("a.b",), False, False),
        ("meta", ("c",), False, True),
        ("embed", ("x",), True, False),
        ("var", ("d",), False, False),
    ]


@given(PLAIN, NAMES, PLAIN)
def test_values_never_enter_the_text(before: str, name: str, after: str) -> None:
    value = "{{< var other >}} *x* `y`{=html}"
    resolver = Resolver({name: value}, {}, [])
    text = resolver.line(Line(f"{before}{{{{< var {name} >}}}}{after}", "x.qmd", 3))
    assert resolver.problems == []
    assert MARK.sub("", text) == before + after
    assert [slot.content for slot in resolver.slots] == [value]


@given(PLAIN)
def test_text_without_shortcodes_stays_as_it_is(text: str) -> None:
    resolver = Resolver({}, {}, [])
    assert resolver.line(Line(text, "x.qmd", 1)) == text
    assert resolver.slots == []


@given(st.lists(st.one_of(PLAIN, st.just("`x`"), st.just("{{< var a >}}")), max_size=6))
def test_blanking_code_keeps_positions(parts: list[str]) -> None:
    text = " ".join(parts)
    assert len(without_code(text)) == len(text)


def test_nested_names_are_found_and_others_reported() -> None:
    resolver = Resolver({"a": {"b": "1", "e": " "}}, {"c": 2}, [])
    line = Line(
        "{{< var a.b >}} {{< meta c >}} {{< var a >}} {{< var a.e >}} {{< var x.y >}}", "f", 9
    )
    resolver.line(line)
    assert [slot.content for slot in resolver.slots] == ["1", "2"]
    assert [problem.where for problem in resolver.problems] == ["f, line 9"] * 3


def test_escaped_shortcodes_lose_a_brace_in_code_too() -> None:
    resolver = Resolver({}, {}, [])
    assert resolver.line(Line("`{{{< var a >}}}`", "x.qmd", 1)) == "`{{< var a >}}`"


def test_code_that_is_not_processed_is_left_alone() -> None:
    resolver = Resolver({}, {}, [])
    text = "```{.text shortcodes=false}\n{{< var a >}}\n```"
    assert resolver.text(read_lines(text, "x.qmd")) == text
    assert resolver.problems == []
