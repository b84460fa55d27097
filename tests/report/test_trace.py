"""From a number on the page to its ledger entry, its cell, its rows and their sources."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import Browser
from tests.report.conftest import Built
from umbrella_review.ledger_file import NAME, read_ledger
from umbrella_review.schemas import TABLES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("report")]


@cache
def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


@cache
def by_id(page: Path) -> dict[str, Tag]:
    return {str(tag["id"]): tag for tag in soup(page).find_all(id=True)}


@pytest.fixture(scope="session")
def ledger(built: Built) -> dict:
    return read_ledger((built.project.draft / "ledger" / NAME).read_text(encoding="utf-8"))


def test_every_number_in_the_text_resolves(built: Built, ledger: dict) -> None:
    draft = built.project.draft
    printed = {value["value_id"]: value["text"] for value in ledger["values"]}
    pages = (soup(draft / name) for name in ("index.html", "dashboard.html"))
    links = [link for page in pages for link in page.select("a.value")]
    assert len(links) == sum(len(claim["values"]) for claim in ledger["claims"]) > 300
    for link in links:
        path, _, value_id = link["href"].partition("#")
        assert link.text == printed[value_id]
        assert value_id in by_id(draft / path)


def ledger_entry(built: Built, value_id: str) -> Tag:
    page = built.project.draft / "ledger" / f"{value_id.partition('.')[0]}.html"
    return by_id(page)[value_id]


def test_the_build_counts_what_is_traced(built: Built) -> None:
    assert "no sentences hold digits that no value carries" in built.said
    assert re.search(
        r"Ledger: \d+ values, \d+ of them cited \d+ times in \d+ sentences", built.said
    )


def test_each_value_is_cited_or_listed_as_uncited(built: Built, ledger: dict) -> None:
    claims = {claim["claim_id"]: claim for claim in ledger["claims"]}
    assert len(claims) == len(ledger["claims"])
    for value in ledger["values"]:
        assert all(value["value_id"] in claims[one]["values"] for one in value["cited"])
        entry = ledger_entry(built, value["value_id"])
        assert ("Cited in" in entry.text) is bool(value["cited"])
        assert len(entry.select('a[href^="../index.html#"], a[href^="../dashboard.html#"]')) == len(
            value["cited"]
        )


def test_every_row_is_shown_with_its_source(built: Built, ledger: dict) -> None:
    draft = built.project.draft
    for value in ledger["values"]:
        for table, ids in value["rows"].items():
            shown = table_rows(draft / "data" / f"{table}.html").keys()
            assert {f"row-{row}" for row in ids} <= shown
    for name in ("estimates", "reviews", "key_findings"):
        with (built.project.data / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        entries = soup(draft / "data" / f"{name}.html").select(".entry")
        assert len(entries) == len(rows)
        assert all("Source" in entry.dl.text for entry in entries)
        assert TABLES[name].title in soup(draft / "data" / f"{name}.html").h1.text


def test_each_value_knows_its_cell(built: Built, ledger: dict) -> None:
    for value in ledger["values"]:
        assert value["cell"], value["value_id"]
        entry = ledger_entry(built, value["value_id"])
        made = entry.find_previous(class_="made")
        assert made.a["href"] == f"../notebooks/{value['notebook']}.html#{value['cell']}"
        page = built.project.draft / "notebooks" / f"{value['notebook']}.html"
        assert "record" in by_id(page)[value["cell"]].text, value["value_id"]


def test_the_table_for_programs_says_the_same(built: Built, ledger: dict) -> None:
    path = built.project.draft / "ledger" / "ledger.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["value_id"] for row in rows] == [value["value_id"] for value in ledger["values"]]
    assert [int(row["n_claims"]) for row in rows] == [len(v["cited"]) for v in ledger["values"]]


NUMBER = re.compile(r"(?<![^\W\d])(?<!\d)\d")


def test_every_number_in_a_table_leads_to_its_row(built: Built) -> None:
    draft = built.project.draft
    tables = [
        figure
        for figure in soup(draft / "index.html").select("figure.tbl")
        if figure.select_one('.source a[href^="notebooks/"]')
    ]
    linked = 0
    for table in tables:
        for row in table.select("tbody tr"):
            targets = {link["href"] for link in row.select('a[href^="ledger/"]')}
            bare = [text for text in row.find_all(string=NUMBER) if not text.find_parent("a")]
            assert bare == [], table["id"]
            assert len(targets) < 2
            for target in targets:
                path, _, place = target.partition("#")
                told = table_rows(draft / path)[place].text
                links = row.select('a[href^="ledger/"]')
                linked += len(links)
                # Long cells are cut in the ledger; numbers proper are all there.
                short = [link for link in links if len(link.find_parent(["td", "th"]).text) < 60]
                assert all(link.text in told for link in short)
    assert len(tables) > 50
    assert linked > 2500


@cache
def table_rows(page: Path) -> dict[str, Tag]:
    return {str(entry["id"]): entry for entry in soup(page).select(".entry")}


def test_every_row_of_a_table_tells_the_rows_of_the_data(built: Built) -> None:
    draft = built.project.draft
    with (draft / "ledger" / "tables.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    silent = {row["table"] for row in rows} - {row["table"] for row in rows if row["rows"]}
    assert silent == {"tbl-software", "tbl-rating-rule"}  # of the environment, of the instrument
    for row in rows:
        for part in filter(None, row["rows"].split("; ")):
            table, ids = part.split(": ")
            shown = by_id(draft / "data" / f"{table}.html").keys()
            keys = [key for run in ids.split() for key in run.split("-")]
            assert ids == "*" or {f"row-{key}" for key in keys} <= shown
    by_label = Counter(row["table"] for row in rows)
    for label, page in ledger_places(draft).items():
        with next(draft.glob(f"results/*/tables/{label}.csv")).open(newline="") as stream:
            assert by_label[label] == len(list(csv.DictReader(stream))), label
        assert page.partition("#")[2] in by_id(draft / page.partition("#")[0])


def ledger_places(draft: Path) -> dict[str, str]:
    """Return where the line below each table leads."""
    found = {}
    for table in soup(draft / "index.html").select("figure.tbl"):
        for link in table.select('.source a[href^="ledger/"]'):
            found[str(table["id"])] = str(link["href"])
    return found


@pytest.mark.browser
def test_a_stranger_gets_from_a_cell_to_the_rows_behind_it(built: Built, browser: Browser) -> None:
    browser.open(built.project.draft / "index.html")
    row = browser.driver.find_element(By.CSS_SELECTOR, "#tbl-effects-clinical tbody tr")
    number = row.find_elements(By.CSS_SELECTOR, 'td a[href^="ledger/"]')[-1]
    browser.run("arguments[0].scrollIntoView({block: 'center'})", number)
    number.click()
    entry = browser.driver.find_element(By.CSS_SELECTOR, ".entry:target")
    assert entry.text.startswith("Row 1 of Table")
    entry.find_element(By.CSS_SELECTOR, "h3 a").click()
    table = browser.driver.find_element(By.CSS_SELECTOR, "section:target")
    table.find_element(By.PARTIAL_LINK_TEXT, "its cell of ").click()
    cell = browser.driver.find_element(By.CSS_SELECTOR, ".cell:target")
    assert "tbl-effects-clinical" in cell.find_element(By.TAG_NAME, "pre").get_attribute(
        "textContent"
    )
    browser.driver.back()
    browser.driver.back()
    entry = browser.driver.find_element(By.CSS_SELECTOR, ".entry:target")
    entry.find_element(By.CSS_SELECTOR, 'a[href*="data/estimates.html"]').click()
    source = browser.driver.find_element(By.CSS_SELECTOR, ".entry:target")
    assert "Source" in source.text


@pytest.mark.browser
def test_a_stranger_gets_from_a_number_to_the_page_where_it_was_read(
    built: Built, browser: Browser
) -> None:
    draft = built.project.draft
    browser.open(draft / "index.html")
    abstract = browser.driver.find_element(By.ID, "abstract")
    abstract.find_elements(By.CSS_SELECTOR, "a.value")[3].click()
    entry = browser.driver.find_element(By.CSS_SELECTOR, ".entry:target")
    assert entry.text.startswith("characteristics.n_reviews")
    made = entry.find_element(By.XPATH, "preceding-sibling::*[@class='made'][1]")
    assert browser.run("return arguments[0].getBoundingClientRect().top >= 0", made)  # in sight
    made.find_element(By.PARTIAL_LINK_TEXT, "cell ").click()
    cell = browser.driver.find_element(By.CSS_SELECTOR, ".cell:target")
    assert "record" in cell.find_element(By.TAG_NAME, "pre").get_attribute("textContent")
    browser.driver.back()
    entry = browser.driver.find_element(By.ID, "characteristics.n_reviews")
    entry.find_element(By.TAG_NAME, "summary").click()
    entry.find_element(By.LINK_TEXT, "chien_2019").click()
    row = browser.driver.find_element(By.CSS_SELECTOR, ".entry:target")
    sources = [link.get_attribute("href") for link in row.find_elements(By.TAG_NAME, "a")]
    assert any(source.startswith("https://") for source in sources)


@pytest.mark.browser
def test_a_note_beside_a_number_comes_by_keyboard_and_goes(built: Built, browser: Browser) -> None:
    browser.open(built.project.draft / "index.html")
    note = browser.driver.find_element(By.CLASS_NAME, "value-note")
    assert not note.is_displayed()
    link = browser.driver.find_element(By.CSS_SELECTOR, "#abstract a.value")
    before = link.find_element(By.XPATH, "preceding::a[1]")
    browser.run("arguments[0].focus()", before)
    browser.driver.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.driver.switch_to.active_element == link
    assert note.is_displayed()
    assert "Notebook" in note.text
    assert note.get_attribute("role") == "tooltip"
    assert link.get_attribute("aria-describedby") == note.get_attribute("id")
    browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not note.is_displayed()


@pytest.mark.browser
def test_without_scripts_and_in_print_nothing_is_missing(built: Built, browser: Browser) -> None:
    browser.open(built.project.draft / "index.html")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    style = "return getComputedStyle(document.querySelector('a.value')).textDecorationLine"
    assert browser.run(style) == "none"
    assert browser.run(
        "return getComputedStyle(document.querySelector('.value-note')).display"
    ) == ("none")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
