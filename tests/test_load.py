"""Reading tables: what good data become, and what is said of bad data."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from umbrella_review.errors import DataError, InputError, Problem, ReviewError
from umbrella_review.load import check_project, load_table
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.schemas import TABLES


@pytest.fixture
def copied(tmp_path: Path, copy_project: Callable[[Path], Project]) -> Project:
    return copy_project(tmp_path)


def records(project: Project, table: str) -> list[list[str]]:
    with (project.data / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def save(project: Project, table: str, rows: list[list[str]]) -> None:
    with (project.data / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def edit(project: Project, table: str, row: int, column: str, value: str) -> str:
    """Change a cell, the header being row 1, and return what it held."""
    rows = records(project, table)
    position = rows[0].index(column)
    before = rows[row - 1][position]
    rows[row - 1][position] = value
    save(project, table, rows)
    return before


def problems(project: Project) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        check_project(project)
    assert caught.value.exit_code == 2
    return list(caught.value.problems)


def only(project: Project) -> Problem:
    found = problems(project)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


# Good data


def test_the_data_of_the_project_hold(project: Project) -> None:
    check_project(project)


@pytest.mark.parametrize("name", TABLES)
def test_columns_have_the_types_of_their_contract(
    project: Project, review: Review, name: str
) -> None:
    frame = load_table(project, name, review)
    assert tuple(frame.columns) == TABLES[name].names
    dtypes = {"text": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
    for column in TABLES[name].columns:
        if column.kind == "list":
            assert all(isinstance(cell, tuple) for cell in frame[column.name])
        else:
            assert str(frame[column.name].dtype) == dtypes[column.kind], column.name


def test_empty_cells_are_missing_and_words_are_not(copied: Project, review: Review) -> None:
    edit(copied, "reviews", 2, "countries", "NA")
    edit(copied, "reviews", 3, "countries", "")
    edit(copied, "reviews", 2, "n_participants", "")
    edit(copied, "reviews", 2, "designs", "")
    frame = load_table(copied, "reviews", review)
    assert frame.loc[0, "countries"] == "NA"
    assert pd.isna(frame.loc[1, "countries"])
    assert frame.loc[0, "n_participants"] is pd.NA
    assert frame.loc[0, "designs"] == ()
    assert np.isnan(load_table(copied, "estimates", review)["z"]).any()


@pytest.mark.parametrize("change", ["bom", "crlf", "order", "blank line", "upper case"])
def test_what_spreadsheets_do_to_a_file_does_no_harm(
    copied: Project, review: Review, change: str
) -> None:
    before = load_table(copied, "effect_directions", review)
    path = copied.data / "effect_directions.csv"
    data = path.read_bytes()
    if change == "bom":
        path.write_bytes(b"\xef\xbb\xbf" + data)
    elif change == "crlf":
        path.write_bytes(data.replace(b"\n", b"\r\n"))
    elif change == "order":
        save(copied, "effect_directions", [row[::-1] for row in records(copied, path.stem)])
    elif change == "blank line":
        path.write_bytes(data + b"\n\n")
    else:
        path.write_bytes(data.replace(b",true,", b",TRUE,").replace(b",false,", b",FALSE,"))
        assert b",TRUE," in path.read_bytes()
    pd.testing.assert_frame_equal(load_table(copied, "effect_directions", review), before)


def test_loading_one_table_looks_at_no_other(copied: Project, review: Review) -> None:
    edit(copied, "reviews", 2, "year", "soon")
    edit(copied, "estimates", 2, "review_id", "unknown_1999")
    assert len(load_table(copied, "estimates", review)) == len(records(copied, "estimates")) - 1
    with pytest.raises(DataError, match="row 2, column year"):
        load_table(copied, "reviews", review)


def test_an_unknown_table_is_named_with_its_neighbour(project: Project, review: Review) -> None:
    with pytest.raises(DataError, match=r"no table 'reveiws'.*Did you mean 'reviews'\?"):
        load_table(project, "reveiws", review)


# Heads


def test_a_missing_column(copied: Project) -> None:
    rows = records(copied, "estimates")
    position = rows[0].index("direction")
    save(copied, "estimates", [row[:position] + row[position + 1 :] for row in rows])
    problem = only(copied)
    assert problem.where == "data/estimates.csv, row 1, column direction"
    assert problem.found == "no column 'direction'"
    assert problem.remedy == "Add it, empty if need be."


def test_a_misspelled_column_is_one_problem_and_its_cells_are_read(copied: Project) -> None:
    rows = records(copied, "estimates")
    rows[0][rows[0].index("direction")] = "diretion"
    rows[1][rows[0].index("diretion")] = "better"
    save(copied, "estimates", rows)
    head, cell = problems(copied)
    assert head.where == "data/estimates.csv, row 1, column diretion"
    assert (head.found, head.expected) == ("the unknown column 'diretion'", "'direction'")
    assert head.remedy == "Did you mean 'direction'?"
    assert cell.where == "data/estimates.csv, row 2, column direction"


def test_a_column_too_many_and_one_twice(copied: Project) -> None:
    rows = records(copied, "key_findings")
    save(copied, "key_findings", [[*row, row[1], "x"] for row in rows])
    save(copied, "key_findings", [["comment" if c == "x" else c for c in rows[0]]])
    header = [*rows[0], "question", "mood"]
    save(copied, "key_findings", [header, *([*row, "", ""] for row in rows[1:])])
    twice, extra = problems(copied)
    assert twice.where == "data/key_findings.csv, row 1, column question"
    assert twice.found == "the column 'question' 2 times"
    assert extra.found == "the unknown column 'mood'"


def test_semicolons_between_cells(copied: Project) -> None:
    path = copied.data / "key_findings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert problems(copied)[0].expected == "heads separated by commas"


# Cells


def test_a_wrong_value(copied: Project) -> None:
    edit(copied, "amstar2", 3, "rating", "critcally_low")
    problem = only(copied)
    assert problem.where == "data/amstar2.csv, row 3, column rating"
    assert problem.found == "'critcally_low'"
    assert problem.expected == "one of high, moderate, low, critically_low"
    assert problem.remedy == "Did you mean 'critically_low'?"


def test_a_wrong_part_of_a_list(copied: Project) -> None:
    edit(copied, "reviews", 2, "questions", "rq1;rq9")
    problem = only(copied)
    assert problem.where == "data/reviews.csv, row 2, column questions"
    assert (problem.found, problem.expected) == ("'rq9'", "one of rq1, rq2, rq3")


@pytest.mark.parametrize(
    ("column", "value", "expected", "remedy"),
    [
        ("k", "16.0", "a whole number in digits", "Write 16"),
        ("k", "sixteen", "a whole number in digits", "put the words into the note"),
        ("k", "0", "a number of at least 1", "Compare the number"),
        ("estimate", "-0,39", "a number with a point", "Write -0.39."),
        ("estimate", "−0.39", "a number with a point", "Write -0.39."),
        ("estimate", "NA", "a number with a point", "Leave the cell empty"),
        ("estimate", "1e999", "a number with a point", "Correct the cell"),
        ("i2", "178", "a number between 0 and 100", "Compare the number"),
        ("i2", "78%", "a number with a point", "Write 78."),
        ("higher_is_better", "maybe", "true or false", "Correct the cell"),
        ("p_reported", "small", "a text of the form", "other cells of the column"),
        ("source", "cooper 2024", "keys of data/references.bib or page", "smith_2020"),
        ("outcome", "", "a value (Outcome as the source names it)", "Fill it in."),
        ("outcome", " hope", "no blanks at the ends", "Remove the blanks."),
        ("estimate_id", "MA 1", "a text of the form", "other cells of the column"),
    ],
)
def test_a_cell_that_breaks_its_contract(
    copied: Project, column: str, value: str, expected: str, remedy: str
) -> None:
    edit(copied, "estimates", 2, column, value)
    problem = problems(copied)[0]
    assert problem.where == f"data/estimates.csv, row 2, column {column}"
    assert value in problem.found or problem.found == "an empty cell"
    assert expected in problem.expected
    assert remedy in problem.remedy


def test_a_cell_that_cannot_be_read_is_reported_once(copied: Project) -> None:
    edit(copied, "estimates", 2, "estimate", "x")
    assert only(copied).found == "'x'"


@pytest.mark.parametrize("cell", ["rq1; rq2", "rq1;;rq2", "rq1;rq2;rq1", ";rq1;rq2"])
def test_an_untidy_list(copied: Project, cell: str) -> None:
    edit(copied, "reviews", 2, "questions", cell)
    problem = only(copied)
    assert problem.found == repr(cell)
    assert problem.remedy == "Write 'rq1;rq2'."


# Rows


def test_a_duplicate_key(copied: Project) -> None:
    first = records(copied, "estimates")[1][0]
    edit(copied, "estimates", 5, "estimate_id", first)
    problem = only(copied)
    assert problem.where == "data/estimates.csv, row 5, column estimate_id"
    assert problem.found == f"{first} for the second time"
    assert problem.expected == "estimate_id once in the table, and row 2 has it"
    assert problem.remedy == "Remove one of the two rows, or correct the value."


def test_a_duplicate_pair(copied: Project) -> None:
    rows = records(copied, "citations")
    save(copied, "citations", [*rows, ["ci99", *rows[1][1:]]])
    problem = only(copied)
    assert problem.where == f"data/citations.csv, row {len(rows) + 1}, column review_id"
    assert problem.expected == "review_id with study_id once in the table, and row 2 has it"


def test_an_interval_that_excludes_its_estimate(copied: Project) -> None:
    edit(copied, "estimates", 2, "estimate", "0.39")
    problem = only(copied)
    assert problem.where == "data/estimates.csv, row 2, column estimate"
    assert problem.found == "ci_lb = -0.54, estimate = 0.39, ci_ub = -0.24"
    assert problem.expected.startswith("an estimate within its confidence interval")
    assert problem.remedy == "Compare the three numbers with the source."


@pytest.mark.parametrize(
    ("table", "changes", "expected"),
    [
        ("estimates", {"ci_lb": ""}, "both limits"),
        ("estimates", {"ci_lb": "0.1", "estimate": "", "ci_ub": "0"}, "an estimate within"),
        ("estimates", {"estimate": ""}, "an estimate where there is a confidence interval"),
        ("estimates", {"sign_convention": ""}, "a sign convention"),
        ("estimates", {"measure": ""}, "a measure"),
        ("estimates", {"q": ""}, "a Q where"),
        ("estimates", {"i2_ci_lb": "80", "i2_ci_ub": "90"}, "an I² within"),
        ("amstar2", {"rating": "high"}, "among possible_ratings"),
        ("amstar2_items", {"n_with_weakness": "36"}, "no more reviews"),
        ("primary_studies", {"n_total": "97"}, "the sum of n_intervention and n_control"),
    ],
)
def test_a_row_that_contradicts_itself(
    copied: Project, table: str, changes: dict[str, str], expected: str
) -> None:
    for column, value in changes.items():
        edit(copied, table, 2, column, value)
    found = problems(copied)
    assert {problem.where.split(", column")[0] for problem in found} == {f"data/{table}.csv, row 2"}
    assert any(expected in problem.expected for problem in found)


def test_rows_with_cells_too_few_too_many_or_none(copied: Project) -> None:
    rows = records(copied, "experience_findings")
    width = len(rows[0])
    rows[1].append("x")
    rows[2] = rows[2][:-1]
    rows.insert(3, [""] * width)
    save(copied, "experience_findings", rows)
    more, fewer, none = problems(copied)
    assert (more.where, more.found) == (
        "data/experience_findings.csv, row 2",
        f"{width + 1} cells",
    )
    assert fewer.found == f"{width - 1} cells"
    assert (none.found, none.remedy) == ("a row of empty cells", "Delete the row.")


def test_a_ragged_row_hides_no_key_from_other_tables(copied: Project) -> None:
    rows = records(copied, "reviews")
    rows[1].append("x")
    save(copied, "reviews", rows)
    assert only(copied).where == "data/reviews.csv, row 2"


def test_rows_after_quoted_line_breaks_are_named_with_their_line(copied: Project) -> None:
    edit(copied, "estimates", 2, "note", "two\nlines")
    edit(copied, "estimates", 4, "direction", "up")
    assert only(copied).where == "data/estimates.csv, row 4 (line 5), column direction"


# Files


def test_a_wrong_encoding(copied: Project) -> None:
    path = copied.data / "reviews.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("–", "-").encode("latin-1"))
    problem = only(copied)
    assert problem.where == "data/reviews.csv, row 2"
    assert problem.found == "the byte 0xC5, which is not UTF-8"
    assert problem.expected == "text in UTF-8"
    assert "CSV UTF-8" in problem.remedy


def test_utf_16(copied: Project) -> None:
    path = copied.data / "gaps.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert only(copied).found == "the file is in UTF-16"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b'a,"b\nc', "this is not CSV (unexpected end of data)"),
        (b"a\x00b,c\n", None),
    ],
)
def test_files_that_are_no_tables(copied: Project, content: bytes, found: str | None) -> None:
    (copied.data / "gaps.csv").write_bytes(content)
    problem = problems(copied)[0]
    assert problem.where.startswith("data/gaps.csv")
    assert found is None or problem.found == found


def test_a_missing_file(copied: Project) -> None:
    (copied.data / "amstar2.csv").unlink()
    problem = only(copied)
    assert (problem.where, problem.found) == ("data/amstar2.csv", "there is no such file")


# Between tables


def test_an_unknown_review(copied: Project) -> None:
    edit(copied, "effect_directions", 3, "review_id", "huang_2002")
    problem = only(copied)
    assert problem.where == "data/effect_directions.csv, row 3, column review_id"
    assert problem.found == "the unknown 'huang_2002'"
    assert problem.expected == "a review_id of data/reviews.csv"
    assert problem.remedy == "Did you mean 'huang_2020'?"


def test_an_unknown_review_within_a_list(copied: Project) -> None:
    before = edit(copied, "experience_findings", 2, "review_ids", "")
    edit(copied, "experience_findings", 2, "review_ids", f"{before};nobody_1900")
    assert only(copied).found == "the unknown 'nobody_1900'"


def test_an_unknown_source(copied: Project) -> None:
    edit(copied, "estimates", 2, "source", "cooper_2025 (Table 2) | https://example.org/a")
    problem = only(copied)
    assert problem.found == "the unknown key 'cooper_2025'"
    assert problem.remedy == "Did you mean 'cooper_2024'?"


def test_a_gap_in_a_column_that_does_not_exist(copied: Project) -> None:
    edit(copied, "gaps", 2, "column", "issues")
    problem = only(copied)
    assert problem.where == "data/gaps.csv, row 2, column column"
    assert problem.remedy == "Did you mean 'issue'?"


def test_a_review_that_the_bibliography_lacks(copied: Project) -> None:
    text = copied.bibliography.read_text(encoding="utf-8")
    copied.bibliography.write_text(
        text.replace("{akerblom_ness_2023,", "{akerblom_2023,"), encoding="utf-8"
    )
    problem = only(copied)
    assert problem.where == "data/reviews.csv, row 2, column review_id"
    assert "which the bibliography lacks" in problem.found


def test_a_bibliography_with_faults(copied: Project) -> None:
    with copied.bibliography.open("a", encoding="utf-8") as file:
        file.write("@book{white_2020, title = {Again}}\n\n@book{open, title = {x}\n")
    twice, broken = problems(copied)
    assert twice.found == "the key 'white_2020' for the second time"
    assert broken.found == "an entry that cannot be read"
    assert twice.where.startswith("data/references.bib, line ")


def test_review_file_and_bibliography(copied: Project) -> None:
    text = copied.review_file.read_text(encoding="utf-8")
    changed = text.replace("damschroder_2009", "damschroder_2090")
    copied.review_file.write_text(changed, encoding="utf-8")
    with pytest.raises(ReviewError) as caught:
        check_project(copied)
    (problem,) = caught.value.problems
    assert problem.where.startswith("review.yml, line ")
    assert problem.where.endswith("framework.reference")
    assert problem.remedy == "Did you mean 'damschroder_2009'?"


def test_everything_wrong_is_named_at_once(copied: Project) -> None:
    edit(copied, "amstar2", 3, "rating", "bad")
    edit(copied, "estimates", 2, "estimate", "0.39")
    edit(copied, "estimates", 3, "review_id", "unknown_1999")
    edit(copied, "estimates", 4, "k", "few")
    edit(copied, "experience_findings", 2, "finding_id", "ex02")
    (copied.data / "gaps.csv").write_bytes(b"\xff\xfe")
    text = copied.review_file.read_text(encoding="utf-8")
    copied.review_file.write_text(text.replace("minimum_k: 2", "minimum_k: two"), encoding="utf-8")
    places = [problem.where for problem in problems(copied)]
    assert places[0].endswith("synthesis.minimum_k")
    assert sorted(places[1:]) == [
        "data/amstar2.csv, row 3, column rating",
        "data/estimates.csv, row 2, column estimate",
        "data/estimates.csv, row 3, column review_id",
        "data/estimates.csv, row 4, column k",
        "data/experience_findings.csv, row 3, column finding_id",
        "data/gaps.csv",
    ]


def test_a_broken_review_file_hides_no_bad_cell(copied: Project) -> None:
    copied.review_file.write_text("review: [", encoding="utf-8")
    edit(copied, "reviews", 2, "year", "1066")
    found = problems(copied)
    assert [problem.where.split(",")[0] for problem in found] == ["review.yml", "data/reviews.csv"]
