"""The page on which readers explore, made from the real data without a build."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from umbrella_review.paths import Project
from umbrella_review.render.config import read_settings
from umbrella_review.render.executed import Notebook
from umbrella_review.render.explore.page import NAME, copy_assets, explore_page
from umbrella_review.render.html import write_page
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.page_assets import copy_assets as copy_page_assets

ROOT = Path(__file__).parents[1]
NOTEBOOK = "15_explorer"


def keep_rows(folder: Path) -> Project:
    """Run the cells of the notebook that keeps the rows, in a copy of the data."""
    shutil.copy(ROOT / "review.yml", folder)
    for name in ("data", "assets"):
        shutil.copytree(ROOT / name, folder / name)
    text = (ROOT / "notebooks" / f"{NOTEBOOK}.ipynb").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for cell in json.loads(text)["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
    return Project(folder)


def manuscript_of(project: Project) -> Manuscript:
    """Return a manuscript without text that lists the notebook."""
    shutil.copy(ROOT / "_quarto.yml", project.root)
    shutil.copy(ROOT / "index.qmd", project.root)
    settings = read_settings(project, [], [])
    notebook = Notebook(Path(f"{NOTEBOOK}.ipynb"), f"build/notebooks/{NOTEBOOK}.ipynb", "Rows", ())
    return Manuscript(settings, {}, [], {}, {}, (notebook,), {})


def write_explore(project: Project, target: Path) -> Path:
    """Write the page with its assets and return its path."""
    manuscript = manuscript_of(project)
    page = explore_page(project, manuscript)
    assert page is not None
    target.mkdir(exist_ok=True)
    copy_page_assets(manuscript.settings, target)
    copy_assets(target)
    write_page(page, manuscript.settings, [], target / f"{NAME}.html")
    return target / f"{NAME}.html"
