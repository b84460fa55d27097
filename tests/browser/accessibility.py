"""What axe-core finds on the page that a browser shows."""

from __future__ import annotations

from importlib import resources

from tests.browser.conftest import Browser

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
EVERY_RULE = (*WCAG, "best-practice")
_SOURCE = resources.files("selenium_axe_python") / "axe-core" / "axe.min.js"
_RUN = """
const [only, done] = arguments;
const tell = (violation) => violation.nodes.map((node) =>
  `${violation.id}: ${node.target.join(" ")} ${node.html.slice(0, 120)}`);
axe.run(document, { runOnly: only, resultTypes: ["violations"] })
  .then((found) => done(found.violations.flatMap(tell)), (error) => done([String(error)]));
"""
# The rows of a table and the entries of a list are written by the same code: the first ones stand
# for all, and the time goes to what differs. What is folded is opened.
_THIN = """
const seen = new Map();
for (const one of document.querySelectorAll(arguments[0])) {
  const kinds = seen.get(one.parentNode) || new Map();
  const kind = one.tagName + one.className;
  kinds.set(kind, (kinds.get(kind) || 0) + 1);
  seen.set(one.parentNode, kinds);
  if (kinds.get(kind) > arguments[1]) one.remove();
}
for (const one of document.querySelectorAll("details")) one.open = true;
"""
_FEW = """
for (const kind of ["figure.fig", "figure.tbl"])
  for (const one of [...document.querySelectorAll(kind)].slice(arguments[0])) one.remove();
"""
_REPEATED = "tr, li, dt, dd, p, option, .entry, .csl-entry, p > a, code > span, div[id^=c]"


def inject(browser: Browser) -> None:
    """Bring axe into the page, past its content security policy."""
    source = _SOURCE.read_text(encoding="utf-8")
    browser.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": source})


def thin(browser: Browser, kept: int = 2) -> None:
    """Keep the first of many siblings of one kind, and open what is folded."""
    browser.run(_THIN, _REPEATED, kept)


def few_figures(browser: Browser, kept: int) -> None:
    """Keep the first figures and the first tables of the page."""
    browser.run(_FEW, kept)


def violations(browser: Browser, tags: tuple[str, ...] = EVERY_RULE) -> list[str]:
    """Return each violation of rules with one of these tags: rule, selector, the element."""
    return list(browser.driver.execute_async_script(_RUN, {"type": "tag", "values": tags}))
