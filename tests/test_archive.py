"""Archives and their dates depend on nothing but what is put into them."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from umbrella_review.archive import unzipped, zipped
from umbrella_review.dates import source_date

FILES = {"b/two.txt": b"2" * 1000, "a.txt": b"1", "b/one.txt": b""}


def test_order_of_files_does_not_matter_and_all_come_back() -> None:
    archive = zipped(FILES, date(2024, 5, 6))
    assert zipped(dict(reversed(FILES.items())), date(2024, 5, 6)) == archive
    assert unzipped(archive) == FILES
    assert len(archive) < 700, "not compressed"


@pytest.mark.parametrize(
    ("day", "shown"),
    [(date(2024, 5, 6), (2024, 5, 6)), (date(1970, 1, 1), (1980, 1, 1))],
)
def test_all_entries_have_the_given_day(day: date, shown: tuple[int, int, int]) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(FILES, day))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(*shown, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}


def test_the_day_is_that_of_the_variable_else_of_the_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert source_date(tmp_path) is None
    citation = tmp_path / "CITATION.cff"
    for text, expected in (
        ("date-released: 2026-11-22\n", date(2026, 11, 22)),
        ("date-released: soon\n", None),
        ("- a list\n", None),
        ("a: [\n", None),
    ):
        citation.write_text(text, encoding="utf-8")
        assert source_date(tmp_path) == expected
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert source_date(tmp_path) == date(1970, 1, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    assert source_date(tmp_path) is None
