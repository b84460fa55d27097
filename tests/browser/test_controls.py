"""What the scripts add to the pages of the sample report: by pointer, by keyboard, by touch."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.accessibility import inject, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sample pages")]
TABLE = "#tbl-reviews"


@pytest.fixture
def page(browser, folder):
    """The article, just opened."""
    browser.open(folder / "index.html")
    return browser


def one(page, selector):
    return page.driver.find_element(By.CSS_SELECTOR, selector)


def column(page, number: int, table: str = TABLE) -> list[str]:
    script = (
        "return [...document.querySelectorAll(arguments[0] + ' tbody tr')]"
        ".filter(row => row.checkVisibility())"
        ".map(row => row.cells[arguments[1]].textContent.trim())"
    )
    return list(page.run(script, table, number))


def focused(page):
    return page.driver.switch_to.active_element


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["10", "9", "–", "1,200", "", "−3"], ["−3", "9", "10", "1,200", "–", ""]),
        (["12%", "3%", "100%"], ["3%", "12%", "100%"]),
        (["0.39 (0.24, 0.54)", "−0.1 (−0.3, 0.1)", "0.39 (0.08, 0.66)"], [1, 2, 0]),
        (["0.001", "<0.001", "0.5", "0.0004"], ["0.0004", "<0.001", "0.001", "0.5"]),
        (["3 March 2020", "November 2019", "12 January 2020"], [1, 2, 0]),
        (["2020-03-02", "2020-01-12", "2019-11"], [2, 1, 0]),
        (["SMD 0.4", "OR 2.0", "SMD −0.4"], [1, 2, 0]),
        (["High", "Low", "Low or critically low", "Critically low"], [3, 2, 1, 0]),
        (["Zhao 2020 [12]", "Åkerblom 2023 [9]", "du Plessis 2019"], [1, 2, 0]),
        (["pr100", "pr020", "pr3"], ["pr3", "pr020", "pr100"]),
        (["not stated", "7", "IV"], ["7", "IV", "not stated"]),
    ],
)
def test_cells_are_compared_as_what_they_are(page, cells, order) -> None:
    expected = [cells[entry] if isinstance(entry, int) else entry for entry in order]
    found = page.run("return umbrellaOrder.sorted(arguments[0], 1)", cells)
    assert [cells[index] for index in found] == expected


def test_empty_cells_are_last_in_both_directions(page) -> None:
    cells = ["–", "2", "", "1"]
    down = page.run("return umbrellaOrder.sorted(arguments[0], -1)", cells)
    assert [cells[index] for index in down] == ["2", "1", "–", ""]


def test_a_table_is_sorted_by_a_head_and_put_back_by_the_third_press(page) -> None:
    before = column(page, 2)
    assert before == [str(number) for number in range(17)]
    button = one(page, f"{TABLE} thead th:nth-child(3) button")
    head = one(page, f"{TABLE} thead th:nth-child(3)")
    button.send_keys(Keys.ENTER)
    assert (column(page, 2), head.get_attribute("aria-sort")) == (before, "ascending")
    button.send_keys(Keys.ENTER)
    assert (column(page, 2), head.get_attribute("aria-sort")) == (before[::-1], "descending")
    other = one(page, f"{TABLE} thead th:nth-child(2) button")
    other.send_keys(Keys.SPACE)
    assert head.get_attribute("aria-sort") is None
    for _ in range(2):
        other.send_keys(Keys.SPACE)
    assert (
        column(page, 2),
        page.run("return document.querySelectorAll('[aria-sort]').length"),
    ) == (
        before,
        0,
    )


def test_rows_are_filtered_counted_and_all_printed(page) -> None:
    tools = one(page, f"{TABLE} .table-tools")
    count = tools.find_element(By.CSS_SELECTOR, "[role=status]")
    box = tools.find_element(By.TAG_NAME, "input")
    assert (count.text, count.get_attribute("aria-live")) == ("17 rows", "polite")
    assert box.get_attribute("aria-label") == "Filter the rows of Table\u00a02"
    box.send_keys("Script")
    assert column(page, 0) == ["Review 0 [1]"]
    assert count.text == "1 of 17 rows"
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert len(column(page, 0)) == 17
    assert not tools.is_displayed()
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    box.send_keys(Keys.ESCAPE)
    assert len(column(page, 0)) == 17


def test_small_tables_have_no_filter_and_spanning_cells_keep_their_order(page) -> None:
    assert (
        page.driver.find_elements(By.CSS_SELECTOR, "#tbl-words .table-tools, #tbl-words button")
        == []
    )
    # As the scripts find a table whose cells span others, when they run.
    page.run(
        "document.querySelector('#tbl-wide tbody td').colSpan = 2;"
        "document.querySelectorAll('.sort').forEach(one => one.replaceWith(one.textContent));"
        "const again = document.createElement('script');"
        "again.src = 'assets/tables.js'; document.head.append(again)"
    )
    tools = (By.CSS_SELECTOR, "#tbl-reviews .table-tools + .table-tools")
    page.wait(lambda: page.driver.find_elements(*tools))
    assert page.driver.find_elements(By.CSS_SELECTOR, "#tbl-wide thead button") == []


def test_a_figure_opens_in_a_dialog_and_the_focus_comes_back(page) -> None:
    button = one(page, "#fig-flow button.zoom")
    assert button.text == "Enlarge Figure 1"
    button.send_keys(Keys.ENTER)
    dialog = one(page, "dialog.zoom-dialog")
    picture = dialog.find_element(By.TAG_NAME, "img")
    assert dialog.get_attribute("open")
    assert picture.get_attribute("alt") == 'Boxes "joined" by lines'
    assert picture.size["width"] > one(page, "#fig-flow .figure-frame img").size["width"] >= 500
    assert page.run(
        "const s = arguments[0]; return s.scrollWidth <= s.clientWidth", one(page, ".zoom-stage")
    )
    width = picture.size["width"]
    focused(page).send_keys("-")
    assert picture.size["width"] < width
    dialog.find_element(By.CSS_SELECTOR, "[aria-label=Larger]").click()
    assert picture.size["width"] == width
    focused(page).send_keys(Keys.ESCAPE)
    assert not dialog.get_attribute("open")
    assert focused(page) == button


def test_clicking_a_figure_opens_it_too_and_with_a_key_its_file(page) -> None:
    link = one(page, "#fig-flow .figure-frame a")
    link.click()
    assert one(page, "dialog.zoom-dialog").get_attribute("open")
    assert page.driver.current_url.endswith("index.html")


def test_a_citation_shows_its_reference_and_a_range_all_of_them(page) -> None:
    link = one(page, ".citation a[href='#ref-smith_2020']")
    page.run("arguments[0].focus({focusVisible: true})", link)
    card = one(page, "#note-card")
    assert card.is_displayed()
    assert "First of all" in card.text
    assert link.get_attribute("aria-describedby") == "note-card"
    focused(page).send_keys(Keys.ESCAPE)
    assert not card.is_displayed()
    assert link.get_attribute("aria-describedby") is None
    page.run("arguments[0].nextSibling.textContent = '–'", one(page, ".citation a:has(+ a)"))
    page.run("arguments[0].blur()", link)
    page.run("arguments[0].focus({focusVisible: true})", one(page, ".citation a:has(+ a)"))
    assert [
        part.text.split(" ")[0][:2] for part in card.find_elements(By.CLASS_NAME, "reference")
    ] == [
        "1.",
        "2.",
    ]


def test_the_first_tap_shows_a_reference_and_the_second_follows(page) -> None:
    link = one(page, ".citation a[href='#ref-smith_2020']")
    tap = (
        "arguments[0].dispatchEvent(new PointerEvent('click',"
        " {pointerType: 'touch', bubbles: true, cancelable: true}))"
    )
    page.run(tap, link)
    assert one(page, "#note-card").is_displayed()
    assert "#" not in page.driver.current_url
    page.run(tap, link)
    assert page.driver.current_url.endswith("#ref-smith_2020")


@pytest.mark.parametrize("name", ["index.html", "notebooks/01_first.html"])
def test_the_search_leads_from_any_page_to_any_page(browser, folder, name) -> None:
    browser.open(folder / name)
    one(browser, "body").send_keys("/")
    box = one(browser, "#search-box")
    assert focused(browser) == box
    box.send_keys("authored")
    status = one(browser, "#search-status")
    browser.wait(lambda: status.text == "No results")
    box.clear()
    box.send_keys("table wo")
    browser.wait(lambda: status.text == "1 result")
    [found] = browser.driver.find_elements(By.CSS_SELECTOR, "#search-results a")
    heading = found.find_element(By.CLASS_NAME, "result-heading").text
    assert heading.startswith("Table 1: ")
    assert "A table of words" in heading
    box.send_keys(Keys.ENTER)
    assert focused(browser) == found
    found.send_keys(Keys.ARROW_UP)
    assert focused(browser) == box
    box.send_keys(Keys.ARROW_DOWN, Keys.NULL)
    focused(browser).send_keys(Keys.ENTER)
    browser.wait(lambda: browser.driver.current_url.endswith("index.html#tbl-words"))
    assert browser.console() == []


def test_escape_empties_the_search_and_brings_the_menu_back(page) -> None:
    box = one(page, "#search-box")
    box.send_keys("methods")
    page.wait(lambda: one(page, "#search-results").is_displayed())
    assert not one(page, "#menu").is_displayed()
    box.send_keys(Keys.ESCAPE)
    page.wait(lambda: one(page, "#menu").is_displayed())
    assert one(page, "#search-status").text == ""


def test_the_contents_mark_the_section_that_is_read(page) -> None:
    mark = "#TOC a[aria-current=true]"
    for identifier in ("sec-methods", "sec-sideways"):
        page.run("document.getElementById(arguments[0]).scrollIntoView()", identifier)
        page.wait(lambda id=identifier: one(page, mark).get_attribute("href").endswith(f"#{id}"))
    assert len(page.driver.find_elements(By.CSS_SELECTOR, mark)) == 1


def test_the_citation_is_copied(page) -> None:
    one(page, "#cite summary").click()
    one(page, "#cite button").click()
    said = one(page, "#cite [role=status]")
    page.wait(lambda: said.text in ("Copied", "Selected"))
    if said.text == "Selected":
        assert page.run("return String(getSelection())").strip() == one(page, "#citation").text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(page, scheme) -> None:
    page.scheme(scheme)
    inject(page)
    one(page, "#cite summary").click()
    one(page, f"{TABLE} thead th:nth-child(2) button").click()
    one(page, "#search-box").send_keys("review")
    page.wait(lambda: one(page, "#search-results").is_displayed())
    page.run("arguments[0].focus({focusVisible: true})", one(page, ".citation a"))
    assert one(page, "#note-card").is_displayed()
    found = violations(page)
    one(page, "#fig-flow button.zoom").click()
    found += violations(page)
    page.scheme("light")
    assert found == []


def test_without_scripts_pages_are_plain_and_complete(browser, folder) -> None:
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.open(folder / "index.html")
        assert browser.driver.find_elements(By.CSS_SELECTOR, "button, dialog, .table-tools") == []
        assert not one(browser, "#search").is_displayed()
        for way in (".figure-frame a", ".enlarge a"):
            assert one(browser, f"#fig-flow {way}").get_attribute("href").endswith("/fig-flow.svg")
        assert len(one(browser, TABLE).find_elements(By.CSS_SELECTOR, "tbody tr")) == 17
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
