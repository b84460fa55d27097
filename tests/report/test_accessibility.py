"""The real report for readers who see little, use no pointer, or have a small window."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.accessibility import colour_violations, inject, thin, violations
from tests.browser.conftest import Browser
from tests.report.conftest import Built

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
_FEW_FIGURES = """
for (const kind of ["fig", "tbl"])
  [...document.querySelectorAll(`figure.${kind}`)].slice(3).forEach((one) => one.remove());
"""
_CONTROLS = """
return [...document.querySelectorAll("button, input, summary, select")]
  .filter((one) => one.checkVisibility() && !one.dataset.reached && !one.closest("dialog"))
  .map((one) => one.outerHTML.slice(0, 120));
"""


def pages(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.html"), *folder.glob("*/*.html")])


def test_axe_finds_nothing_on_any_page(built: Built, browser: Browser) -> None:
    found = []
    for page in pages(built.project.draft):
        browser.scheme("light")
        browser.open(page)
        inject(browser)
        thin(browser)
        for width in (1440, 390):
            browser.resize(width)
            for scheme, check in (("light", violations), ("dark", colour_violations)):
                browser.scheme(scheme)
                name = page.relative_to(built.project.draft).as_posix()
                found += [f"{name}, {width}, {scheme}: {one}" for one in check(browser)]
    browser.scheme("light")
    assert found == []


@pytest.mark.parametrize("name", ["index.html", "ledger/rq3.html", "notebooks/03_quality.html"])
def test_every_control_is_reached_by_the_tab_key_and_seen(
    built: Built, browser: Browser, name: str
) -> None:
    browser.open(built.project.draft / name)
    thin(browser, 1)  # links in the text and in tables are thousands
    browser.run(_FEW_FIGURES)
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
        if path.suffix in SHOWN and not path.is_relative_to(draft / "results")
    }
    article = (draft / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r'<script src="([^"]+)"', article)
    assert sum(sizes[name] for name in scripts) < 40_000  # a page is ready when these have run
    assert sizes["assets/search-index.js"] < 250_000
    assert sum(sizes.values()) < 8 * MEGABYTE
