"""Freezing a report: what is refused, what a release holds, and that it never changes."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from tests.release.conftest import LOCK, VERSION, Versioned, make_versioned
from umbrella_review.errors import BuildError, DataError, InputError, Problem
from umbrella_review.provenance import digest
from umbrella_review.release import freeze as freezing
from umbrella_review.release.freeze import freeze
from umbrella_review.release.repository import read_commit


def manifest_of(tiny: Versioned) -> dict:
    return json.loads((tiny.root / "reports" / VERSION / "manifest.json").read_text("utf-8"))


def test_a_release_holds_the_draft_and_its_sources(
    first_release: tuple[Versioned, Result],
) -> None:
    tiny, result = first_release
    assert result.exit_code == 0, result.output
    assert f"Check it: umbrella verify reports/{VERSION}" in result.stdout
    release, draft = tiny.snapshot(f"reports/{VERSION}"), tiny.snapshot("reports/draft")
    own = {name: content for name, content in release.items() if name.startswith("source/")}
    assert own == {
        f"source/{name}": (tiny.root / name).read_bytes()
        for name in (
            "review.yml",
            "_quarto.yml",
            "index.qmd",
            "requirements.lock",
            "CITATION.cff",
            "LICENSE",
            "assets/page.css",
            "sections/_one.qmd",
            "tools/before.py",
            "tools/after.py",
            "notebooks/01_first.ipynb",
            "notebooks/02_second.ipynb",
            "notebooks/03_third.ipynb",
        )
    }
    del draft["manifest.json"], release["manifest.json"]
    assert {name: release[name] for name in release.keys() - own.keys()} == draft
    assert "data/reviews.csv" in draft
    assert {e["path"]: e["sha256"] for e in manifest_of(tiny)["files"]} == {
        name: digest(content) for name, content in release.items()
    }


def test_the_manifest_tells_where_it_comes_from(first_release: tuple[Versioned, Result]) -> None:
    tiny, _ = first_release
    origin = manifest_of(tiny)["provenance"]
    assert origin["release"] == VERSION
    assert origin["commit"] == tiny.git("rev-parse", "HEAD").strip()
    assert len(origin["commit_date"]) == len("2026-01-01T00:00:00Z")
    assert origin["parameters"]["02_second"] == {"outcome_domains": [], "factor": 1}
    assert set(origin["environment"]) == {"python", "numpy", "pyyaml", "umbrella-review"}
    assert "umbrella_review/release/origin.py" in origin["package_files"]
    assert not [name for name in origin["package_files"] if "__pycache__" in name]
    assert "made_by" not in manifest_of(tiny)
    draft = json.loads((tiny.root / "reports/draft/manifest.json").read_text(encoding="utf-8"))
    assert draft["made_by"] == {key: origin[key] for key in ("environment", "package_files")}
    for content in tiny.snapshot(f"reports/{VERSION}").values():
        for place in (tiny.root, Path.home()):
            assert f"{place}/".encode() not in content


def test_every_reason_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny = make_versioned(tmp_path / "project")
    (tiny.root / "CITATION.cff").write_text("title: tiny\nversion: 0.2.0\n")
    (tiny.root / "pyproject.toml").write_text('[project]\nname = "a"\nversion = "0.3.0"\n')
    (tiny.root / "reports" / "1.0.0").mkdir(parents=True)
    (tiny.root / "reports" / "1.0.0" / "index.html").write_text("released")

    def bad(project: object) -> None:
        raise DataError([Problem("data/reviews.csv, row 2", "'bad'", "a year", "Mend it.")])

    monkeypatch.setattr("umbrella_review.release.conditions.check", bad)
    before = tiny.snapshot(".")
    result = tiny.run("release", "1.0.0")
    assert result.exit_code == 2
    for words in (
        "6 problems:",
        "reports/1.0.0\n  found:    this release exists already",
        " M CITATION.cff",
        "?? pyproject.toml",
        "?? reports/1.0.0/index.html",
        "review.yml, review.version\n  found:    0.1.0\n  expected: 1.0.0",
        "CITATION.cff, version\n  found:    0.2.0",
        "pyproject.toml, project.version\n  found:    0.3.0",
        "data/reviews.csv, row 2\n  found:    'bad'",
    ):
        assert words in result.stderr
    assert result.stderr.count("remedy:") == 6
    assert tiny.snapshot(".") == before


@pytest.mark.parametrize("name", ["1.0", "v1.0.0", "01.0.0", "../1.0.0", "draft"])
def test_a_version_has_three_numbers(released: Versioned, name: str) -> None:
    result = released.run("release", name)
    assert result.exit_code == 2
    assert "three numbers without leading zeros" in result.stderr


def test_a_project_must_be_a_repository_with_a_commit(tmp_path: Path) -> None:
    tiny = make_versioned(tmp_path / "project")
    shutil.rmtree(tiny.root / ".git")
    result = tiny.run("release", VERSION)
    assert result.exit_code == 2
    assert "not a git repository" in result.stderr
    assert "Run git init, and commit the project" in result.stderr
    tiny.git("init", "--quiet")
    assert "does not have any commits yet" in tiny.run("release", VERSION).stderr


def test_without_git_nothing_is_released(
    released: Versioned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert "the program git was not found" in released.run("release", "0.1.1").stderr


def test_versions_that_are_not_written_down(released: Versioned) -> None:
    (released.root / "CITATION.cff").unlink()
    (released.root / "pyproject.toml").write_text("[project\n")
    result = released.run("release", VERSION)
    assert "CITATION.cff, version\n  found:    no version" in result.stderr
    assert "pyproject.toml, project.version\n  found:    no version" in result.stderr


def test_the_package_must_be_installed_in_the_version_that_it_declares(
    released: Versioned, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f'[project]\nname = "umbrella-review"\nversion = "{VERSION}"\n'
    (released.root / "pyproject.toml").write_text(text)
    monkeypatch.setattr(
        "umbrella_review.release.conditions.installed_version", lambda name: "0.0.9"
    )
    result = released.run("release", VERSION)
    assert "the installed package\n  found:    version 0.0.9" in result.stderr


def test_a_release_is_never_overwritten(released: Versioned) -> None:
    released.commit()
    before = released.snapshot(f"reports/{VERSION}")
    result = released.run("release", VERSION)
    assert result.exit_code == 2
    assert "1 problem:" in result.stderr
    assert "releases are never changed" in result.stderr
    commit, _ = read_commit(released.root)
    with pytest.raises(InputError, match="has come into being meanwhile"):
        freeze(released.project, VERSION, commit)
    assert released.snapshot(f"reports/{VERSION}") == before


def again(released: Versioned) -> None:
    """Take the release away, so that it can be made once more from the draft."""
    shutil.rmtree(released.root / "reports" / VERSION)


def test_an_interrupted_release_leaves_nothing(
    released: Versioned, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(released)
    before = released.snapshot(".")
    commit, _ = read_commit(released.root)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("copy_sources", "find_traces", "_move"):
        with monkeypatch.context() as patch:
            patch.setattr(freezing, name, stop)
            with pytest.raises(KeyboardInterrupt):
                freeze(released.project, VERSION, commit)
        assert not (released.root / "reports" / VERSION).exists()
        assert not list((released.root / "build").glob("release-*"))
        after = released.snapshot(".")
        assert {n: c for n, c in after.items() if n != "build/lock"} == {
            n: c for n, c in before.items() if n != "build/lock"
        }
    killed = released.root / "build" / f"release-{VERSION}"  # left by a process that was killed
    killed.mkdir()
    (killed / "half.txt").write_text("half")
    freeze(released.project, VERSION, commit)
    assert "half.txt" not in released.snapshot(f"reports/{VERSION}")


def test_a_failed_build_releases_nothing(
    released: Versioned, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(released)

    def fail(*_: object, **__: object) -> None:
        raise BuildError("the engine failed")

    monkeypatch.setattr("umbrella_review.cli.build.build", fail)
    result = released.run("release", VERSION)
    assert result.exit_code == 1
    assert "the engine failed" in result.stderr
    assert not (released.root / "reports" / VERSION).exists()


def test_a_draft_changed_meanwhile_is_not_released(released: Versioned) -> None:
    again(released)
    commit, _ = read_commit(released.root)
    (released.root / "reports/draft/index.html").write_text("by hand")
    with pytest.raises(InputError, match="changed after it had been built"):
        freeze(released.project, VERSION, commit)
    (released.root / "data/notes.csv").write_text("new\n")
    with pytest.raises(InputError, match=r"data/notes\.csv"):
        freeze(released.project, VERSION, commit)
    released.commit()
    with pytest.raises(InputError, match="at another commit"):
        freeze(released.project, VERSION, commit)


def test_a_file_that_names_this_machine_is_not_released(released: Versioned) -> None:
    again(released)
    page = "sections/_one.qmd"
    (released.root / page).write_text(f"See {released.root}, not {released.root}-2.\n")
    released.commit()
    result = released.run("release", VERSION)
    assert result.exit_code == 2
    assert f"source/{page}\n  found:    the path {released.root} of this machine" in result.stderr
    (released.root / page).write_text(f"See {released.root}-2 and https://x.org{os.sep}root.\n")
    released.commit()
    assert released.run("release", VERSION).exit_code == 0


def test_the_lock_decides_which_versions_are_kept(released: Versioned) -> None:
    again(released)
    (released.root / "requirements.lock").write_text(LOCK + "click==8.0\n")
    released.commit()
    assert released.run("release", VERSION).exit_code == 0
    assert "click" in manifest_of(released)["provenance"]["environment"]
