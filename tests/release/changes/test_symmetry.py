"""Nothing differs from itself, and exchanging the reports exchanges before and after."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.release.changes.made import (
    COLUMNS,
    DATA,
    READS,
    recorded,
    report,
    sentence,
    table,
    tables,
)
from umbrella_review.release.changes.compare import compare

REVIEWS = ("ash_2020", "birch_2021", "cedar_2022")
WORDS = st.lists(st.sampled_from(["red", "green", "{n.a}", "{n.b}", "tall"]), max_size=6)
EXAMPLES = settings(max_examples=50)


def some(lines: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(lines), unique=True, max_size=len(lines))


@st.composite
def rows_of(draw: st.DrawFn, name: str) -> list[str]:
    lines = draw(some(DATA[name]))
    if name == "amstar2":
        ratings = st.sampled_from(("low", "high"))
        return [f"{line.split(',')[0]},{draw(ratings)}" for line in lines]
    if name == "estimates":
        numbers = st.sampled_from(("0.30", "-0.30", ""))
        return [
            ",".join([*line.split(",")[:5], draw(numbers), *line.split(",")[6:]]) for line in lines
        ]
    return lines


@st.composite
def reports(draw: st.DrawFn, name: str) -> object:
    data = tables(**{one: draw(rows_of(one)) for one in COLUMNS})
    places = [
        f"{one}:{key}" for one in ("reviews", "estimates") for key in (*REVIEWS, "ma1", "ma2")
    ]
    values = [
        recorded(
            value_id,
            draw(st.integers(0, 3)),
            " ".join(draw(st.lists(st.sampled_from(places), unique=True, max_size=3))),
            notebook=draw(st.sampled_from(sorted(READS))) if value_id == "n.x" else "01_counts",
            unit=draw(st.sampled_from(("", "%"))),
        )
        for value_id in draw(st.lists(st.sampled_from(("n.a", "n.b", "t.b.c.d", "t.b.c.e"))))
    ]
    texts = draw(st.lists(WORDS.map(" ".join), unique=True, max_size=4))
    said = [sentence(f"c{text}", text, file=draw(st.sampled_from("ab"))) for text in texts]
    cells = st.lists(st.sampled_from(("g|1|x", "g|2|x", "h|1|y", "[@ash_2020]|1|x")), max_size=5)
    shown = [table("tbl-a", "Name|n|Group", *draw(cells))] if draw(st.booleans()) else []
    given_ = {"01_counts": {"least": draw(st.sampled_from("12"))}}
    return report(name, data, values, said, shown, parameters=given_)


@EXAMPLES
@given(reports("A"))
def test_nothing_differs_from_itself(one):
    comparison = compare(one, one)
    assert comparison.same
    assert not comparison.consequences


def content(comparison, *, swapped: bool) -> tuple[object, object]:
    causes = [one.cause_id for one in comparison.causes]
    found = Counter()
    for one in comparison.consequences:
        pair = (one.new, one.old) if swapped else (one.old, one.new)
        found[(one.kind, one.what, *pair, one.explained, one.cited)] += 1
    return causes, found


@EXAMPLES
@given(reports("A"), reports("B"))
def test_exchanging_the_reports_exchanges_before_and_after(one, other):
    forth, back = compare(one, other), compare(other, one)
    assert content(forth, swapped=False) == content(back, swapped=True)
    titles = [cause.title for cause in back.causes]
    words = {"added": "removed", "removed": "added"}
    assert titles == [
        " ".join(
            words.get(word.rstrip(":"), word.rstrip(":")) + ":" * word.endswith(":")
            for word in cause.title.split(" ")
        )
        for cause in forth.causes
    ]


@EXAMPLES
@given(reports("A"), reports("B"))
def test_every_consequence_has_a_known_cause_or_is_listed_as_not_explained(one, other):
    comparison = compare(one, other)
    known = {cause.cause_id for cause in comparison.causes}
    for consequence in comparison.consequences:
        assert set(consequence.explained.causes) <= known
        assert bool(consequence.explained.causes) != (consequence in comparison.unexplained)
        assert bool(consequence.explained.basis) == bool(consequence.explained.causes)
