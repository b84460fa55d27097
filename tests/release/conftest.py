"""A small project under git, and a release of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.build.conftest import SESSION, VERSION, Tiny, leave_out, make_project
from umbrella_review.cli import main

ROOT = Path(__file__).parents[2]

# Can also keep a table and a figure; what one variable says enters the results.
KEEPING = """
import os

class Keeping(Session):
    def keep(self, name, text):
        target = self.folder / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(text)
    def add(self):
        if os.environ.get("TINY_FAILS"):
            raise RuntimeError("this cell fails")
        return float(os.environ.get("TINY_ADDS", "0"))

notebook = types.SimpleNamespace(start=Keeping)
"""
CELL = """
mean = 1 / 3 + session.add()
session.record("first.mean", mean)
session.keep("tables/tbl-first.csv", f"name,n,mean\\na,1,0.5\\nb,2,{mean}\\n")
session.keep("figures/fig-first.csv", f"x\\n{mean}\\n")
session.keep("figures/fig-first.svg", f"<svg><!-- {mean:.3f} --></svg>")
"""
CITATION = f"cff-version: 1.2.0\ntitle: tiny\nversion: {VERSION}\ndate-released: 2026-01-02\n"
QUARTO = """project:
  type: manuscript
  pre-render: tools/before.py
  post-render:
    - tools/after.py --quick
"""
LOCK = "numpy==2.0.0\npyyaml==6.0\n"


@dataclass
class Versioned(Tiny):
    """A small project under git."""

    def git(self, *arguments: str) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.root, capture_output=True, text=True, check=True
        )
        return done.stdout

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "A change")


def make_versioned(root: Path) -> Versioned:
    """Return a project that can be released."""
    tiny = Versioned(make_project(root).root)
    (root / "session.py").unlink()  # stands for the package, which is not part of a project
    tiny.replace("01_first", "\nminimum_rating", f"{CELL}minimum_rating")
    (root / "CITATION.cff").write_text(CITATION)
    (root / "requirements.lock").write_text(LOCK)
    (root / "LICENSE").write_text("Free.\n")
    (root / "tools").mkdir()
    for name in ("before", "after", "other"):
        (root / "tools" / f"{name}.py").write_text(f"print('{name}')\n")
    (root / "_quarto.yml").write_text(QUARTO)
    (root / "assets" / "page.css").write_text("p {}\n")
    (root / "sections" / "_one.qmd").write_text("One.\n")
    (root / ".gitignore").write_text("/build/\n/reports/draft/\n/_variables.yml\n__pycache__/\n")
    tiny.git("init", "--quiet")
    tiny.commit()
    return tiny


def stand_in(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Leave out rendering and checks, also in processes, and offer `session` to the kernels."""
    leave_out(patch)
    patch.setattr("umbrella_review.release.conditions.check", lambda project: None)
    build = (sys.executable, str(Path(__file__).with_name("tiny_build.py")))
    patch.setattr("umbrella_review.release.again.COMMAND", build)
    (folder / "session.py").write_text(SESSION + KEEPING)
    paths = [str(folder), str(ROOT), os.environ.get("PYTHONPATH", "")]
    patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    patch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture(scope="session")
def first_release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Versioned, Result]:
    """A project released once, with what the command printed; not to be changed."""
    tiny = make_versioned(tmp_path_factory.mktemp("released") / "project")
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch, tmp_path_factory.mktemp("session"))
        return tiny, tiny.run("release", VERSION)


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    stand_in(monkeypatch, tmp_path_factory.mktemp("session"))


@pytest.fixture
def released(first_release: tuple[Versioned, Result], tmp_path: Path) -> Versioned:
    """A copy of the released project."""
    shutil.copytree(first_release[0].root, tmp_path / "copy")
    return Versioned(tmp_path / "copy")


@pytest.fixture
def release(first_release: tuple[Versioned, Result], tmp_path: Path) -> Path:
    """A copy of the release alone, at a place that knows no project."""
    target = tmp_path / "elsewhere" / "unpacked"
    shutil.copytree(first_release[0].root / "reports" / VERSION, target)
    return target


@pytest.fixture
def verify() -> Callable[..., Result]:
    """Return a function that calls ``umbrella verify``."""
    return lambda *arguments: CliRunner().invoke(main, ["verify", *map(str, arguments)])
