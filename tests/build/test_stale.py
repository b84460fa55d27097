"""The guard before rendering: each kind of change is refused by name, and drafts are marked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.conftest import ROOT, Tiny
from umbrella_review.build.fingerprint import INPUTS, read_fingerprint

REMEDY = "Run `umbrella build`. `umbrella render --allow-stale` makes a draft"


def inputs(tiny: Tiny, name: str) -> dict:
    return json.loads((tiny.root / "build/results" / name / INPUTS).read_text(encoding="utf-8"))


def packages(monkeypatch: pytest.MonkeyPatch, files: dict[str, str]) -> None:
    monkeypatch.setattr("umbrella_review.build.fingerprint.package_files", lambda: files)


def test_inputs_name_all_that_a_notebook_is_made_from(built: Tiny) -> None:
    second, third = inputs(built, "02_second"), inputs(built, "03_third")
    assert second["inputs"].keys() == {
        "notebooks/02_second.ipynb",
        "review.yml",
        "parameter outcome_domains",
        "parameter factor",
        "data/findings.csv",
        "package source",
        "environment",
    }
    assert second["inputs"]["parameter factor"] == "1"
    assert "python==" in second["inputs"]["environment"]
    assert second["package"] == {"a.py": "1"}
    assert second["products"].keys() == {
        "build/notebooks/02_second.ipynb",
        "build/results/02_second/values.json",
    }
    made = "build/results/02_second/values.json"
    assert third["inputs"][made] == second["products"][made]


def test_inputs_are_the_same_after_a_second_build(built: Tiny) -> None:
    before, results = built.snapshot("reports/draft"), built.snapshot("build/results")
    assert "02_second/inputs.json" in results
    assert built.run("build", "--force").exit_code == 0
    assert built.snapshot("reports/draft") == before
    assert built.snapshot("build/results") == results
    assert json.loads(before["manifest.json"])["stale"] == []


def test_what_matches_is_rendered_and_nothing_is_executed(built: Tiny) -> None:
    (built.root / "index.qmd").write_text("Other text.\n")
    executed = built.snapshot("build/results")
    result = built.run("render")
    assert result.exit_code == 0, result.output
    assert "stale" not in result.stdout
    assert built.snapshot("build/results") == executed
    assert built.run("render").stdout.startswith("the report was up to date")
    told = built.explain()
    assert {told[step] for step in ("01_first", "values", "report")} == {"up to date"}


def edit_data(tiny: Tiny) -> None:
    (tiny.root / "data/findings.csv").write_text("finding_id\nx\n")


def edit_default(tiny: Tiny) -> None:
    tiny.replace("02_second", "factor = 1", "factor = 5")


def edit_notebook(tiny: Tiny) -> None:
    tiny.replace("02_second", "n * factor", "n * factor * 2")


def edit_review(tiny: Tiny) -> None:
    path = tiny.root / "review.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("minimum_k: 2", "minimum_k: 3"), encoding="utf-8")


def edit_executed(tiny: Tiny) -> None:
    path = tiny.root / "build/results/02_second/values.json"
    path.write_text(path.read_text(encoding="utf-8").replace("second.n", "second.m"), "utf-8")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (edit_data, "data/findings.csv changed"),
        (edit_default, "parameter factor: 1 -> 5"),
        (edit_notebook, "notebooks/02_second.ipynb changed"),
        (edit_review, "review.yml changed"),
        (edit_executed, "02_second/values.json was changed by hand or left unfinished"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_change_is_refused_by_name(
    built: Tiny, change: Callable[[Tiny], None], named: str
) -> None:
    before = built.snapshot("reports")
    change(built)
    result = built.run("render")
    assert result.exit_code == 2, result.output
    assert named in result.stderr
    assert "build/notebooks/02_second.ipynb" in result.stderr
    assert "it reads results of 02_second, which is stale" in result.stderr
    assert REMEDY in result.stderr
    assert ("build/notebooks/01_first.ipynb" in result.stderr) == (change is edit_review)
    assert built.snapshot("reports") == before


def test_parameters_must_be_those_of_the_execution(built: Tiny) -> None:
    result = built.run("render", "-P", "factor=5")
    assert "parameter factor: 1 -> 5" in result.stderr
    built.run("build", "-P", "factor=5")
    assert built.run("render", "-P", "factor=5").exit_code == 0
    assert "parameter factor: 5 -> 1" in built.run("render").stderr


def test_files_of_the_package_are_named(built: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    packages(monkeypatch, {"a.py": "2", "b.py": "1"})
    result = built.run("render")
    assert result.exit_code == 2
    assert result.stderr.count("package source changed: a.py, b.py\n") == 3
    packages(monkeypatch, {f"{number}.py": "1" for number in range(8)})
    assert "package source changed: 0.py, 1.py, 2.py, 3.py, 4.py and 4 more" in (
        built.run("render").stderr
    )


def test_versions_are_named(built: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    then = read_fingerprint(built.project, "01_first")
    assert then is not None
    now = dict(part.split("==") for part in then.inputs["environment"].split())
    before = now["pandas"]
    monkeypatch.setattr(
        "umbrella_review.build.fingerprint.environment", lambda lock: {**now, "pandas": "9.9"}
    )
    result = built.run("render")
    assert result.stderr.count(f"environment changed: pandas {before} -> 9.9") == 3


@pytest.mark.parametrize("option", [(), ("--allow-stale",)])
def test_what_was_never_executed_is_always_refused(tiny: Tiny, option: tuple[str, ...]) -> None:
    result = tiny.run("render", *option)
    assert result.exit_code == 2
    assert result.stderr.count("it was never executed to its end") == 3
    assert "--allow-stale" not in result.stderr
    assert not tiny.project.draft.exists()


@pytest.mark.parametrize("gone", ["results/01_first/values.json", "notebooks/01_first.ipynb"])
def test_what_has_no_results_cannot_be_a_draft(built: Tiny, gone: str) -> None:
    (built.root / "build" / gone).unlink()
    result = built.run("render", "--allow-stale")
    assert result.exit_code == 2
    assert "build/notebooks/01_first.ipynb" in result.stderr
    assert "it was never executed to its end" in result.stderr


def test_a_stale_draft_is_marked_until_the_next_build(built: Tiny) -> None:
    edit_data(built)
    result = built.run("render", "--allow-stale")
    assert result.exit_code == 0, result.output
    assert "stale: 02_second: data/findings.csv changed\n" in result.stdout
    assert (built.project.draft / "notice.txt").read_text().splitlines() == [
        "02_second: data/findings.csv changed",
        "03_third: it reads results of 02_second, which is stale",
    ]
    manifest = json.loads((built.project.draft / "manifest.json").read_text(encoding="utf-8"))
    assert [entry["notebook"] for entry in manifest["stale"]] == ["02_second", "03_third"]
    assert manifest["stale"][0]["changes"] == ["data/findings.csv changed"]
    assert built.explain()["report"].startswith("ran because")
    manifest = json.loads((built.project.draft / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["stale"] == []
    assert not (built.project.draft / "notice.txt").exists()


def test_notebooks_with_the_same_changes_are_told_together(
    built: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages(monkeypatch, {"a.py": "2"})
    result = built.run("render", "--allow-stale")
    assert "stale: 01_first, 02_second: package source changed: a.py\n" in result.stdout


def test_wrong_variables_are_gathered_anew(built: Tiny) -> None:
    before = (built.root / "_variables.yml").read_bytes()
    (built.root / "_variables.yml").write_text("first: {n: 99}\n")
    assert built.run("render").exit_code == 0
    assert (built.root / "_variables.yml").read_bytes() == before


def before_render(tiny: Tiny, code: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Call the script as Quarto does, with the stand-ins of these tests."""
    stand_ins = (
        "import sys, runpy\n"
        "import umbrella_review.build.make as make\n"
        "import umbrella_review.build.fingerprint as fingerprint\n"
        "make.check = lambda project: None\n"
        "fingerprint.package_files = lambda: {'a.py': '1'}\n"
        f"{code}\n"
        f"runpy.run_path({str(ROOT / 'tools/before_render.py')!r}, run_name='__main__')\n"
    )
    return subprocess.run(
        [sys.executable, "-c", stand_ins],
        cwd=tiny.root,
        env={**os.environ, "QUARTO_PROJECT_RENDER_ALL": "1", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_quarto_is_stopped_where_notebooks_are_stale(built: Tiny) -> None:
    (built.root / "_variables.yml").write_text("first: {n: 99}\n")
    done = before_render(built)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "99" not in (built.root / "_variables.yml").read_text()
    edit_data(built)
    done = before_render(built)
    assert done.returncode == 2
    assert "data/findings.csv changed" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_checked_twice(built: Tiny) -> None:
    edit_data(built)
    assert before_render(built, UMBRELLA_RENDERS="1").returncode == 0


def test_a_python_without_the_package_is_told_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "tools/before_render.py")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "lacks umbrella_review" in done.stderr
    assert "QUARTO_PYTHON" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
def test_the_environment_of_the_project_serves_where_none_is_active(tmp_path: Path) -> None:
    own = tmp_path / ".venv/bin/python"
    own.parent.mkdir(parents=True)
    own.write_text('#!/bin/sh\necho "by $0: $1"\nexit 5\n', encoding="utf-8")
    own.chmod(0o755)
    script = str(ROOT / "tools/before_render.py")
    done = subprocess.run(
        [sys.executable, "-I", "-S", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (5, f"by {own}: {script}\n")
