"""The real report in a browser: silent, whole without a network, and no wider than the window."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

from tests.browser.conftest import Browser
from tests.report.conftest import Built, pages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("report")]


def test_pages_are_silent_whole_and_fit_the_window(built: Built, browser: Browser) -> None:
    folder = built.project.draft
    names = {page.relative_to(folder).as_posix() for page in pages(folder)}
    books = {f"notebooks/{book.stem}.html" for book in built.project.notebooks.glob("*.ipynb")}
    tables = {f"data/{table.stem}.html" for table in built.project.data.glob("*.csv")}
    assert names >= books | tables | {"index.html", "ledger/index.html", "ledger/rq1.html"}
    assert names >= {"dashboard.html", "explore.html"}
    for page in pages(folder):
        browser.open(page)
        assert browser.console() == [], page.name
        requests = browser.requests()
        base = folder.resolve().as_uri()
        assert requests, page.name
        assert [url for url in requests if not url.startswith(base)] == [], page.name
        assert browser.missing(folder) == [], f"{page.name}: links or pictures lead nowhere"
        for width in (1440, 768, 390):
            browser.resize(width)
            assert browser.overflow() == 0, f"{page.name} is wider than {width} pixels"
        assert browser.sideways() == [], f"{page.name}: more than tables is moved sideways"


def test_every_picture_of_the_article_is_drawn(built: Built, browser: Browser) -> None:
    browser.open(built.project.draft / "index.html")
    sizes = browser.pictures()
    assert len(sizes) > 10
    assert min(sizes) > 100


def test_a_reader_gets_from_a_table_to_its_notebook(built: Built, browser: Browser) -> None:
    browser.open(built.project.draft / "index.html")
    table = browser.driver.find_element(By.ID, "tbl-characteristics")
    link = table.find_element(By.XPATH, ".//a[contains(@href, 'notebooks/')]")
    assert "02_characteristics.html#tbl-characteristics" in link.get_attribute("href")
    browser.run("arguments[0].click()", link)
    page = browser.driver.find_element(By.TAG_NAME, "main")
    assert "minimum_rating" in page.text
    assert "Chien et al. 2019" in page.text


def test_rows_out_of_order_name_their_group(built: Built, browser: Browser) -> None:
    browser.open(built.project.draft / "index.html")
    shown = (
        "return [...document.querySelectorAll('#tbl-effects-clinical tbody tr')]"
        ".map(row => row.cells[0].innerText)"
    )
    browser.run("document.getElementById('tbl-effects-clinical').scrollIntoView()")
    browser.wait(lambda: browser.run(shown)[0])  # a long table is drawn when it comes near
    before = browser.run(shown)
    assert sum(name.startswith("Depression: ") for name in before) == 1
    head = "#tbl-effects-clinical thead th:nth-child(2) button"
    browser.run("document.querySelector(arguments[0]).click()", head)
    after = browser.run(shown)
    assert sum(name.startswith("Depression: ") for name in after) > 3
    assert len(after) == len(before)
    browser.run("for (const _ of 'ab') document.querySelector(arguments[0]).click()", head)
    assert browser.run(shown) == before
