"""docs/validation.md says what the comparison finds."""

from __future__ import annotations

from tests.validation.compare import NOT_COMPARED, entries, fields
from tests.validation.factors import FIELDS
from tests.validation.report import PAGE, page


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_names_every_field():
    text = PAGE.read_text(encoding="utf-8")
    compared = {name for entry in entries() for name in fields(entry)} | set(FIELDS)
    missing = [name for name in {*compared, *NOT_COMPARED} if f"`{name}`" not in text]
    assert not missing
