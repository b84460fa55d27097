"""Pages of the tables of data: every reference between them leads to a row."""

from __future__ import annotations

import json
import re
from pathlib import Path

from umbrella_review.paths import Project
from umbrella_review.render.trace.data_pages import data_pages

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
