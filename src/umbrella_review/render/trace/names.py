"""What values of the ledger and rows of the data are called for readers who search."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from umbrella_review.paths import Project
from umbrella_review.render.trace.excerpts import excerpt
from umbrella_review.render.trace.ledger import Ledger
from umbrella_review.review import Review
from umbrella_review.schemas import TABLES, TableSchema
from umbrella_review.tables.citation import short_names
from umbrella_review.words import capitalised


def value_names(ledger: Ledger) -> dict[str, str]:
    """Return what each value is called that a sentence cites.

    Parameters
    ----------
    ledger : Ledger
        The ledger.

    Returns
    -------
    dict of str to str
        By id, in its order: the words around it in the first such sentence.
    """
    claims = {claim.claim_id: claim for claim in ledger.claims}
    return {
        entry.value.value_id: excerpt(claims[entry.cited[0]], entry.value.value_id)
        for entry in ledger.cited
    }


def row_names(project: Project, review: Review) -> dict[str, dict[str, str]]:
    """Return what each row of the data is called.

    Parameters
    ----------
    project : Project
        The project; its data have been checked.
    review : Review
        Gives the words of vocabularies.

    Returns
    -------
    dict of str to dict of str to str
        By table, then by place on its page: the cells of the columns that name a row, reviews and
        primary studies by their short citations.
    """
    files = {name: project.data / f"{name}.csv" for name in TABLES}
    tables = {
        name: pd.read_csv(file, dtype=str, keep_default_na=False)
        for name, file in files.items()
        if file.is_file()
    }
    known = _short_citations(tables)
    return {name: _row_names(TABLES[name], rows, known, review) for name, rows in tables.items()}


def _short_citations(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return short citations of reviews and of primary studies by their ids."""
    known: dict[str, str] = {}
    for rows in tables.values():
        if {"study_id", "study_label"} <= set(rows.columns):
            known |= dict(zip(rows["study_id"], rows["study_label"], strict=True))
    known.pop("", None)
    reviews = tables.get("reviews", pd.DataFrame())
    if {"authors", "year"} <= set(reviews.columns):
        known |= {str(key): str(name) for key, name in short_names(reviews).items()}
    return known


def _row_names(
    schema: TableSchema, rows: pd.DataFrame, known: Mapping[str, str], review: Review
) -> dict[str, str]:
    ids = re.compile(rf"\b(?:{'|'.join(map(re.escape, known)) or '(?!)'})\b")
    cells = [_words(schema, rows, name, review) for name in schema.named_by if name in rows]
    names = {}
    for key, *parts in zip(rows[schema.key], *cells, strict=True):
        printed = [ids.sub(lambda found: known[found[0]], part) for part in parts if part.strip()]
        separator = ": " if len(printed) > 1 else ""
        names[f"row-{key.strip()}"] = capitalised(
            "".join(printed[:1]) + separator + ", ".join(printed[1:])
        )
    return names


def _words(schema: TableSchema, rows: pd.DataFrame, name: str, review: Review) -> list[str]:
    vocabulary = schema.column(name).vocabulary
    labels = review.vocabulary(vocabulary) if vocabulary else {}
    return [labels.get(cell, cell) for cell in rows[name].astype(str)]
