"""The page on which readers explore, in a browser: filters, address, keyboard, speed."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.accessibility import inject, violations
from tests.explored import keep_rows, write_explore
from umbrella_review.effects.reported import pooled_results, select_results
from umbrella_review.filters import filter_reviews
from umbrella_review.load import load_table
from umbrella_review.narrative import evidence_map as maps

pytestmark = pytest.mark.browser
MOST_MS = 50


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("explore")
    return write_explore(keep_rows(root), root / "report")


@pytest.fixture
def opened(browser, page):
    browser.open(page)
    return browser


def choose(browser, key: str, value: str) -> None:
    browser.run(
        "const list = document.getElementById(arguments[0]); list.value = arguments[1];"
        "list.dispatchEvent(new Event('change', { bubbles: true }))",
        f"filter-{key}",
        value,
    )


def estimates(browser) -> list[str]:
    return browser.run(
        "return [...document.querySelectorAll('.forest-row')].map(row => row.dataset.estimate)"
    )


def address(browser) -> str:
    return browser.run("return window.location.hash")


def said(browser) -> str:
    return browser.driver.find_element(By.ID, "explore-count").text


def test_the_map_is_that_of_the_article(opened, project, review) -> None:
    """Without a filter each cell has the reviews, direction and rating of the figure."""
    names = ("reviews", "amstar2", "effect_directions", "estimates")
    reviews, amstar2, statements, results = (load_table(project, name, review) for name in names)
    asked = filter_reviews(reviews, amstar2, questions=["rq1"])
    said_ = select_results(statements, asked, asked)
    pooled = pooled_results(select_results(results, asked, asked), review.synthesis.minimum_k)
    for by, column in (("population", maps.POPULATION), ("format", maps.FORMAT)):
        choose(opened, "by", by)
        choose(opened, "question", "rq1")
        drawn = opened.run(
            "return [...window.explore.cells(window.explore.state.get()).values()].map(cell =>"
            " [cell.topic, cell.column, cell.reviews.length, cell.tone, cell.rating])"
        )
        expected = maps.evidence_map(said_, pooled, reviews, amstar2, column)
        columns = ["outcome_group", "column", "n_reviews", "direction", "best_rating"]
        assert sorted(drawn) == sorted(expected[columns].to_numpy().tolist())


def test_filters_narrow_down_forest_tables_and_count(opened) -> None:
    every = estimates(opened)
    whole = said(opened)
    choose(opened, "topic", "depression")
    fewer = estimates(opened)
    assert set(fewer) < set(every)
    assert "ma001" in fewer
    assert "ma003" in fewer  # a risk ratio, in a panel of its own
    titles = [
        node.text for node in opened.driver.find_elements(By.CSS_SELECTOR, ".forest-panel h3")
    ]
    assert any(title.startswith("Standardised mean difference") for title in titles)
    assert any(title.startswith("Risk ratio") for title in titles)
    shown = opened.run(
        "return [...document.querySelectorAll('#explore-tables tr[data-row]:not(.explore-out)')]"
        ".map(row => row.dataset.row)"
    )
    assert set(fewer) <= set(shown)
    assert "ma037" not in shown
    assert said(opened) != whole
    assert said(opened).startswith(f"{len(fewer)} of ")
    left = (
        "return [...document.querySelectorAll('.map-cell:not(.map-out)')]"
        ".map(cell => cell.dataset.cell)"
    )
    assert {cell.split("|")[0] for cell in opened.run(left)} == {"depression"}
    choose(opened, "population", "perinatal")
    assert opened.run(left) == ["depression|perinatal"]
    choose(opened, "population", "")
    choose(opened, "rating", "high")
    assert "ma001" not in estimates(opened)


def test_measures_are_never_on_one_axis(opened) -> None:
    choose(opened, "analyses", "all")
    panels = opened.run(
        "const of = id => window.explore.estimates.find(one => one.id === id).row;"
        "return [...document.querySelectorAll('.forest-panel:not(.without-numbers)')].map(panel =>"
        " [...panel.querySelectorAll('.forest-row')].map(row => of(row.dataset.estimate).measure))"
    )
    assert [len(set(measures)) for measures in panels] == [1] * len(panels)
    assert {measures[0] for measures in panels} == {"SMD", "RR", "MD"}


def test_the_address_keeps_the_choice_through_reload_and_back(opened, page) -> None:
    choose(opened, "topic", "depression")
    choose(opened, "population", "perinatal")
    assert address(opened) == "#topic=depression&population=perinatal"
    found = estimates(opened)
    opened.driver.refresh()
    assert estimates(opened) == found
    assert opened.run("return document.getElementById('filter-topic').value") == "depression"
    choose(opened, "population", "smi")
    opened.driver.back()
    assert address(opened) == "#topic=depression&population=perinatal"
    assert estimates(opened) == found
    opened.driver.forward()
    assert estimates(opened) != found
    opened.driver.find_element(By.ID, "explore-reset").click()
    assert address(opened) == ""
    assert opened.console() == []


def test_an_address_with_nonsense_shows_everything(browser, page) -> None:
    browser.open(page)
    every = estimates(browser)
    browser.driver.get(f"{page.resolve().as_uri()}#topic=nonsense&rating=<b>&by=x")
    browser.driver.refresh()
    assert estimates(browser) == every
    assert browser.console() == []


def test_a_link_within_the_page_keeps_the_choice(opened) -> None:
    choose(opened, "topic", "depression")
    found = estimates(opened)
    opened.run("window.location.hash = 'explore-rows'")
    opened.run("return new Promise(done => setTimeout(done, 50))")
    assert address(opened) == "#topic=depression"
    assert estimates(opened) == found


def test_a_cell_of_the_map_filters_and_lets_go_again(opened) -> None:
    cell = "[data-cell='depression|perinatal']"
    opened.run(f'document.querySelector("{cell}").click()')
    assert address(opened) == "#topic=depression&population=perinatal"
    assert set(estimates(opened)) >= {"ma001", "ma002", "ma003"}
    pressed = f"return document.querySelector(\"{cell}\").getAttribute('aria-pressed')"
    assert opened.run(pressed) == "true"
    assert len(opened.driver.find_elements(By.CSS_SELECTOR, ".map-cell")) > 20  # the others stay
    opened.run(f'document.querySelector("{cell}").click()')
    assert address(opened) == ""


def test_a_choice_that_cannot_be_is_loosened(opened) -> None:
    choose(opened, "topic", "depression")
    choose(opened, "question", "rq2")
    assert address(opened) == "#question=rq2"
    assert estimates(opened) == []
    choose(opened, "topic", "depression")
    assert address(opened) == "#topic=depression"


def test_the_keyboard_reaches_marks_details_and_links(opened) -> None:
    row = opened.driver.find_element(By.CSS_SELECTOR, ".forest-row[tabindex='0']")
    opened.run("arguments[0].focus()", row)
    card = opened.driver.find_element(By.CSS_SELECTOR, "#explore-forest .explore-card")
    assert card.is_displayed()
    assert "Fang et al. 2022" in card.text
    row.send_keys(Keys.ARROW_DOWN)
    second = opened.driver.switch_to.active_element
    assert second.get_attribute("data-estimate") == estimates(opened)[1]
    assert "Huang et al. 2020" in card.text
    second.send_keys(Keys.TAB)
    link = opened.driver.switch_to.active_element
    assert link.get_attribute("href").endswith("data/reviews.html#row-huang_2020")
    addresses = [node.get_attribute("href") for node in card.find_elements(By.TAG_NAME, "a")]
    assert any(target.endswith("data/estimates.html#row-ma002") for target in addresses)
    assert any("notebooks/15_explorer.html#" in target for target in addresses)
    link.send_keys(Keys.ESCAPE)
    assert not card.is_displayed()
    assert opened.driver.switch_to.active_element == second
    assert len(opened.driver.find_elements(By.CSS_SELECTOR, ".forest-row[tabindex='0']")) == 1


def test_arrows_move_on_the_map_and_enter_chooses(opened) -> None:
    first = opened.driver.find_element(By.CSS_SELECTOR, ".map-cell[tabindex='0']")
    opened.run("arguments[0].focus()", first)
    first.send_keys(Keys.ARROW_RIGHT)
    second = opened.driver.switch_to.active_element
    assert second != first
    key = second.get_attribute("data-cell")
    assert key.split("|")[0] == first.get_attribute("data-cell").split("|")[0]
    second.send_keys(Keys.ENTER)
    topic, column = key.split("|")
    assert address(opened) == f"#topic={topic}&population={column}"
    assert opened.driver.switch_to.active_element.get_attribute("data-cell") == key


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_with_details_open(browser, page, width, scheme) -> None:
    browser.scheme(scheme)
    browser.open(page, width)
    inject(browser)
    choose(browser, "topic", "depression")  # fewer rows are as good
    browser.run("document.querySelector('.map-cell[tabindex=\"0\"]').focus()")
    assert browser.driver.find_element(By.CSS_SELECTOR, "#explore-map .explore-card").is_displayed()
    browser.run("document.querySelectorAll('#explore-tables').forEach(one => one.remove())")
    found = violations(browser)
    browser.scheme("light")
    assert found == []


@pytest.mark.parametrize("width", [390, 800, 1440])
def test_nothing_scrolls_sideways_but_frames(browser, page, width) -> None:
    browser.open(page, width)
    assert browser.overflow() == 0
    rows = "return [...document.querySelectorAll('.forest-row')].every(row =>"
    assert browser.run(f"{rows} row.scrollWidth <= row.clientWidth + 1)")
    assert browser.console() == []


def test_a_change_is_drawn_at_once(opened) -> None:
    """By the time that the page's thread worked, whatever else the machine did meanwhile."""
    opened.driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    start, runs = worked(opened), 10
    opened.run(
        "for (let run = 0; run < arguments[0]; run += 1) {"
        " window.explore.state.set({ topic: run % 2 ? '' : 'hope' });"
        " document.body.getBoundingClientRect(); }",
        runs,
    )
    spent = worked(opened) - start
    opened.driver.execute_cdp_cmd("Performance.disable", {})
    assert 0 < 1000 * spent / runs < MOST_MS


