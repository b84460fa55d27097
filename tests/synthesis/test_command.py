"""`umbrella pool`: tables on the terminal, files, notes and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from umbrella_review.cli import main
from umbrella_review.cli.pool import METHOD_WORDS, TEST_WORDS
from umbrella_review.pooling import model, tau2

STUDIES = """analysis,yi,vi
[bold]A,0.5,0.1
[bold]A,0.1,0.1
[bold]A,,
[bold]A,-0.3,0.2
[bold]A,0.4,0.3
One,0.2,0.1
"""


@pytest.fixture
def studies(tmp_path: Path) -> Path:
    path = tmp_path / "studies.csv"
    path.write_text(STUDIES, encoding="utf-8")
    return path


def pool(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["pool", *map(str, arguments)])


def test_options_are_those_of_the_engine():
    assert set(METHOD_WORDS) == {*tau2.METHODS, "all"}
    assert set(TEST_WORDS) == {*model.TESTS, "all"}


def test_help_explains_columns_and_bad_rows():
    text = " ".join(pool("--help").stdout.split())
    for words in ("FILE", "analysis", "yi", "vi", "ai bi ci di", "left out", "exit code is 2"):
        assert words in text


def test_a_table_of_estimates(studies):
    result = pool(studies, "--method", "all", "--test", "all", "--full")
    assert result.exit_code == 0
    assert "[bold]A" in result.stdout  # names are data, not markup
    assert "REML knha" in result.stdout
    assert "Knapp-Hartung, t with k-1 df" in result.stdout
    assert "Fail-safe N" in result.stdout
    assert result.stderr == "left out, its effect is not known: row 4 of [bold]A\n"


def test_numbers_of_the_table_are_those_of_the_document(studies, tmp_path):
    out = tmp_path / "out.json"
    assert pool(studies, "--json", out).exit_code == 0
    (entry,) = json.loads(out.read_text(encoding="utf-8"))["analyses"]["[bold]A"]["models"]
    assert (entry["method"], entry["test"], entry["k"]) == ("REML", "z", 4)
    printed = pool(studies).stdout.replace("−", "-")
    for name in ("estimate", "ci_lb", "ci_ub", "pi_lb", "pi_ub"):
        assert f"{entry[name]:.3f}" in printed


def test_without_full_there_are_no_diagnostics(studies, tmp_path):
    out = tmp_path / "out.json"
    pool(studies, "--json", out)
    assert "regtest" not in json.loads(out.read_text(encoding="utf-8"))["analyses"]["One"]


def test_bad_rows_end_with_exit_code_two(tmp_path):
    path, out = tmp_path / "bad.csv", tmp_path / "out.json"
    path.write_text("analysis,yi,vi\nA,x,1\nA,1,-1\n", encoding="utf-8")
    result = pool(path, "--json", out)
    assert result.exit_code == 2
    assert "bad.csv, row 2, column yi" in result.stderr
    assert "bad.csv, row 3, column vi" in result.stderr
    assert not out.exists()


def test_a_measure_is_asked_for(tmp_path):
    path = tmp_path / "raw.csv"
    path.write_text("analysis,ri,ni\nA,0.3,50\nA,0.1,40\n", encoding="utf-8")
    result = pool(path)
    assert result.exit_code == 2
    assert "COR, UCOR, ZCOR" in result.stderr
    assert pool(path, "--measure", "zcor").exit_code == 0


def test_help_of_pool_imports_nothing_heavy():
    code = "from umbrella_review.cli.group import main\nimport umbrella_review.cli.pool, sys\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {"numpy", "pandas", "scipy", "rich"}


def test_a_document_that_cannot_be_written_is_told(studies, tmp_path):
    result = pool(studies, "--json", tmp_path / "missing" / "out.json")
    assert result.exit_code != 0
    assert "out.json" in result.stderr
    assert isinstance(result.exception, SystemExit)
