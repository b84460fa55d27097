"""The code of docs/api.md runs and prints what the page says."""

from __future__ import annotations

import contextlib
import io
import re
from importlib import import_module
from pathlib import Path

from umbrella_review import synthesis

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```\n+```text\n(.*?)```", PAGE, re.DOTALL)


def test_what_the_page_prints_is_what_its_code_prints(monkeypatch):
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    assert len(EXAMPLES) == PAGE.count("```python") == 5
    for code, expected in EXAMPLES:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(code, names)
        assert printed.getvalue() == expected


def test_every_name_of_the_synthesis_is_there():
    for name in synthesis.__all__:
        assert callable(getattr(synthesis, name)), name
    assert not hasattr(synthesis, "nothing")


def test_the_functions_that_the_page_lists_are_there():
    rows = re.findall(r"^\| (`.*?) \| (.*?) \|$", PAGE, re.MULTILINE)
    listed = 0
    for modules, functions in rows:
        paths = re.findall(r"`([\w.]+)`", modules)
        package = paths[0].split(".")[0]
        paths = [f"{package}{path}" if path.startswith(".") else path for path in paths]
        loaded = [import_module(f"umbrella_review.{path}") for path in paths]
        for name in re.findall(r"`(\w+)`", functions):
            assert any(hasattr(module, name) for module in loaded), name
            listed += 1
    assert listed > 10
