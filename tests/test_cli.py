"""The command line: help, versions, errors, and what a call does not import."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from umbrella_review.cli import main
from umbrella_review.cli.group import COMMANDS
from umbrella_review.errors import BuildError, InputError, Problem

ROOT = Path(__file__).parents[1]
HEAVY = {"pandas", "pandera", "matplotlib", "papermill", "nbformat", "scipy", "IPython"}


def run(*arguments: str):
    return CliRunner().invoke(main, arguments)


def imported_by(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return {name.split(".")[0] for name in done.stdout.split()}


def test_help_names_every_command_and_imports_none_of_them():
    result = run("--help")
    assert result.exit_code == 0
    for name, line in COMMANDS.items():
        assert name in result.stdout
        assert line in result.stdout
    loaded = imported_by(
        "from umbrella_review.cli import main\nmain(['--help'], standalone_mode=False)"
    )
    assert not loaded & (HEAVY | {"pytask", "rich"})


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_deciding_what_to_run_imports_nothing_heavy():
    assert not imported_by("import umbrella_review.cli.build, umbrella_review.build.runner") & HEAVY


def test_the_version():
    assert run("--version").stdout == f"umbrella-review {version('umbrella-review')}\n"


def test_outside_a_project(tmp_path):
    result = run("--project", str(tmp_path), "check")
    assert result.exit_code == 2
    assert "no review.yml in this folder or above it" in result.stderr
    assert "--project" in result.stderr


def test_a_folder_below_the_root_will_do():
    result = run("--project", str(ROOT / "data"), "build", "-P", "nonsense")
    assert result.exit_code == 2
    assert "-P nonsense" in result.stderr


def test_wrong_parameters_are_told_at_once(monkeypatch):
    monkeypatch.setattr("umbrella_review.build.make.check", lambda project: None)
    monkeypatch.setattr("umbrella_review.cli.build.make_renderer", lambda engine: None)
    result = run(
        "--project", str(ROOT), "build", "-P", "minimum_ratng=low", "-P", "minimum_rating=lowest"
    )
    assert result.exit_code == 2
    assert "Did you mean 'minimum_rating'?" in result.stderr
    assert "one of high, moderate, low, critically_low" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_codebook_is_written_for_the_project(monkeypatch):
    written = []
    monkeypatch.setattr("umbrella_review.codebook.write", written.append)
    assert run("--project", str(ROOT), "codebook").exit_code == 0
    assert [project.root for project in written] == [ROOT]


def test_a_missing_quarto_is_told_before_anything_runs(monkeypatch, tmp_path):
    monkeypatch.setattr("umbrella_review.render.quarto.find_quarto", lambda: None)
    (tmp_path / "review.yml").write_text("")
    result = run("--project", str(tmp_path), "build", "--engine", "quarto")
    assert result.exit_code == 1
    assert "Error: Quarto was not found" in result.stderr


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (
            InputError([Problem("a", "b [red]", "c", "d")]),
            2,
            "1 problem:\n\na\n  found:    b [red]",
        ),
        (BuildError("it broke"), 1, "Error: it broke"),
        (KeyboardInterrupt(), 130, "Stopped;"),
    ],
)
def test_errors_of_the_user_have_no_traceback(monkeypatch, error, code, told):
    def fail(project):
        raise error

    monkeypatch.setattr("umbrella_review.build.check.check", fail)
    monkeypatch.setattr("umbrella_review.cli.check.check", fail, raising=False)
    result = run("--project", str(ROOT), "check")
    assert result.exit_code == code
    assert told in result.stderr


def test_faults_of_the_package_are_not_hidden(monkeypatch):
    import umbrella_review.cli.check as command

    def fail(project):
        raise ZeroDivisionError

    monkeypatch.setattr(command, "check", fail)
    assert isinstance(run("--project", str(ROOT), "check").exception, ZeroDivisionError)
