"""The real report for readers who see little, use no pointer, or have a small window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.accessibility import few_figures, inject, thin, violations
from tests.browser.conftest import Browser
from tests.report.conftest import Built, pages
from umbrella_review.paths import PRINTED

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("report")]
MEGABYTE = 1_000_000
SHOWN = (".html", ".css", ".js", ".svg", ".woff2")  # what a browser loads; the rest is downloaded
# Where the focus is: what it is, whether it can be seen, and whether it is marked.
_FOCUSED = """
const one = document.activeElement;
const style = getComputedStyle(one);
const box = one.getClientRects()[0];
one.dataset.reached = "yes";
return [one.id || one.className || one.textContent.trim().slice(0, 40), one.tagName,
  Boolean(box && box.width && box.height), style.outlineStyle !== "none" || one.matches("input")];
"""
_CONTROLS = """
return [...document.querySelectorAll("button, input, summary, select")]
  .filter((one) => one.checkVisibility() && !one.dataset.reached && !one.closest("dialog"))
  .map((one) => one.outerHTML.slice(0, 120));
"""


def checked(browser: Browser, page: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the violations of all rules on a page, in two states that share nothing."""
    browser.scheme("light")
    browser.open(page)
    inject(browser)
    thin(browser)
    yield "1440 light", violations(browser)
    few_figures(browser, 8)
    browser.scheme("dark")
    browser.resize(390)
    yield "390 dark", violations(browser)
    browser.scheme("light")


def test_axe_finds_nothing_on_any_page(built: Built, browser: Browser) -> None:
    draft, kinds, found = built.project.draft, set(), []
    for page in pages(draft):
        kinds.add(re.search('<body class="([^"]+)">', page.read_text(encoding="utf-8"))[1])
        for shown, told in checked(browser, page):
            found += [f"{page.relative_to(draft).as_posix()}, {shown}: {one}" for one in told]
    assert kinds >= {"report article", "report notebook", "report ledger", "report data"}
    assert found == []


@pytest.mark.parametrize("name", ["index.html", "ledger/rq3.html", "notebooks/03_quality.html"])
def test_every_control_is_reached_by_the_tab_key_and_seen(
    built: Built, browser: Browser, name: str
) -> None:
    browser.open(built.project.draft / name)
    thin(browser, 1)  # links in the text and in tables are thousands
    few_figures(browser, 3)
    count = browser.run("return document.querySelectorAll('a, button, input, summary').length")
    reached = []
    for _ in range(count + 50):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        what, tag, seen, marked = browser.run(_FOCUSED)
        if tag == "BODY":  # the browser's own bar comes next: the page has no trap
            break
        assert seen, what
        assert marked, what
        reached.append(what)
    else:
        pytest.fail(f"the focus never leaves the page; last at {reached[-5:]}")
    assert reached[0] == "skip-link"
    assert browser.run(_CONTROLS) == []


def test_the_report_is_small_and_its_scripts_are_too(built: Built) -> None:
    draft = built.project.draft
    sizes = {
        path.relative_to(draft).as_posix(): path.stat().st_size
        for path in draft.rglob("*")
        if path.suffix in SHOWN and path.relative_to(draft).parts[0] not in {"results", PRINTED}
    }
    article = (draft / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r'<script src="([^"]+)"', article)
    assert sum(sizes[name] for name in scripts) < 40_000  # a page is ready when these have run
    assert sizes["assets/search-index.js"] < 230_000
    pages = sum(size for name, size in sizes.items() if name.endswith(".html"))
    assert pages < 3.4 * MEGABYTE
    assert sum(sizes.values()) < 5 * MEGABYTE
