"""A headless browser for the tests of pages; skipped where there is none."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from umbrella_review.render import render

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--allow-file-access-from-files",
    "--force-prefers-reduced-motion",  # what is scrolled to is there at once
)
_SIDEWAYS = """
for (const one of document.querySelectorAll("details")) one.open = true;
return [...document.querySelectorAll("body *")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && !one.matches(":has(> table)")
    && ["auto", "scroll"].includes(getComputedStyle(one).overflowX))
  .map((one) => one.outerHTML.slice(0, 120));
"""
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
REQUIRED = "UMBRELLA_REQUIRE_BROWSER"


@dataclass
class Browser:
    """Opens pages by ``file://`` and tells what happened."""

    driver: Any

    def open(self, page: Path, width: int = 1440, height: int = 900) -> None:
        """Open a page in a window of the given size; earlier messages are forgotten."""
        self.resize(width, height)
        for log in ("browser", "performance"):
            self.driver.get_log(log)
        self.driver.get(page.resolve().as_uri())

    def resize(self, width: int, height: int = 900) -> None:
        """Give the window another size."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def wait(self, condition: Callable[[], object], seconds: float = 5) -> None:
        """Wait until a condition holds; what is not yet there does not count."""
        from selenium.webdriver.support.wait import WebDriverWait

        WebDriverWait(self.driver, seconds, poll_frequency=0.05).until(lambda _: condition())

    def run(self, script: str, *arguments: object) -> Any:
        """Return what a script in the page returns."""
        return self.driver.execute_script(script, *arguments)

    def console(self) -> list[str]:
        """Return errors and warnings since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Return the addresses asked for since the page was opened."""
        messages = (json.loads(e["message"])["message"] for e in self.driver.get_log("performance"))
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]

    def pictures(self) -> list[int]:
        """Return how wide each picture is by itself, once all have been loaded; 0 is none."""
        self.run("for (const image of document.images) image.loading = 'eager'")
        loaded = "return [...document.images].every(image => image.complete)"
        self.wait(lambda: self.run(loaded), 30)
        return list(self.run("return [...document.images].map(image => image.naturalWidth)"))

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        script = "const r = document.documentElement; return r.scrollWidth - r.clientWidth"
        return int(self.run(script))

    def sideways(self) -> list[str]:
        """Return what is moved sideways on its own, but for the frames of tables.

        What is folded is opened first.
        """
        return list(self.run(_SIDEWAYS))

    def scheme(self, name: str) -> None:
        """Prefer the ``light`` or the ``dark`` colours."""
        features = [{"name": "prefers-color-scheme", "value": name}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def targets(self) -> list[str]:
        """Return the addresses of links, pictures and style sheets of the page."""
        script = (
            "return [...document.querySelectorAll('[href],[src]')]"
            ".map(node => node.href || node.src)"
        )
        return list(self.run(script))

    def missing(self, folder: Path) -> list[str]:
        """Return addresses of the page that lead to no file or anchor within a folder."""
        return missing_targets(self.targets(), folder)

    def picture(self, target: Path) -> None:
        """Save the whole page as PNG."""
        result = self.driver.execute_cdp_cmd(
            "Page.captureScreenshot", {"captureBeyondViewport": True, "format": "png"}
        )
        with urllib.request.urlopen("data:image/png;base64," + result["data"]) as data:
            target.write_bytes(data.read())


def missing_targets(addresses: list[str], folder: Path) -> list[str]:
    """Return those addresses of files that do not exist or lie outside a folder."""
    missing = []
    inside = folder.resolve()
    for address in dict.fromkeys(addresses):
        parts = urllib.parse.urlsplit(address)
        if parts.scheme != "file":
            continue
        path = Path(urllib.request.url2pathname(parts.path)).resolve()
        if not path.is_relative_to(inside) or not path.is_file():
            missing.append(address)
        elif parts.fragment and path.suffix == ".html":
            ids = _ids(path, path.stat().st_mtime_ns)
            if urllib.parse.unquote(parts.fragment) not in ids:
                missing.append(address)
    return missing


@cache
def _ids(path: Path, changed: int) -> frozenset[str]:
    """Return the places of a page that was last changed at a time."""
    return frozenset(re.findall(r'\bid="([^"]*)"', path.read_text(encoding="utf-8")))


def _absent(reason: str) -> None:
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium with a profile of its own."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        _absent("no Chromium with chromedriver on the search path")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(program)
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(executable_path=driver)
    running = webdriver.Chrome(options=options, service=service)
    try:
        yield Browser(running)
    finally:
        running.quit()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample report with the files that publishing adds."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "render"))
    from sample import make_project

    root = tmp_path_factory.mktemp("pages")
    render(make_project(root / "project"), "pandoc", root / "report", print)
    (root / "report/manifest.json").write_text("{}", encoding="utf-8")
    return root / "report"
