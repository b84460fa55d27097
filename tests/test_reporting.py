from __future__ import annotations

import pandas as pd

from umbrella_review.reporting import reporting_values


def test_items_are_counted_by_answer_for_each_checklist():
    items = pd.DataFrame(
        {
            "checklist_item_id": list("abcd"),
            "checklist": ["A-1", "A-1", "A-1", "B"],
            "item": ["1", "2a", "2b", "2"],
            "answer": ["reported", "partly", "reported", "partly"],
        }
    )
    values = {v.value_id: v for v in reporting_values(items, ("reported", "partly", "none"))}
    counts = {name: value.value for name, value in values.items()}
    assert counts["reporting.n_items"] == 4
    assert counts["reporting.n_numbered"] == 3
    assert counts["reporting.a_1.n_items"] == 3
    assert counts["reporting.a_1.n_numbered"] == 2
    assert counts["reporting.a_1.n_reported"] == 2
    assert counts["reporting.b.n_reported"] == counts["reporting.b.n_none"] == 0
    assert values["reporting.a_1.n_partly"].rows == {"reporting_checklist": ("b",)}
