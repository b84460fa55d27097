"""Verifying a release: what is found is named, wherever the release lies."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.release.conftest import VERSION, Versioned
from umbrella_review.provenance import PACKAGE, environment, file_digest
from umbrella_review.release import checksums

Verify = Callable[..., Result]


def listed(result: Result, title: str) -> list[str]:
    """Return the lines under a title of the report."""
    _, _, rest = result.stdout.partition(f"\n{title}: ")
    return [line.strip() for line in rest.split("\n\n")[0].splitlines()[1:]]


def test_a_release_verifies_in_another_folder(
    release: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    before = {path: path.read_bytes() for path in release.rglob("*") if path.is_file()}
    found = tmp_path / "found.json"
    result = verify(release.relative_to(tmp_path), "--json", found)
    assert result.exit_code == 0, result.output
    compared = sum("source" not in path.relative_to(release).parts for path in before) - 1
    assert result.stdout.endswith(f"identical ({compared} files compared)\n")
    assert "02_second  done" in result.stdout  # the progress of the build
    content = json.loads(found.read_text(encoding="utf-8"))
    assert content["identical"] is content["executed"] is True
    assert content["manifest_sha256"] == file_digest(release / "manifest.json")
    assert {path: path.read_bytes() for path in release.rglob("*") if path.is_file()} == before


def test_without_execution_no_code_runs(
    release: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("umbrella_review.release.verify.make_again", None)
    monkeypatch.setattr("yaml.load", None)
    result = verify(release, "--no-execute")
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("files, package and environment (not executed)\n")


def test_a_changed_cell_of_the_data_is_named_and_not_executed(
    release: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("umbrella_review.release.verify.make_again", None)
    (release / "data/reviews.csv").write_text("review_id\na\nc\n")
    result = verify(release)
    assert result.exit_code == 1
    assert "Not executed: sources or data are not those that were released" in result.stdout
    (line, meaning) = listed(result, "Files that are not as released")
    assert line.startswith("data/reviews.csv: sha256 ")
    assert meaning.startswith("-> They were edited or damaged")
    assert result.stdout.endswith("1 difference (not executed)\n")


@pytest.mark.parametrize(
    "name",
    ["results/01_first/figures/fig-first.svg", "index.pdf", "source/notebooks/01_first.ipynb"],
)
def test_a_changed_file_is_named(release: Path, verify: Verify, name: str) -> None:
    (release / name).write_text("changed")
    result = verify(release, "--no-execute")
    assert result.exit_code == 1
    assert listed(result, "Files that are not as released")[0].startswith(f"{name}: sha256 ")
    assert result.stdout.endswith("\n1 difference\n")


def test_files_that_are_missing_or_extra_are_named(release: Path, verify: Verify) -> None:
    (release / "data/findings.csv").unlink()
    (release / "__pycache__").mkdir()
    for name in ("notes.txt", "__pycache__/hidden.pyc"):
        (release / name).write_text("new")
    result = verify(release, "--no-execute")
    assert result.exit_code == 1
    assert listed(result, "Files of the release that are missing")[0] == "data/findings.csv"
    extra = listed(result, "Files that do not belong to the release")
    assert extra[:2] == ["__pycache__/hidden.pyc", "notes.txt"]


def test_links_are_no_files_of_a_release(release: Path, verify: Verify, tmp_path: Path) -> None:
    page = release / "index.html"
    page.rename(tmp_path / "page.html")
    page.symlink_to(tmp_path / "page.html")
    (release / "results").rename(tmp_path / "results")
    (release / "results").symlink_to(tmp_path / "results", target_is_directory=True)
    result = verify(release, "--no-execute")
    changed = listed(result, "Files that are not as released")
    assert changed[0].startswith("index.html: sha256 ")
    assert changed[0].endswith("a link here")
    assert listed(result, "Files that do not belong to the release")[0] == "results"
    missing = listed(result, "Files of the release that are missing")
    assert missing[0].startswith("results/01_first/")


def test_a_changed_line_of_the_package_is_named(
    release: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "src" / "umbrella_review"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(checksums, "PACKAGE", copy)
    assert verify(release, "--no-execute").exit_code == 0
    with (copy / "pooling" / "tau2.py").open("a") as stream:
        stream.write("# a line\n")
    (copy / "words.py").rename(copy / "more.py")
    result = verify(release, "--no-execute")
    assert result.exit_code == 1
    title = "Source files of the package that are not those of the release"
    lines = listed(result, title)
    assert [line.partition(":")[0] for line in lines[:-1]] == [
        "umbrella_review/more.py",
        "umbrella_review/pooling/tau2.py",
        "umbrella_review/words.py",
    ]
    assert "– in the release" in lines[0]
    assert "– here" in lines[2]
    assert "check out the commit" in lines[3]


def test_changed_versions_are_named(
    release: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(lock: Path) -> dict[str, str]:
        versions = environment(lock) | {"python": "3.99.0", "numpy": "0.1", "other": "1"}
        del versions["pyyaml"]
        return versions

    versions = json.loads((release / "manifest.json").read_text())["provenance"]["environment"]
    monkeypatch.setattr(checksums, "environment", changed)
    result = verify(release, "--no-execute")
    assert result.exit_code == 1
    assert listed(result, "Versions that are not those of the release")[:-1] == [
        f"python: {versions['python']} in the release, 3.99.0 here",
        f"numpy: {versions['numpy']} in the release, 0.1 here",
        f"pyyaml: {versions['pyyaml']} in the release, not installed here",
    ]


def test_a_notebook_that_gives_another_number_is_found(
    release: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TINY_ADDS", "1")
    result = verify(release, "--json", tmp_path / "found.json")
    assert result.exit_code == 1
    old, new = 1 / 3, 1 / 3 + 1
    assert listed(result, "Recorded values that come out differently")[:2] == [
        f"first.mean: {old} in the release, {new} here",
        f"first.mean, text: {old} in the release, {new} here",
    ]
    assert listed(result, "Cells of tables that come out differently")[0] == (
        f"results/01_first/tables/tbl-first.csv, row 3, column mean: {old} in the release, "
        f"{new} here"
    )
    assert listed(result, "Data behind figures that come out differently")[0].startswith(
        "results/01_first/figures/fig-first.csv, row 2, column x: "
    )
    assert listed(result, "Figures that come out as other files")[0].startswith(
        "results/01_first/figures/fig-first.svg (the data behind it differ too): "
    )
    assert listed(result, "Other files that come out with other bytes")[0].startswith("index.html")
    content = json.loads((tmp_path / "found.json").read_text())
    assert content["identical"] is False
    assert {one["kind"] for one in content["differences"]} == {
        "value",
        "table",
        "figure data",
        "figure",
        "file",
    }


def test_a_build_that_fails_is_told_with_its_words(
    release: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINY_FAILS", "1")
    result = verify(release)
    assert result.exit_code == 1
    assert "The release could not be executed again: 1" in result.stdout
    assert "this cell fails" in result.stdout
    assert result.stdout.endswith("1 difference (not executed)\n")


def test_the_release_inside_a_project_verifies_from_a_command_elsewhere(
    released: Versioned, verify: Verify, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (released.root / "data/reviews.csv").write_text("review_id\nlater\n")  # the project moves on
    assert verify(released.root / "reports" / VERSION, "--no-execute").exit_code == 0


def test_a_draft_is_no_release(released: Versioned, verify: Verify) -> None:
    result = verify(released.root / "reports/draft")
    assert result.exit_code == 2
    assert "a report that was not released" in result.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "there is no such file"),
        ("{", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("[1]", "lacks or garbles"),
        ('{"provenance": {}, "files": []}', "lacks or garbles"),
        ('{"provenance": 1, "files": [{"path": "../a", "sha256": "0"}]}', "'../a' is no path"),
        ('{"provenance": 1, "files": [{"path": "/a", "sha256": "0"}]}', "'/a' is no path"),
        ('{"provenance": 1, "files": [{"path": "c:\\\\a", "sha256": "0"}]}', "is no path"),
        ('{"provenance": 1, "files": [{"path": 1, "sha256": "0"}]}', "1 instead of a text"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_wrong_use(
    tmp_path: Path, verify: Verify, text: str | None, words: str
) -> None:
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    result = verify(tmp_path)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_a_folder_that_does_not_exist_is_wrong_use(tmp_path: Path, verify: Verify) -> None:
    assert verify(tmp_path / "none").exit_code == 2


def test_what_cannot_be_written_is_said(release: Path, verify: Verify, tmp_path: Path) -> None:
    result = verify(release, "--no-execute", "--json", tmp_path / "none" / "found.json")
    assert result.exit_code == 1
    assert "No such file" in result.stderr
