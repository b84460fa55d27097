"""The sample report in a browser: silent, whole without a network, and narrow enough."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser
PAGES = ["index.html", "notebooks/01_first.html", "notebooks/02_second.html"]
WIDTHS = [390, 800, 1440]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_silent_and_asks_for_nothing_elsewhere(browser, folder, name) -> None:
    browser.open(folder / name)
    assert browser.console() == []
    base = folder.resolve().as_uri()
    requests = browser.requests()
    assert requests
    assert [address for address in requests if not address.startswith(base)] == []


@pytest.mark.parametrize("name", PAGES)
def test_links_and_files_lead_somewhere(browser, folder, name) -> None:
    browser.open(folder / name)
    assert len(browser.targets()) > 10
    assert browser.missing(folder) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_page_does_not_scroll_sideways(browser, folder, name, width) -> None:
    browser.open(folder / name, width)
    assert browser.overflow() == 0


def test_style_and_figures_are_loaded(browser, folder) -> None:
    browser.open(folder / "index.html")
    rules = "return [...document.styleSheets].reduce((sum, one) => sum + one.cssRules.length, 0)"
    assert browser.run(rules) > 50
    [width] = browser.pictures()
    assert width > 0


def test_wide_tables_scroll_in_their_frame(browser, folder) -> None:
    browser.open(folder / "index.html", 390)
    wider = "return arguments[0].scrollWidth > arguments[0].clientWidth"
    frame = browser.driver.find_element(By.CSS_SELECTOR, "#tbl-wide .table-frame")
    assert browser.run(wider, frame)


def test_menu_sticks_on_wide_screens_and_folds_on_narrow_ones(browser, folder) -> None:
    browser.open(folder / "index.html", 1440)
    menu = browser.driver.find_element(By.ID, "menu")
    assert menu.is_displayed()
    browser.run("window.scrollTo(0, 2000)")
    sidebar = browser.driver.find_element(By.CLASS_NAME, "sidebar")
    assert browser.run("return arguments[0].getBoundingClientRect().top", sidebar) == 0
    browser.open(folder / "index.html", 390)
    menu = browser.driver.find_element(By.ID, "menu")
    assert not menu.is_displayed()
    browser.driver.find_element(By.CSS_SELECTOR, ".menu-label").click()
    assert menu.is_displayed()


def test_menu_opens_by_keyboard_after_the_skip_link(browser, folder) -> None:
    browser.open(folder / "index.html", 390)
    body = browser.driver.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    focused = browser.driver.switch_to.active_element
    assert focused.get_attribute("class") == "skip-link"
    assert browser.run("return arguments[0].getBoundingClientRect().left >= 0", focused)
    focused.send_keys(Keys.TAB)
    browser.driver.switch_to.active_element.send_keys(Keys.SPACE)
    assert browser.driver.find_element(By.ID, "menu").is_displayed()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_and_figures_a_white_card(browser, folder, scheme) -> None:
    browser.scheme(scheme)
    browser.open(folder / "index.html")
    style = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
    paper = browser.run(style, "body", "backgroundColor")
    for selector in ("main p", "main a", ".source", "#TOC ul ul a", "figcaption"):
        assert contrast(browser.run(style, selector, "color"), paper) >= 4.5, selector
    assert luminance(browser.run(style, "figure img", "backgroundColor")) > 0.75
    browser.scheme("light")


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours by the rules of WCAG 2."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
