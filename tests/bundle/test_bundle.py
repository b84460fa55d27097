"""What a bundle holds, for which reports, and when there is none."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable

import pypdf
import pytest
from PIL import Image

from tests.bundle.conftest import REPORT, VERSION, Small, leave_out, write_release, write_report
from tests.pdf_tags import fonts_of, tags_of
from umbrella_review.archive import unzipped
from umbrella_review.build.publish import MANIFEST
from umbrella_review.bundle.material import PACKAGE
from umbrella_review.release.checksums import compare_files
from umbrella_review.release.manifest import read_files

TOP = {
    *("README.md", "SHA256SUMS", "CITATION.cff", "LICENSE", "codecheck.yml"),
    *("ro-crate-metadata.json", "article.meca.zip"),
}


def test_a_draft_is_packed_with_its_sources_and_the_package(small: Small) -> None:
    files = small.pack()
    inside = {name: content for name, content in files.items() if name.startswith("report/")}
    assert {f"report/{name}" for name in (*REPORT, MANIFEST)} == set(inside)
    assert all(inside[f"report/{name}"] == content for name, content in REPORT.items())
    assert {name for name in files if "/" not in name} == TOP
    assert "source/notebooks/01_first.ipynb" in files
    assert files["source/requirements.lock"] == b"numpy==2.0.0\n"
    package = (PACKAGE / "bundle" / "material.py").read_bytes()
    assert files["software/src/umbrella_review/bundle/material.py"] == package
    assert "software/pyproject.toml" in files
    assert not [name for name in files if name.endswith(".pyc")]


def test_figures_come_in_four_formats_and_checklists_as_tables(small: Small) -> None:
    files = small.pack()
    figures = {name for name in files if name.startswith("figures/")}
    assert figures == {f"figures/fig-flow.{end}" for end in ("pdf", "png", "svg", "tiff")}
    with Image.open(io.BytesIO(files["figures/fig-flow.png"])) as png:
        assert [round(one) for one in png.info["dpi"]] == [300, 300]
        assert png.size == (28, 28)
    with Image.open(io.BytesIO(files["figures/fig-flow.tiff"])) as tiff:
        made = (tiff.mode, tiff.info["compression"], tiff.info["dpi"], tiff.size)
    assert made == ("RGB", "tiff_lzw", (600, 600), (56, 56))  # 9 of 96 pixels an inch
    assert "figures/fig-flow.tiff" not in unzipped(files["article.meca.zip"])
    assert files["checklists/tbl-checklist.csv"] == b"item\n1\n"


def test_words_of_a_figure_for_print_are_text_in_fonts_that_the_file_holds(small: Small) -> None:
    reader = pypdf.PdfReader(io.BytesIO(small.pack()["figures/fig-flow.pdf"]))
    [page] = reader.pages
    assert page.extract_text().split() == ["Depression"]
    [font] = fonts_of(page)
    assert font.name == "SourceSansPro-Bold"
    assert font.is_inside
    assert reader.metadata is not None
    assert reader.metadata.title == "Figure 1. How it <flows> & ends"
    assert [tag.alternative for tag in tags_of(reader).all("Figure")] == ["Boxes & arrows"]


def test_a_figure_that_was_not_drawn_for_print_has_a_pdf_too(small: Small) -> None:
    leave_out(small, "print/fig-flow.svg")
    reader = pypdf.PdfReader(io.BytesIO(small.pack()["figures/fig-flow.pdf"]))
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == [6.75, 6.75]  # 9 pixels


def test_a_release_is_packed_unchanged_and_holds_its_sources(released: Small) -> None:
    files = released.pack(VERSION)
    release = released.project.reports / VERSION
    unpacked = released.root / "unpacked"
    for name, content in files.items():
        (unpacked / name).parent.mkdir(parents=True, exist_ok=True)
        (unpacked / name).write_bytes(content)
    assert not compare_files(unpacked / "report", read_files(release))
    assert "report/source/requirements.lock" in files
    assert not [name for name in files if name.startswith("source/")]
    assert any(name.startswith("software/") for name in files)
    assert released.pack(str(release)) == files
    assert ".venv/bin/umbrella verify report\n" in files["README.md"].decode()


def test_a_package_that_did_not_make_the_release_is_left_out(small: Small) -> None:
    write_release(small.project, {"umbrella_review/__init__.py": "another"})
    done = small.run(VERSION, "--out", str(small.root / "a.zip"))
    assert done.exit_code == 0
    assert "The package is left out" in done.output
    files = small.pack(VERSION)
    assert not [name for name in files if name.startswith("software/")]
    text = files["README.md"].decode()
    assert "of commit c0ffee" in text
    assert "| `software/` |" not in text


def test_the_checksums_are_those_of_all_other_files(small: Small) -> None:
    files = small.pack()
    lines = files.pop("SHA256SUMS").decode().splitlines()
    expected = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files)]
    assert lines == expected


def test_the_readme_names_only_what_is_there(small: Small) -> None:
    files = small.pack()
    text = files["README.md"].decode()
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in row.replace("`", "").replace(",", " ").split()]
    assert len(named) > 15
    for name in named:
        assert name in files or any(one.startswith(name) for one in files), name
    assert text.startswith("# Peer support")
    assert "Ada van Example, The group; draft of version 0.1.0, 2026-01-02." in text


def test_the_same_report_gives_the_same_bytes(
    small: Small, again: Callable[[], Small], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = small.run()
    other = again()
    for path in other.root.rglob("*"):
        os.utime(path, (1e9, 1e9))
        path.chmod(0o755)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    target = other.root / "build" / "peer-support-for-mental-health-0.1.0-draft.zip"
    repeated = other.run()
    assert (done.exit_code, repeated.exit_code) == (0, 0)
    first = small.root / target.relative_to(other.root)
    assert first.read_bytes() == target.read_bytes()
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    assert f"sha256 {digest}" in done.output
    with zipfile.ZipFile(target) as archive:
        entries = archive.infolist()
    assert [one.filename for one in entries] == sorted(one.filename for one in entries)
    assert {one.date_time for one in entries} == {(2026, 1, 2, 0, 0, 0)}


def test_no_file_names_the_place_of_the_project(small: Small) -> None:
    content = small.pack()
    place = str(small.root).encode()
    assert not [name for name, one in content.items() if place in one]


@pytest.mark.parametrize("name", ["index.pdf", "data/reviews.csv"])
def test_a_report_that_was_changed_is_refused(small: Small, name: str) -> None:
    (small.project.draft / name).write_bytes(b"changed")
    done = small.run()
    assert done.exit_code == 2
    assert f"reports/draft/{name}" in done.output
    assert "changed since the report was made" in done.output


def test_a_draft_of_notebooks_that_changed_is_refused(small: Small) -> None:
    notebook = small.project.notebooks / "02_second.ipynb"
    notebook.write_text(notebook.read_text().replace("n = len(findings) - 1", "n = len(findings)"))
    done = small.run()
    assert done.exit_code == 2
    assert "build/notebooks/02_second.ipynb" in done.output
    assert "notebooks/02_second.ipynb changed" in done.output
    assert not (small.root / "build" / "bundles").exists()


def test_a_draft_that_was_rendered_stale_or_before_the_last_run_is_refused(small: Small) -> None:
    drawn = "01_first/figures/fig-flow.csv"
    (small.project.results / drawn).write_text("another")
    stale = [{"notebook": "01_first", "changes": ["data/reviews.csv changed"]}]
    write_report(small.project.draft, stale=stale)
    done = small.run()
    assert done.exit_code == 2
    assert "rendered by --allow-stale: 01_first: data/reviews.csv changed" in done.output
    assert f"reports/draft/results/{drawn}" in done.output
    assert "the notebook has run again since" in done.output


def test_a_draft_keeps_the_parameters_it_was_built_with(small: Small) -> None:
    write_report(small.project.draft, parameters={"02_second": {"factor": 9}})
    done = small.run()
    assert done.exit_code == 2
    assert "parameter factor" in done.output


def test_everything_that_is_missing_is_named_at_once(small: Small) -> None:
    for name in ("LICENSE", "CITATION.cff", "reports/draft/report.docx"):
        (small.root / name).unlink()
    done = small.run()
    assert done.exit_code == 2
    for name in ("LICENSE", "CITATION.cff", "draft/report.docx"):
        assert name in done.output
    assert not list(small.root.glob("build/*.zip"))


def test_a_citation_without_authors_licence_or_day_is_refused(small: Small) -> None:
    (small.root / "CITATION.cff").write_text("cff-version: 1.2.0\nauthors: Ada\n")
    done = small.run()
    assert done.exit_code == 2
    for key in ("authors", "license", "date-released"):
        assert f"CITATION.cff, {key}" in done.output


@pytest.mark.parametrize("named", ["9.9.9", "nowhere/else"])
def test_a_report_that_does_not_exist_is_refused(small: Small, named: str) -> None:
    done = small.run(named)
    assert done.exit_code == 2
    assert "there is no such report" in done.output


def test_without_a_draft_the_way_to_one_is_told(small: Small) -> None:
    (small.project.draft / MANIFEST).unlink()
    done = small.run()
    assert done.exit_code == 2
    assert "umbrella build" in done.output


def test_the_archive_is_not_written_into_the_report(released: Small) -> None:
    target = released.project.reports / VERSION / "a.zip"
    done = released.run(VERSION, "--out", str(target))
    assert done.exit_code == 2
    assert not target.exists()
