"""The codebook as a page, and what rows of the data are called for readers who search."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from umbrella_review.paths import Project
from umbrella_review.render.html import Page
from umbrella_review.render.trace.codebook_page import codebook_page, table_place
from umbrella_review.render.trace.names import row_names
from umbrella_review.render.tree import elements, text_of
from umbrella_review.review import Review
from umbrella_review.schemas import TABLES

PROJECT = Project(Path(__file__).parents[2])
REVIEW = Review.read(PROJECT.review_file)


@pytest.fixture(scope="module")
def page() -> Page:
    return codebook_page(REVIEW, ["reviews"])


def test_the_page_has_every_column_and_every_word(page: Page) -> None:
    codes = {one["c"][1] for one in elements(page.blocks) if one["t"] == "Code"}
    told = text_of(page.blocks)
    for schema in TABLES.values():
        for column in schema.columns:
            assert column.name in codes
            assert column.description in told
            labels = REVIEW.vocabulary(column.vocabulary) if column.vocabulary else {}
            assert labels.keys() <= codes
    assert "Table" not in {one["t"] for one in elements(page.blocks)}


def test_links_within_the_page_lead_to_a_place(page: Page) -> None:
    text = json.dumps(page.blocks, ensure_ascii=False)
    places = {one["c"][1][0] for one in elements(page.blocks) if one["t"] == "Header"}
    assert set(re.findall(r'"#(\w+)"', text)) <= places
    assert {table_place(name).partition("#")[2] for name in TABLES} <= places
    assert '"reviews.html"' in text
    assert '"estimates.html"' not in text


def test_rows_are_called_by_words_and_not_by_ids() -> None:
    names = row_names(PROJECT, REVIEW)
    assert names["estimates"]["row-ma001"].startswith("Fang et al. 2022: perinatal depression")
    assert names["contradictions"]["row-ct01"].startswith("Arithmetic: Fang et al. 2022 ")
    assert names["study_outcomes"]["row-ps021"] == "Klein 1998: hospitalisation"
    every = [name for rows in names.values() for name in rows.values()]
    assert all(every)
    assert [name for name in every if re.search(r"[a-z]_[a-z0-9]", name)] == []
