"""Pages of the tables of data: every reference between them leads to a row."""

from __future__ import annotations

import json
import re
from pathlib import Path

from umbrella_review.paths import Project
from umbrella_review.render.trace.data_pages import data_pages
from umbrella_review.render.tree import text_of

PROJECT = Project(Path(__file__).parents[2])


def test_references_between_tables_lead_to_anchors():
    texts = {
        name: json.dumps(page.blocks, ensure_ascii=False) for name, page in data_pages(PROJECT, {})
    }
    anchors = {name: set(re.findall(r'"(row-[^"]+)"', text)) for name, text in texts.items()}
    links = [
        (table, anchor)
        for text in texts.values()
        for table, anchor in re.findall(r'"(\w+)\.html#(row-[^"]+)"', text)
    ]
    assert len(links) > 500
    assert [(table, anchor) for table, anchor in links if anchor not in anchors[table]] == []
    # By a name that is not the key of the table, too.
    assert any(table == "primary_studies" for table, _ in links)


def test_units_stand_where_the_name_of_a_column_does_not_say_them():
    pages = dict(data_pages(PROJECT, {}))
    reviews = text_of(pages["reviews"].blocks)
    assert "2023 year" not in reviews
    assert not re.search(r"\b1 (papers|reviews|studies)\b", reviews)
    estimates = text_of(pages["estimates"].blocks)
    assert "78%" in estimates
    assert "-0.39 of the measure" in estimates
    assert "3154 participants" not in estimates
