"""The page on which readers explore: what it embeds, and what it shows without scripts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.explored import keep_rows, manuscript_of, write_explore
from umbrella_review import palette
from umbrella_review.columnar import unpacked
from umbrella_review.paths import Project
from umbrella_review.render.explore.document import document, embedded, read_explored
from umbrella_review.render.explore.page import SCRIPTS, explore_page
from umbrella_review.render.menu import menu_fields
from umbrella_review.review import Review

ASSETS = Path(__file__).parents[2] / "src/umbrella_review/render/explore/assets"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return keep_rows(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def content(kept: Project) -> dict:
    return document(read_explored(kept, "15_explorer"), Review.read(kept.review_file))


@pytest.fixture(scope="module")
def page(kept: Project, tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    written = write_explore(kept, tmp_path_factory.mktemp("page"))
    return BeautifulSoup(written.read_text(encoding="utf-8"), "html.parser")


def test_cells_are_numbers_lists_and_nothing(content: dict) -> None:
    first = content["estimates"][0]
    assert (first["k"], first["favours"], first["repeated"]) == (16, 0.39, False)
    lacking = next(row for row in content["estimates"] if row["printed"] == "–")
    assert lacking["favours"] is None
    assert content["reviews"]["bassuk_2016"]["ratings"] == ["low", "critically_low"]


def test_topics_stand_in_the_order_of_the_review_and_once(content: dict) -> None:
    topics = [one["topic"] for one in content["topics"]]
    assert topics[:3] == ["depression", "anxiety", "clinical recovery"]
    assert len(topics) == len(set(topics))
    assert [one["question"] for one in content["topics"]] == sorted(
        one["question"] for one in content["topics"]
    )


def test_every_code_has_words_and_every_kind_a_tone(content: dict) -> None:
    words = content["words"]
    for row in content["findings"]:
        assert row["topic"] in words["topic"]
        assert row["domain"] in words["domain"]
        assert row["kind"] in words["kind"]
        assert content["tones"][row["kind"]] in palette.DIRECTION
    for row in content["estimates"]:
        assert (row["direction"] or "not_known") in content["tones"]


def test_what_is_embedded_cannot_end_its_element() -> None:
    attack = "</script><script>alert(1)</script>"
    hostile = {"a": attack, "reviews": {attack: {"review_id": attack}}}
    hostile |= {"estimates": [{"k": attack}], "findings": []}
    text = embedded(hostile)
    assert "<" not in text
    assert read(text) == hostile


def read(text: str) -> dict:
    """Return what the script of the page makes of its data."""
    content = json.loads(text)
    reviews = unpacked(content["reviews"])
    tables = {name: unpacked(content[name]) for name in ("estimates", "findings")}
    return {**content, **tables, "reviews": {one["review_id"]: one for one in reviews}}


def test_no_notebook_keeps_rows_no_page(kept: Project, tmp_path: Path) -> None:
    manuscript = manuscript_of(kept)
    assert explore_page(Project(tmp_path), manuscript) is None
    assert menu_fields(Project(tmp_path), manuscript, "") == {}


def test_menus_name_the_page_from_any_folder(kept: Project) -> None:
    fields = menu_fields(kept, manuscript_of(kept), "../")
    assert "../explore.html" in json.dumps(fields)


def test_without_scripts_all_rows_stand_in_tables(page: BeautifulSoup, content: dict) -> None:
    shown = {row["data-row"] for row in page.select("#explore-tables tr[data-row]")}
    kept = {row["estimate_id"] for row in content["estimates"]}
    kept |= {row["finding_id"] for row in content["findings"]}
    assert shown == kept
    assert page.select_one('tr[data-row="ma001"] a[href="data/estimates.html#row-ma001"]')
    assert page.select_one('tr[data-row="de001"] a[href="data/reviews.html#row-fang_2022"]')
    assert page.select_one('a[href="notebooks/15_explorer.html"]')


def test_data_are_those_of_the_document_and_scripts_are_files(
    page: BeautifulSoup, content: dict
) -> None:
    assert read(page.select_one("#explore-data").string) == content
    scripts = [node["src"] for node in page.select("main script[src]")]
    assert scripts == [f"assets/explore-{name}.js" for name in SCRIPTS]
    inline = [node for node in page.select("script:not([src])") if "json" not in node["type"]]
    assert inline == []
    assert page.select("[style]") == []


def test_colours_are_those_of_the_palette() -> None:
    sheet = (ASSETS / "explore.css").read_text(encoding="utf-8")
    fallback = dict(re.findall(r"var\(--([a-z-]+), (#[0-9A-Fa-f]{6})\);", sheet))
    names = {"no-effect": "no_effect", "mixed": "mixed", "not-known": "not_known"}
    names |= {"favours-intervention": "favours_intervention", "favours-control": "favours_control"}
    for name, direction in names.items():
        assert fallback[name] == palette.DIRECTION[direction]
    for rating in ("high", "moderate", "low", "critically_low"):
        assert fallback[f"rating-{rating.replace('_', '-')}"] == palette.RATING[rating]


@pytest.mark.parametrize("path", sorted(ASSETS.iterdir()), ids=lambda path: path.name)
def test_files_are_short_and_set_no_styles_in_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 250
    assert not re.search(r"innerHTML|insertAdjacentHTML|eval\(|setAttribute\(.style", text)
