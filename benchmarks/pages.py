"""How soon the pages of a report answer: parsed, scripts done, quiet, and the longest task.

Run it with ``.venv/bin/python benchmarks/pages.py [FOLDER]`` on a machine that does nothing else;
the folder is ``reports/draft`` by default. Chromium opens each page from the folder, in a window of
1440 pixels, a few times; the table has the medians in milliseconds since the navigation began, and
the ratio to the lightest page of the report, which holds across machines. A page is interactive
when its scripts have run and the last task of more than 50 ms has ended.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from pathlib import Path

from selenium import webdriver

ROOT = Path(__file__).parents[1]
RUNS = 7
QUIET = 1.0  # seconds without which a later task would be missed
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1440,900")
WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries()
  .map((one) => [one.startTime, one.startTime + one.duration])))
  .observe({ type: "longtask", buffered: true });
"""
TOLD = """
const [page] = performance.getEntriesByType("navigation");
const long = Math.max(0, ...longTasks.map(([start, end]) => end - start));
const scripts = page.domContentLoadedEventEnd;
return {
  "parsed": page.domInteractive,
  "scripts done": scripts,
  "loaded": page.loadEventEnd,
  "interactive": Math.max(scripts, ...longTasks.map(([, end]) => end)),
  "longest task": long,
};
"""


def heaviest(folder: Path, *, lightest: bool = False) -> Path:
    """Return the largest page of a folder, or the smallest."""
    pages = sorted(folder.glob("*.html"), key=lambda page: (page.stat().st_size, page.name))
    return pages[0 if lightest else -1]


def measured(driver: webdriver.Chrome, page: Path) -> dict[str, float]:
    """Return the times of one visit, in milliseconds."""
    driver.get("about:blank")
    driver.get(page.resolve().as_uri())
    time.sleep(QUIET)
    return dict(driver.execute_script(TOLD))


def medians(driver: webdriver.Chrome, page: Path) -> dict[str, float]:
    """Return the medians of several visits; the first, which warms the caches, does not count."""
    visits = [measured(driver, page) for _ in range(RUNS + 1)][1:]
    return {name: statistics.median(visit[name] for visit in visits) for name in visits[0]}


def main() -> None:
    """Print the table of times."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "reports" / "draft"
    named = [folder / f"{name}.html" for name in ("index", "dashboard", "explore")]
    heavy = [heaviest(folder / name) for name in ("ledger", "data", "notebooks")]
    light = heaviest(folder / "data", lightest=True)
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        watch = {"source": WATCH}
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", watch)
        found = {page: medians(driver, page) for page in (light, *named, *heavy)}
    finally:
        driver.quit()
    least = found[light]["interactive"]
    print(f"{'':32}{'kB':>6}" + "".join(f"{name:>14}" for name in found[light]) + f"{'ratio':>8}")
    for page, times in found.items():
        name = page.relative_to(folder).as_posix()
        values = "".join(f"{value:14.0f}" for value in times.values())
        ratio = times["interactive"] / least
        print(f"{name:32}{page.stat().st_size / 1000:6.0f}{values}{ratio:8.1f}")


if __name__ == "__main__":
    main()
