from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.errors import DataError
from umbrella_review.qmd.outline import TITLE_PAGE, Target
from umbrella_review.tables.reporting import checklist_table

OUTLINE = {
    target.label: target
    for target in (
        Target(TITLE_PAGE, "Title page", numbered=False),
        Target("sec-a", "Search *and* selection", numbered=True),
        Target("costs", "Costs", numbered=True),
        Target("sec-b", "Appendix 2: Search", numbered=False),
        Target("fig-a", "", numbered=True),
    )
}
ANSWERS = {"reported": "Reported", "not_applicable": "Does not apply"}


@pytest.fixture
def items() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "checklist_item_id": ["x1", "x2", "x3"],
            "checklist": "List",
            "item": ["1", "2a", "2b"],
            "section": "Methods",
            "requirement": "Says so",
            "answer": ["reported", "reported", "not_applicable"],
            "location": [("sec-a", "fig-a"), ("sec-b", "costs", "title"), ()],
            "checked": ["wording", "not_read", "topic"],
            "note": [None, "a <b>", None],
        }
    )


def test_places_are_references_that_the_report_fills_in(items):
    view = checklist_table(items, OUTLINE, ANSWERS)
    assert list(view.frame["Where"]) == [
        r"@sec-a, Search \*and\* selection; @fig-a",
        r"[Appendix 2\: Search](#sec-b); [Costs](#costs); Title page",
        "–",
    ]
    assert list(view.frame["Done"]) == ["Reported", "Reported", "Does not apply"]
    assert r"a \<b\>" in view.to_markdown()


def test_items_that_were_not_read_in_the_guideline_are_named(items):
    (note,) = checklist_table(items, OUTLINE, ANSWERS).notes
    assert note.endswith(": 2a, 2b.")
    assert not checklist_table(items.iloc[:1], OUTLINE, ANSWERS).notes


def test_every_place_that_is_gone_is_named(items):
    left = {label: OUTLINE[label] for label in ("title", "sec-b", "costs")}
    with pytest.raises(DataError) as caught:
        checklist_table(items, left, ANSWERS)
    assert len(caught.value.problems) == 2
    first = caught.value.problems[0]
    assert first.where == "reporting_checklist x1"
    assert first.found.startswith("List, item 1: the label 'sec-a'")
    assert "sec-b" in first.remedy
