"""The figures of this project's notebooks, drawn from its data without a kernel."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from matplotlib.figure import Figure

from umbrella_review.notebook import Session

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def source(path: Path) -> list[str]:
    """Return the code cells of a notebook."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


DRAWING = tuple(path.stem for path in NOTEBOOKS if "session.figure" in "\n".join(source(path)))


@cache
def figures_of(notebook: str) -> dict[str, Figure]:
    """Run the cells of a notebook in this process, with its defaults, and return its figures.

    Nothing is written into the project: results go to a folder that is thrown away.
    """
    drawn: dict[str, Figure] = {}

    def keep(_: Session, figure: Figure, name: str, *__: object, **___: object) -> None:
        drawn[name] = figure

    with pytest.MonkeyPatch.context() as patch, _elsewhere():
        patch.setattr(Session, "figure", keep)
        namespace: dict[str, object] = {}
        for cell in source(ROOT / "notebooks" / f"{notebook}.ipynb"):
            exec(compile(cell, notebook, "exec"), namespace)
    return drawn


@contextmanager
def _elsewhere() -> Iterator[None]:
    """Work in a folder that holds of the project what these notebooks read."""
    before = Path.cwd()
    with TemporaryDirectory() as folder:
        shutil.copy(ROOT / "review.yml", folder)
        for name in ("data", "notebooks"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)
