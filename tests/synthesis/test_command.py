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
from umbrella_review.effects.escalc import escalc
from umbrella_review.effects.measures import MEASURES
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
    assert result.stderr == "left out: row 4 of [bold]A (no yi, vi)\n"


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


RAW = {
    "RR OR RD AS PETO": ("ai bi ci di", [[4, 119, 11, 128], [6, 300, 29, 274], [0, 50, 3, 47]]),
    "MD SMD SMDH ROM": (
        "m1i sd1i n1i m2i sd2i n2i",
        [[10, 2, 20, 9, 2.5, 25], [12, 3, 30, 9, 2, 25], [5, 1, 10, 6, 2, 12]],
    ),
    "IRR IRD": ("x1i t1i x2i t2i", [[10, 100, 20, 110], [0, 50, 3, 60], [5, 70, 9, 80]]),
    "MC SMCC": (
        "m1i m2i sd1i sd2i ni ri",
        [[10, 9, 2, 2.2, 20, 0.5], [12, 9, 3, 2, 25, 0.4], [5, 6, 1, 2, 10, 0.7]],
    ),
    "SMCR": ("m1i m2i sd1i ni ri", [[10, 9, 2, 20, 0.5], [12, 9, 3, 25, 0.4]]),
    "COR UCOR ZCOR": ("ri ni", [[0.5, 30], [-0.2, 40], [0.9, 12]]),
    "PR PLO PFT": ("xi ni", [[5, 30], [0, 40], [12, 12]]),
    "HR": ("est ci_lb ci_ub", [[1.5, 1.1, 2.05], [0.8, 0.5, 1.28]]),
    "GEN": ("yi ci_lb ci_ub", [[0.4, 0.1, 0.7], [-0.2, -0.6, 0.2]]),
}


def raw_file(folder: Path, columns: str, rows: list[list[float]]) -> Path:
    path = folder / "raw.csv"
    lines = [",".join(["analysis", *columns.split()])]
    lines += [",".join(["7", *map(str, row)]) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def effects(path: Path, *options: object) -> tuple[list[float], list[float]]:
    out = path.with_suffix(".json")
    result = pool(path, "--json", out, *options)
    assert result.exit_code == 0, result.output
    entry = json.loads(out.read_text(encoding="utf-8"))["analyses"]["7"]
    assert entry["k"] == len(entry["yi"])
    return entry["yi"], entry["vi"]


def test_every_measure_has_its_columns_here():
    assert {code for codes in RAW for code in codes.split()} == set(MEASURES)


@pytest.mark.parametrize(
    ("code", "columns", "rows"),
    [(code, *RAW[codes]) for codes in RAW for code in codes.split()],
)
def test_every_measure_works_from_raw_columns(tmp_path, code, columns, rows):
    path = raw_file(tmp_path, columns, rows)
    yi, vi = effects(path, "--measure", code)
    numbers = dict(zip(columns.split(), zip(*rows, strict=True), strict=True))
    expected = escalc(code, numbers)
    assert yi == expected[0].tolist()
    assert vi == expected[1].tolist()
    everything = ("--method", "all", "--test", "all", "--full")
    assert effects(path, "--measure", code.lower(), *everything) == (yi, vi)


def test_choices_of_effects(tmp_path):
    columns, rows = RAW["MD SMD SMDH ROM"]
    path, numbers = (
        raw_file(tmp_path, columns, rows),
        dict(zip(columns.split(), zip(*rows, strict=True), strict=True)),
    )
    for correction in ("exact", "approximate", "none"):
        yi, _ = effects(path, "--measure", "SMD", "--correction", correction)
        assert yi == escalc("SMD", numbers, correct=correction)[0].tolist()
    _, vi = effects(path, "--measure", "SMD", "--vtype", "ub")
    assert vi == escalc("SMD", numbers, vtype="UB")[1].tolist()
    wrong = pool(path, "--measure", "SMD", "--vtype", "XX")
    assert wrong.exit_code == 2
    assert "LS, LS2, UB, AV" in wrong.stderr


def test_choices_of_zero_cells(tmp_path):
    columns = "ai bi ci di"
    rows: list[list[float]] = [[4, 119, 11, 128], [0, 20, 0, 25], [0, 50, 3, 47]]
    path = raw_file(tmp_path, columns, rows)
    numbers = dict(zip(columns.split(), zip(*rows, strict=True), strict=True))
    yi, _ = effects(path, "--measure", "OR", "--add", 0.1, "--to", "all")
    assert yi == escalc("OR", numbers, add=0.1, to="all")[0].tolist()
    assert len(effects(path, "--measure", "OR")[0]) == 3
    assert len(effects(path, "--measure", "OR", "--to", "none")[0]) == 1
    dropped = pool(path, "--measure", "OR", "--drop00")
    assert dropped.stderr == (
        "left out: row 3 of 7 (no effect or no variance follows from ai, bi, ci, di)\n"
    )
    wrong = pool(path, "--measure", "OR", "--add", -1)
    assert wrong.exit_code == 2
    assert "option add" in wrong.stderr


def test_rows_that_lack_a_number_are_left_out_with_the_reason(tmp_path):
    path, out = tmp_path / "studies.csv", tmp_path / "out.json"
    path.write_text(
        "analysis,yi,vi\nA,0.1,0.2\nA,0.3,\nA,,0.2\nB,NA,NA\nA,0.4,0.1\n", encoding="utf-8"
    )
    result = pool(path, "--json", out)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "left out: row 3 of A (no vi)",
        "left out: row 4 of A (no yi)",
        "left out: row 5 of B (no yi, vi)",
    ]
    document = json.loads(out.read_text(encoding="utf-8"))
    assert document["left_out"][0] == {"analysis": "A", "where": "row 3", "reason": "no vi"}
    assert document["analyses"]["A"]["k"] == document["analyses"]["A"]["models"][0]["k"] == 2
    assert document["analyses"]["B"]["k"] == 0
    assert document["analyses"]["B"]["models"][0]["estimate"] is None


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
