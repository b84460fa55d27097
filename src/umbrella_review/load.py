"""Reading tables: held to their contracts, with every problem named at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from umbrella_review.bibliography import read_keys
from umbrella_review.cells import parse
from umbrella_review.contract import check_frame
from umbrella_review.csv_file import Finding, RawTable, read_csv
from umbrella_review.errors import DataError, Problem, ReviewError
from umbrella_review.failures import Vocabulary
from umbrella_review.links import checklist_links, review_links, table_links
from umbrella_review.paths import Project
from umbrella_review.qmd.outline import read_outline
from umbrella_review.review import Review
from umbrella_review.review_file import read_checked
from umbrella_review.schemas import TABLES
from umbrella_review.shapes import nearest
from umbrella_review.vocabulary import DIRECTIONS, FIXED

if TYPE_CHECKING:
    import pandas as pd

_CHECKLIST = "reporting_checklist"


@dataclass(frozen=True)
class _Loaded:
    raw: RawTable | None
    frame: pd.DataFrame | None
    findings: list[Finding]


def load_table(project: Project, name: str, review: Review) -> pd.DataFrame:
    """Return one table, held to its own contract.

    What it says of other tables is not looked up here; `check_project` does.

    Parameters
    ----------
    project : Project
        The project.
    name : str
        Stem of the file in ``data/``.
    review : Review
        Source of the vocabularies.

    Returns
    -------
    DataFrame
        Columns in the order of the contract. Text is ``str`` with NaN where a cell is empty,
        integers ``Int64``, numbers ``float64``, truth values ``boolean``, lists tuples of str.

    Raises
    ------
    DataError
        With all problems of the table, or if there is no such table.
    """
    if name not in TABLES:
        expected = f"one of {', '.join(TABLES)}"
        remedy = nearest(name, TABLES, "Correct the name.")
        raise DataError([Problem("data", f"no table {name!r}", expected, remedy)])
    loaded = _load(project, name, _vocabularies(review))
    if loaded.findings or loaded.frame is None:
        raise DataError(_problems(loaded.findings))
    return loaded.frame


def check_project(project: Project) -> None:
    """Check ``review.yml``, all tables, the keys between them, and the bibliography.

    The places that the reporting checklist names are looked up in the manuscript.

    Parameters
    ----------
    project : Project
        The project.

    Raises
    ------
    DataError
        With all problems, if a table or the bibliography has any.
    ReviewError
        With all problems, if ``review.yml`` alone has any.
    """
    from umbrella_review.audit import checks  # brings pandas and scipy

    content, lines, review_problems = read_checked(project.review_file)
    vocabularies = _vocabularies(_review(project, review_problems))
    loaded = {name: _load(project, name, vocabularies) for name in TABLES}
    keys, data_problems = read_keys(project)
    labels = read_outline(project)
    tables = {name: table.raw for name, table in loaded.items() if table.raw is not None}
    for name, table in loaded.items():
        links = table_links(name, tables, keys) if name in tables else ()
        places = checklist_links(table.raw, labels) if name == _CHECKLIST and table.raw else ()
        data_problems += _problems([*table.findings, *links, *places])
        if table.frame is not None:
            data_problems += checks.problems(name, table.frame, vocabularies.get)
    if keys is not None and isinstance(content, dict):
        where = project.relative(project.review_file)
        review_problems += review_links(content, lines, where, keys)
    if data_problems:
        raise DataError([*review_problems, *data_problems])
    if review_problems:
        raise ReviewError(review_problems)


def _review(project: Project, problems: list[Problem]) -> Review | None:
    return None if problems else Review.read(project.review_file)


def _vocabularies(review: Review | None) -> Vocabulary:
    """Return all vocabularies; without a review only those that every review shares."""
    if review is None:
        return {**FIXED, "direction": DIRECTIONS}
    names = {column.vocabulary for schema in TABLES.values() for column in schema.columns}
    return {name: tuple(review.vocabulary(name)) for name in names if name}


def _load(project: Project, name: str, vocabularies: Vocabulary) -> _Loaded:
    schema = TABLES[name]
    path = project.data / f"{name}.csv"
    raw, findings = read_csv(path, project.relative(path), schema)
    if raw is None:
        return _Loaded(None, None, findings)
    parsed = parse(raw, schema)
    findings += parsed.findings
    findings += check_frame(parsed, raw, schema, vocabularies)
    return _Loaded(raw, parsed.frame, findings)


def _problems(findings: Iterable[Finding]) -> list[Problem]:
    return [finding.problem for finding in sorted(findings)]
