"""A small project with a report in the form that builds give it, and a release of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.build.conftest import VERSION, make_project
from umbrella_review.archive import unzipped
from umbrella_review.build.fingerprint import (
    Fingerprint,
    Surroundings,
    earlier_results,
    given_inputs,
    products,
    short,
    write_fingerprint,
)
from umbrella_review.build.plan import make_plan
from umbrella_review.build.publish import MANIFEST, write_manifest
from umbrella_review.cli import main
from umbrella_review.paths import Project
from umbrella_review.release.manifest import PROVENANCE
from umbrella_review.release.origin import Origin, package_files
from umbrella_review.release.sources import copy_sources
from umbrella_review.review import Review

CITATION = """\
cff-version: 1.2.0
title: tiny
version: 0.1.0
date-released: 2026-01-02
license: MIT
doi: 10.5555/tiny
repository-code: https://example.org/tiny
keywords: [one, two]
authors:
  - given-names: Ada
    name-particle: van
    family-names: Example
    orcid: https://orcid.org/0000-0002-1825-0097
    affiliation: A university
  - name: The group
"""
ARTICLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><permissions>
<license xlink:href="https://example.org/text-licence"><license-p>Free</license-p></license>
</permissions></article-meta></front><body>
<fig id="fig-flow"><label>Figure 1</label><caption><p>How it &lt;flows&gt;
 &amp; ends</p></caption><alt-text>Boxes &amp; arrows</alt-text><graphic
 xlink:href="figures/fig-flow.png"/></fig>
<table-wrap id="tbl-n"><label>Table 1</label><caption><p>Counts</p></caption></table-wrap>
</body></article>
"""
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    b'<rect width="9" height="9"/></svg>'
)
PRINTED = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">'
    b'<text x="4" y="20" style="font: 700 12px \'Source Sans Pro\'">Depression</text></svg>'
)
DISPLAYS = [
    {"label": "fig-flow", "name": "Figure\u00a01", "data": "results/01_first/figures/fig-flow.csv"},
    {"label": "tbl-n", "name": "Table\u00a01", "data": "results/01_first/tables/tbl-n.csv"},
    {
        "label": "tbl-checklist",
        "name": "Table\u00a02",
        "data": "results/01_first/tables/tbl-checklist.csv",
    },
]
DESCRIBED = {
    "licenses": [{"title": "Free data", "path": "https://example.org/data-licence"}],
    "sources": [{"title": "The article", "path": "https://doi.org/10.5555/12345678"}],
    "resources": [{"path": "reviews.csv", "title": "Included reviews"}],
}
NOTEBOOK = {"cells": [{"cell_type": "markdown", "source": ["# The first\n", "\n", "Text."]}]}
REPORT: dict[str, bytes] = {
    "index.html": b"<p>Report</p>",
    "index.pdf": b"%PDF",
    "report.docx": b"PK",
    "jats/article.xml": ARTICLE.encode(),
    "jats/figures/fig-flow.png": b"PNG",
    "figures/fig-flow.svg": SVG,
    "results/01_first/figures/fig-flow.csv": b"x\n1\n",
    "print/fig-flow.svg": PRINTED,
    "results/01_first/tables/tbl-n.csv": b"n\n2\n",
    "results/01_first/tables/tbl-checklist.csv": b"item\n1\n",
    "results/01_first/values.json": b"[]",
    "ledger/ledger.json": json.dumps({"displays": DISPLAYS}).encode(),
    "ledger/ledger.csv": b"value_id\n",
    "data/reviews.csv": b"review_id\na\n",
    "data/reviews.html": b"<p>a</p>",
    "data/datapackage.json": json.dumps(DESCRIBED).encode(),
    "notebooks/01_first.ipynb": json.dumps(NOTEBOOK).encode(),
}


@dataclass(frozen=True)
class Small:
    """A small project with a report."""

    root: Path

    @property
    def project(self) -> Project:
        return Project(self.root)

    def run(self, *arguments: str) -> Result:
        """Call ``umbrella bundle``."""
        return CliRunner().invoke(main, ["--project", str(self.root), "bundle", *arguments])

    def pack(self, *arguments: str) -> dict[str, bytes]:
        """Return the files of a bundle."""
        target = self.root / "packed.zip"
        done = self.run(*arguments, "--out", str(target))
        assert done.exit_code == 0, done.output
        return unzipped(target.read_bytes())


def write_report(folder: Path, **about: object) -> None:
    (folder / MANIFEST).unlink(missing_ok=True)
    for name, content in REPORT.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    write_manifest(folder, {"package": "x", "engine": "pandoc", "parameters": {}, **about})


def leave_out(small: Small, name: str) -> None:
    """Take a file out of the draft, and out of its manifest."""
    draft = small.project.draft
    (draft / name).unlink()
    about = json.loads((draft / MANIFEST).read_text())
    about["files"] = [one for one in about["files"] if one["path"] != name]
    (draft / MANIFEST).write_text(json.dumps(about))


def write_release(project: Project, digests: dict[str, str]) -> Path:
    folder = project.reports / VERSION
    folder.mkdir(parents=True)
    copy_sources(project, folder)
    origin = Origin(VERSION, "c0ffee", "2026-01-01", "", {}, {"python": "3.11.9"}, digests)
    write_report(folder, **{PROVENANCE: origin.to_json()})
    return folder


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """A project with a draft."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    root = make_project(tmp_path / "project").root
    (root / "session.py").unlink()
    (root / "CITATION.cff").write_text(CITATION)
    (root / "LICENSE").write_text("Free.\n")
    (root / "requirements.lock").write_text("numpy==2.0.0\n")
    write_report(root / "reports" / "draft")
    execute(Project(root))
    return Small(root)


def execute(project: Project) -> None:
    """Leave what notebooks leave that ran: themselves, values, and what they were made from."""
    shutil.copytree(project.draft / "results", project.results, dirs_exist_ok=True)
    review, around = Review.read(project.review_file), Surroundings.of(project)
    for notebook in make_plan(project, review, []):
        for path in (
            project.executed / f"{notebook.name}.ipynb",
            project.results / notebook.name / "values.json",
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("[]")
        inputs = given_inputs(project, review, notebook, around)
        inputs |= earlier_results(project, notebook)
        made = Fingerprint(inputs, short(around.package), products(project, notebook.name))
        write_fingerprint(project, notebook.name, made)


@pytest.fixture
def released(small: Small) -> Small:
    """The same, released by the running package."""
    write_release(small.project, package_files())
    return small


@pytest.fixture
def again(small: Small, tmp_path: Path) -> Callable[[], Small]:
    """Return a function that copies the project to another place."""

    def copy() -> Small:
        shutil.copytree(small.root, tmp_path / "other" / "place")
        return Small(tmp_path / "other" / "place")

    return copy
