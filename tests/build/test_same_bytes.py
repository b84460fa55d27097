"""A complete small project built twice, on two machines as far as one machine can be two."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from umbrella_review.provenance import files_in

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ("01_selection", "04_overlap")
ARTICLE = """---
title: "Small {{< var selection.n_databases >}}"
author: [{name: Ann Smith}]
---

# Abstract {.unnumbered}

**All.** In one paragraph [@cooper_2024].

# Results {#sec-results}

See @fig-prisma and @fig-recurrence.

{{< embed build/notebooks/01_selection.ipynb#fig-prisma >}}

::: {.landscape}

{{< embed build/notebooks/04_overlap.ipynb#fig-recurrence >}}

:::

# References {.unnumbered}

::: {#refs}
:::
"""
# A user's own settings of matplotlib, which no figure may show.
SETTINGS = "font.size: 20\nsavefig.dpi: 31\nsvg.hashsalt: other\n"


def make_project(folder: Path) -> Path:
    for name in ("data", "assets"):
        shutil.copytree(ROOT / name, folder / name)
    # Its places are labels of the whole manuscript.
    checklist = folder / "data" / "reporting_checklist.csv"
    checklist.write_text(checklist.read_text(encoding="utf-8").split("\n", 1)[0] + "\n", "utf-8")
    (folder / "notebooks").mkdir()
    for name in NOTEBOOKS:
        shutil.copyfile(ROOT / f"notebooks/{name}.ipynb", folder / f"notebooks/{name}.ipynb")
    for name in ("review.yml", "CITATION.cff", "requirements.lock"):
        shutil.copyfile(ROOT / name, folder / name)
    settings = (ROOT / "_quarto.yml").read_text(encoding="utf-8")
    lines = settings.split("  notebooks:\n")
    head, tail = lines[0], lines[1][lines[1].index("\nlang:") :]
    listed = "".join(
        f"    - notebook: build/notebooks/{name}.ipynb\n      title: {name}\n" for name in NOTEBOOKS
    )
    (folder / "_quarto.yml").write_text(f"{head}  notebooks:\n{listed}{tail}", encoding="utf-8")
    (folder / "index.qmd").write_text(ARTICLE, encoding="utf-8")
    return folder


def built(folder: Path, home: Path, workers: int, **surroundings: str) -> dict[str, str]:
    """Build and return the checksum of every published file."""
    home.mkdir(parents=True)
    command = [sys.executable, "-c", "from umbrella_review.cli import main; main()"]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "XDG_"))}
    done = subprocess.run(
        [*command, "build", "--engine", "pandoc", "--workers", str(workers)],
        cwd=folder,
        env={**kept, "HOME": str(home), "USERPROFILE": str(home), **surroundings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    draft = folder / "reports" / "draft"
    return {
        path.relative_to(draft).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files_in(draft)
    }


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str], Path]:
    """Checksums of two builds: other folder, home, zone, locale, hash seed, number of workers."""
    base = tmp_path_factory.mktemp("twice")
    first = make_project(base / "one")
    second = make_project(base / "two" / "places deeper")
    settings = base / "home two" / ".config" / "matplotlib"
    one = built(first, base / "home", 1, TZ="UTC", LC_ALL="C", PYTHONHASHSEED="1", USER="ann")
    (base / "configured").mkdir()
    (base / "configured" / "matplotlibrc").write_text(SETTINGS, encoding="utf-8")
    two = built(
        second,
        settings.parents[1],
        2,
        TZ="Pacific/Auckland",
        LC_ALL="C.UTF-8",
        LANG="C.UTF-8",
        PYTHONHASHSEED="4242",
        USER="bob",
        OMP_NUM_THREADS="2",
        MATPLOTLIBRC=str(base / "configured"),
        MPLCONFIGDIR=str(base / "configured"),
    )
    return one, two, first / "reports" / "draft"


def test_two_builds_give_the_same_bytes(
    twice: tuple[dict[str, str], dict[str, str], Path],
) -> None:
    one, two, _ = twice
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_every_format_was_among_them(twice: tuple[dict[str, str], dict[str, str], Path]) -> None:
    one, _, draft = twice
    assert {Path(name).suffix for name in one} >= {
        *(".html", ".pdf", ".svg", ".png", ".csv", ".ipynb", ".json", ".docx", ".xml"),
    }
    manifest = json.loads((draft / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    assert listed == {name: digest for name, digest in one.items() if name != "manifest.json"}
    assert {"report.docx", "jats/article.xml", "jats/figures/fig-prisma.png"} <= listed.keys()


def test_no_file_tells_where_it_was_made(
    twice: tuple[dict[str, str], dict[str, str], Path],
) -> None:
    one, _, draft = twice
    root = str(draft.parents[1]).encode()
    assert [name for name in one if root in (draft / name).read_bytes()] == []
