"""The file of the ledger: what was written is read, and what earlier releases wrote too."""

from __future__ import annotations

import json

import pytest

from umbrella_review.columnar import packed, unpacked
from umbrella_review.ledger_file import ledger_text, read_ledger

ROWS = {"reviews": ["ash_2020", "elm_2021"], "estimates": ["ma001"]}
CONTENT = {
    "values": [
        {"value_id": "a.n", "value": 2, "rows": ROWS, "cited": ["c1"]},
        {"value_id": "a.k", "value": None, "rows": ROWS, "cited": []},
        {"value_id": "a.m", "value": "é,\n", "rows": {}, "cited": []},
    ],
    "claims": [{"claim_id": "c1", "text": "There are 2."}],
    "displays": [],
    "parameters": {"01_counts": {"least": "1"}},
}


def test_what_is_written_is_read():
    assert read_ledger(ledger_text(CONTENT)) == CONTENT


def test_equal_rows_and_names_of_columns_stand_once():
    text = ledger_text(CONTENT)
    assert text.count("ash_2020") == text.count("value_id") == 1
    assert len(text.splitlines()) > len(CONTENT["values"])


def test_ledgers_of_earlier_releases_are_read():
    assert read_ledger(json.dumps(CONTENT)) == CONTENT


def test_rows_must_have_the_same_columns():
    assert unpacked(packed(CONTENT["claims"])) == CONTENT["claims"]
    with pytest.raises(KeyError):
        packed([{"a": 1}, {"b": 1}])
    with pytest.raises(ValueError, match="shorter"):
        unpacked({"columns": ["a", "b"], "rows": [[1]]})
