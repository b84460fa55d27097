from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from umbrella_review.build.report import Renderer, Say
from umbrella_review.cli import main
from umbrella_review.paths import Project

ROOT = Path(__file__).parents[2]
VERSION = "0.1.0"

# Stands in for `umbrella_review.notebook` in the kernels: these tests are about the build, and
# pandas and matplotlib would take most of their time.
_LINK = re.compile(r"\[(.*?)\]\([^)]*\)\{\.value\}")
SESSION = """
import json, pathlib, types

class Session:
    def __init__(self, name):
        self.folder = pathlib.Path("build/results") / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.values = []
    def load(self, *tables):
        return [pathlib.Path(f"data/{t}.csv").read_text().splitlines() for t in tables]
    def results(self, name):
        return json.loads(pathlib.Path(f"build/results/{name}/values.json").read_text())
    def record(self, key, value):
        entry = {"value_id": key, "value": value, "text": str(value), "unit": "", "rows": {}}
        self.values.append({**entry, "decimals": None, "run": None})
        (self.folder / "values.json").write_text(json.dumps(self.values))

notebook = types.SimpleNamespace(start=Session)
"""

CELLS = {
    "01_first": (
        'minimum_rating = "critically_low"  # lowest rating taken in',
        'session = notebook.start("01_first")\n(reviews,) = session.load("reviews")',
        '#| label: tbl-first\nsession.record("first.n", len(reviews) - 1)\nminimum_rating',
    ),
    "02_second": (
        "outcome_domains = []  # domains taken in\nfactor = 1  # multiplies",
        'session = notebook.start("02_second")\n(findings,) = session.load("findings")',
        '#| label: tbl-second\nn = len(findings) - 1\nsession.record("second.n", n * factor)\nn',
    ),
    "03_third": (
        "",
        'session = notebook.start("03_third")\nvalues = session.results("02_second")',
        '#| label: tbl-third\nsession.record("third.n", values[0]["value"] + 1)',
    ),
}


@dataclass
class Tiny:
    """A small project and a way to call the command in it."""

    root: Path

    @property
    def project(self) -> Project:
        return Project(self.root)

    def run(self, *arguments: str) -> Result:
        """Call ``umbrella`` as the user would."""
        return CliRunner().invoke(main, ["--project", str(self.root), *arguments])

    def explain(self, *arguments: str) -> dict[str, str]:
        """Build, and return per step what became of it and why."""
        result = self.run("build", "--explain", "--workers", "2", *arguments)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        lines = [line for line in result.stdout.splitlines() if ": " in line]
        return dict(line.split(": ", 1) for line in lines)

    def variables(self) -> str:
        """Return the variables as printed, without their links to the ledger."""
        return _LINK.sub(r"\1", (self.root / "_variables.yml").read_text())

    def notebook(self, name: str) -> Path:
        return self.root / "notebooks" / f"{name}.ipynb"

    def edit(self, name: str, change: Callable[[dict], None]) -> None:
        """Change a notebook's JSON."""
        content = json.loads(self.notebook(name).read_text())
        change(content)
        self.notebook(name).write_text(json.dumps(content))

    def replace(self, name: str, old: str, new: str) -> None:
        """Change the source of a notebook."""

        def change(content: dict) -> None:
            for cell in content["cells"]:
                cell["source"] = cell["source"].replace(old, new)

        self.edit(name, change)

    def snapshot(self, folder: str) -> dict[str, bytes]:
        """Return the content of every file below a folder."""
        base = self.root / folder
        return {
            path.relative_to(base).as_posix(): path.read_bytes()
            for path in base.rglob("*")
            if path.is_file()
        }


def write_notebook(target: Path, cells: tuple[str, str, str]) -> None:
    parameters, load, show = cells
    sources = {
        "parameters": parameters,
        "load": f"from session import notebook\n{load}",
        "show": show,
    }
    content = [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Title"}]
    for key, source in sources.items():
        tags = {"tags": ["parameters"]} if key == "parameters" else {}
        cell = {"cell_type": "code", "id": key, "metadata": tags, "source": source}
        content.append({**cell, "outputs": [], "execution_count": None})
    document = {"cells": content, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    target.write_text(json.dumps(document))


def make_project(root: Path) -> Tiny:
    for folder in ("data", "notebooks", "sections", "assets"):
        (root / folder).mkdir(parents=True)
    text = (ROOT / "review.yml").read_text(encoding="utf-8")
    # A version of its own: what these tests say does not change with the version of the review.
    text = re.sub(r"^  version: .*$", f"  version: {VERSION}", text, count=1, flags=re.MULTILINE)
    (root / "review.yml").write_text(text, encoding="utf-8", newline="\n")
    (root / "session.py").write_text(SESSION)
    (root / "index.qmd").write_text("Text.\n")
    (root / "_quarto.yml").write_text("project:\n  type: manuscript\n")
    (root / "data" / "reviews.csv").write_text("review_id\na\nb\n")
    (root / "data" / "findings.csv").write_text("finding_id\nx\ny\nz\n")
    for name, cells in CELLS.items():
        write_notebook(root / "notebooks" / f"{name}.ipynb", cells)
    return Tiny(root)


def render(
    project: Project, engine: str, folder: Path, say: Say, notice: Sequence[str] = ()
) -> None:
    """Stand in for a render engine."""
    say(f"writing by {engine}")
    if notice:
        (folder / "notice.txt").write_text("\n".join(notice))
    (folder / "index.html").write_text(project.variables_file.read_text())
    (folder / "index.pdf").write_text("%PDF")


def leave_out(patch: pytest.MonkeyPatch) -> None:
    """Leave out rendering and data checks, which have tests of their own."""
    stand_in = Renderer("pandoc", "", render)
    for command in ("build", "render"):
        patch.setattr(f"umbrella_review.cli.{command}.make_renderer", lambda engine: stand_in)
    patch.setattr("umbrella_review.build.make.check", lambda project: None)
    # The package may change while tests run; one digest keeps builds comparable.
    patch.setattr("umbrella_review.build.fingerprint.package_files", lambda: {"a.py": "1"})


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out(monkeypatch)


@pytest.fixture(scope="session")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tiny, Result]:
    """A project built once, with what the first build printed; not to be changed."""
    tiny = make_project(tmp_path_factory.mktemp("first") / "project")
    with pytest.MonkeyPatch.context() as patch:
        leave_out(patch)
        return tiny, tiny.run("build", "--explain", "--workers", "2")


@pytest.fixture
def built(first_build: tuple[Tiny, Result], tmp_path: Path) -> Tiny:
    """A copy of the built project: everything in it is up to date, also at another place."""
    shutil.copytree(first_build[0].root, tmp_path / "copy")
    return Tiny(tmp_path / "copy")


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """A project that was never built."""
    return make_project(tmp_path / "project")