def worked(browser) -> float:
    """Return the seconds of work in scripts, styles and layout since the page was opened."""
    found = browser.driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    values = {one["name"]: one["value"] for one in found}
    return values["ScriptDuration"] + values["RecalcStyleDuration"] + values["LayoutDuration"]


def test_figures_of_the_plain_page_keep_within_a_small_window(browser, page) -> None:
    browser.open(page, 390)
    browser.run(
        "const wide = new Image(900, 600); const part = document.getElementById('explore-map');"
        "part.prepend(wide)"
    )
    assert browser.overflow() == 0
    assert browser.run("return document.querySelector('#explore-map > img').width") <= 390


def test_each_part_is_explained_before_it_begins(opened) -> None:
    for part in ("map", "forest"):
        first = opened.driver.find_element(By.CSS_SELECTOR, f"#explore-{part} > :not([hidden])")
        assert first.get_attribute("class") == "explore-legend"
    tones = opened.run("return [...new Set(window.explore.estimates.map(one => one.kind))]")
    legend = opened.driver.find_element(By.CSS_SELECTOR, "#explore-map .explore-legend")
    shown = opened.run(
        "return arguments[0].map(kind => window.explore.label('kind', kind))",
        tones,
    )
    assert all(words in legend.text for words in shown)


def test_a_long_panel_has_its_scale_above_and_below_the_rows(opened) -> None:
    panels = opened.driver.find_elements(By.CSS_SELECTOR, ".forest-panel:not(.without-numbers)")
    for panel in panels:
        rows = panel.find_elements(By.CSS_SELECTOR, ".forest-row")
        scales = panel.find_elements(By.CSS_SELECTOR, ".forest-axis")
        assert len(scales) == (2 if len(rows) > 8 else 1)
    choose(opened, "topic", "depression")
    assert len(opened.driver.find_elements(By.CSS_SELECTOR, ".forest-axis")) == 2
