"""A comparison in a few sentences: results first, and what stayed as it was."""

from __future__ import annotations

from dataclasses import replace

from tests.release.changes.made import DATA, changed, recorded, replaced, report, tables, without
from umbrella_review.release.changes.brief import brief
from umbrella_review.release.changes.compare import compare
from umbrella_review.release.changes.consequence import Consequence
from umbrella_review.release.changes.report import Display, Sentence


def test_no_change_is_one_sentence() -> None:
    same = compare(report(), report("B"))
    assert brief(same) == ["Nothing has changed in meaning since version A."]


def test_few_changes_of_a_kind_are_told_each() -> None:
    old, new = "0.10,0.50,favours_intervention", "-0.10,0.50,no_effect"
    moved = replaced("estimates", old, new)
    first, line, cause = brief(changed(estimates=moved))
    assert first == (
        "Results have changed since version A. The same as there: reviews, directions of effect,"
        " ratings, classes of credibility, findings and published numbers."
    )
    assert line == (
        "Estimates: 1 moved, significance lost: 1, direction changed: 1 (Ash et al. 2020: hope,"
        " end: SMD 0.30 (0.10 to 0.50), favours intervention → SMD 0.30 (−0.10 to 0.50),"
        " no effect)."
    )
    assert cause == "What was changed by hand: rows of the data."


def test_many_changes_of_a_kind_are_counted() -> None:
    ratings = [f"{line.split(',')[0]},moderate" for line in DATA["amstar2"]]
    comparison = changed(
        reviews=[*without("reviews", "birch"), "dogwood_2023,Dogwood F,2023"], amstar2=ratings
    )
    lines = brief(comparison)
    assert "Reviews: 1 came in, 1 went out (" in lines[1]
    assert any(line.startswith("Ratings: 3 changed (") for line in lines)
    more = [*comparison.consequences, Consequence("rating", "x", "X", "low", None)]
    lines = brief(replace(comparison, consequences=tuple(more)))
    assert "Ratings: 1 gone, 3 changed." in lines


def test_numbers_are_those_of_the_text_and_others_and_tables_are_counted_once() -> None:
    values = [recorded("a.one", 1, cited=("s1",)), recorded("a.two", 2)]
    later = [recorded("a.one", 5, cited=("s1",)), recorded("a.three", 3)]
    said = Sentence("s1", "Results", "Of 1.", "Of {a.one}.", "index.qmd")
    rows = (("a", "1"), ("b", "2"))
    table = Display("tbl-x", "Table 1", "01_counts", shown=True, head=("name", "n"), rows=rows)
    other = replace(table, rows=(("a", "8"), ("b", "9")))
    figure = replace(table, label="fig-y", name="Figure 1")
    lines = brief(
        compare(
            report("A", tables(), values, [said], [table]),
            report("B", tables(), later, [said], [other, figure]),
        )
    )
    assert lines[0].startswith("No result has changed since version A: the same reviews, ")
    assert "Numbers in the text: 1 otherwise than before." in lines
    assert "Numbers that no sentence cites: 1 new, 1 gone." in lines
    assert "Figures and tables: 1 new, 1 with other rows." in lines
