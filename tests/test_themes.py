from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from umbrella_review.load import load_table
from umbrella_review.narrative import themes
from umbrella_review.narrative.findings import TOTAL
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.tables.citation import cite, short_names
from umbrella_review.tables.experiences import contrast_table, experience_table, theme_table

PROJECT = Project(Path(__file__).parents[1])


def made(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["theme", "perspective", "valence"])
    ids = [f"f{n}" for n in range(len(frame))]
    return frame.assign(finding_id=ids, finding=ids, review_ids=[("a",)] * len(frame), note=None)


@pytest.fixture(scope="module")
def findings(review: Review) -> pd.DataFrame:
    return load_table(PROJECT, "experience_findings", review)


def orders(review: Review) -> tuple[list[str], list[str]]:
    return list(review.vocabulary("theme")), list(review.vocabulary("perspective"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("t", "p", "benefit"), ("t", "p", "challenge")], [True]),
        ([("t", "p", "mixed")], [False]),
        ([("t", "p", "benefit"), ("t", "p", "mixed")], [False]),
        ([("t", "p", "benefit"), ("t", "q", "challenge")], []),
        ([("t", "p", "benefit"), ("u", "p", "challenge")], []),
        ([("t", "p", "challenge")], []),
    ],
)
def test_a_cell_contrasts_by_both_sides_or_a_mixed_finding(
    rows: list[tuple[str, str, str]], expected: list[bool]
) -> None:
    found = themes.contrasts(made(*rows), ["t", "u"], ["p", "q"])
    assert list(found["both_sides"]) == expected


def test_contrasts_list_the_findings_of_each_side() -> None:
    table = made(("t", "p", "benefit"), ("t", "p", "challenge"), ("t", "p", "benefit"))
    found = themes.contrasts(table, ["t"], ["p"])
    assert found[["benefit", "challenge", "mixed"]].to_dict("records") == [
        {"benefit": ("f0", "f2"), "challenge": ("f1",), "mixed": ()}
    ]


def test_theme_counts_follow_the_order_given() -> None:
    counts = themes.theme_counts(made(("t", "p", "benefit"), ("u", "p", "mixed")), ["u", "t"])
    assert counts[["theme", "benefit", "mixed"]].to_dict("list") == {
        "theme": ["u", "t"],
        "benefit": [0, 1],
        "mixed": [1, 0],
    }


def test_matrix_adds_up(findings: pd.DataFrame, review: Review) -> None:
    matrix = themes.theme_by_perspective(findings, *orders(review))
    inner = matrix[matrix["row"].ne(TOTAL) & matrix["column"].ne(TOTAL)]
    corner = matrix[matrix["row"].eq(TOTAL) & matrix["column"].eq(TOTAL)]
    assert inner["n_findings"].sum() == corner["n_findings"].sum() == len(findings)


def test_values_of_the_data(findings: pd.DataFrame, reviews: pd.DataFrame, review: Review) -> None:
    names, (order, perspectives) = short_names(reviews), orders(review)
    recorded = themes.values(
        "rq3",
        findings,
        findings,
        kept=reviews,
        themes=order,
        perspectives=perspectives,
        names=names,
    )
    values = {value.value_id: value.value for value in recorded}
    assert len(values) == len(recorded)
    for kind in themes.VALENCES:
        parts = [values[f"rq3.n_{kind}_{theme}"] for theme in order]
        assert sum(parts) == values[f"rq3.n_{kind}"] == findings["valence"].eq(kind).sum()
    by_perspective = [values[f"rq3.n_findings_{word}"] for word in perspectives]
    assert sum(by_perspective) == values["rq3.n_findings"] == len(findings)
    assert values["rq3.n_cells_both_sides"] <= values["rq3.n_cells_contrasting"]
    assert values["rq3.n_cells_contrasting"] <= values["rq3.n_cells_filled"]


def test_tables_name_every_finding_and_theme(
    findings: pd.DataFrame, reviews: pd.DataFrame, review: Review
) -> None:
    view = experience_table(findings, cite(reviews), review)
    assert sorted(view.frame["Finding"]) == sorted(findings["finding"])
    counts = themes.theme_counts(findings, orders(review)[0])
    overview = theme_table(counts, findings, review)
    assert list(overview.frame["Theme"]) == list(review.vocabulary("theme").values())
    assert overview.frame["Supported by most reviews"].str.contains(r"\(reviews: \d+\)$").all()


def test_contrast_table_prints_each_side(findings: pd.DataFrame, review: Review) -> None:
    found = themes.contrasts(findings, *orders(review))
    printed = contrast_table(found, findings, review).frame
    words = findings.set_index("finding_id")["finding"]
    first = found.iloc[0]
    assert all(words[key] in printed["Challenges"].iloc[0] for key in first["challenge"])
    assert printed.loc[~found["both_sides"].to_numpy(), "Mixed"].ne("").all()


def test_notes_of_findings_stand_below_the_table(
    findings: pd.DataFrame, reviews: pd.DataFrame, review: Review
) -> None:
    notes = experience_table(findings, cite(reviews), review).notes
    assert len(notes) == findings["note"].notna().sum()


def test_nothing_left_is_said_not_an_error(reviews: pd.DataFrame, review: Review) -> None:
    nothing = made(("t", "p", "benefit")).iloc[:0]
    order, perspectives = orders(review)
    views = [
        contrast_table(themes.contrasts(nothing, order, perspectives), nothing, review),
        theme_table(themes.theme_counts(nothing, order), nothing, review),
        experience_table(nothing, cite(reviews), review),
    ]
    assert all("Nothing is left" in view.to_markdown() for view in views)
