"""Style sheets reach the report together with the fonts that they name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.render.conftest import Report
from umbrella_review.render.styles import copy_sheets

ASSETS = Path(__file__).parents[2] / "assets"
LARGEST = 260_000  # bytes of all fonts together


def test_every_font_that_is_named_exists_and_every_font_is_named() -> None:
    sheet = (ASSETS / "fonts.css").read_text(encoding="utf-8")
    named = set(re.findall(r'url\("fonts/([^"]+)"\)', sheet))
    there = {path.name: path.stat().st_size for path in (ASSETS / "fonts").glob("*.woff2")}
    assert named == set(there)
    assert sum(there.values()) < LARGEST
    readme = (ASSETS / "fonts" / "README.md").read_text(encoding="utf-8")
    licences = {path.name for path in (ASSETS / "fonts").glob("*LICENSE*")}
    assert len(licences) == 2
    assert all(name in readme for name in licences)


def test_the_report_has_fonts_with_their_licences(report: Report) -> None:
    fonts = report.folder / "assets" / "fonts"
    assert {path.name for path in fonts.iterdir()} == {
        path.name for path in (ASSETS / "fonts").iterdir() if path.name != "README.md"
    }
    for name in ("index.html", "notebooks/01_first.html"):
        page = report.page(name)
        policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
        assert "font-src 'self'" in policy
        root = "../" * name.count("/")
        sheets = [link["href"] for link in page.select('link[rel="stylesheet"]')]
        assert f"{root}assets/fonts.css" in sheets
        assert all((report.folder / name).parent.joinpath(sheet).is_file() for sheet in sheets)


def test_a_link_to_a_place_far_below_arrives_at_once() -> None:
    sheets = [path.read_text(encoding="utf-8") for path in ASSETS.glob("*.css")]
    assert sheets
    assert not any("scroll-behavior: smooth" in sheet for sheet in sheets)  # pages are very long


@pytest.mark.parametrize(
    "name", ["data:font/woff2;base64,AAAA", "https://example.org/a.woff2", "../secret.txt", "none"]
)
def test_nothing_but_files_beside_the_sheet_is_copied(tmp_path: Path, name: str) -> None:
    (tmp_path / "sheets").mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    sheet = tmp_path / "sheets" / "a.css"
    sheet.write_text(f"p {{ background: url({json.dumps(name)}) }}", encoding="utf-8")
    target = tmp_path / "report" / "assets"
    target.mkdir(parents=True)
    copy_sheets([sheet], target)
    assert [path.name for path in (tmp_path / "report").rglob("*") if path.is_file()] == ["a.css"]
