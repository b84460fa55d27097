"""A failing notebook: what is said, what still runs, what stays as it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time

import psutil
import pytest

from umbrella_review.build.failure import FailedBuildError, Failure, NotebookError
from umbrella_review.build.forked import CAN_FORK
from umbrella_review.build.report import Renderer
from umbrella_review.errors import BuildError


@pytest.mark.slow
def test_a_failing_cell_stops_its_dependants_only(built):
    before = built.snapshot("reports/draft")
    built.replace("02_second", "n = len(findings) - 1", "n = 1 / 0")
    shutil.copyfile(built.notebook("01_first"), built.notebook("00_dies"))
    built.replace("00_dies", "01_first", "00_dies")
    built.replace("00_dies", "#| label: tbl-first", "#| label: tbl-dies\nimport os; os.abort()")
    with (built.root / "data/reviews.csv").open("a") as stream:
        stream.write("c\n")
    result = built.run("build", "-P", "factor=3", "--explain", "--workers", "2")
    assert result.exit_code == 1
    for part in (
        "02_second failed in cell tbl-second",
        "parameters: outcome_domains = [], factor = 3",
        "ZeroDivisionError: division by zero",
        "    n = 1 / 0",
        "build/failed/02_second.ipynb",
        "00_dies failed in cell tbl-dies",
        "DeadKernelError: Kernel died",
        "(what it printed: build/logs/00_dies.kernel.txt)",
        "03_third: not run",
        "report: not run",
    ):
        assert part in result.stderr
    assert 'session.record("second.n"' not in result.stderr  # after the failing line
    assert "Traceback" not in result.output
    assert "\x1b" not in result.stderr
    assert "01_first: ran because data/reviews.csv changed" in result.stdout
    assert (built.root / "build/failed/02_second.ipynb").is_file()
    assert "02_second as a page: build/failed/page/notebooks/02_second.html" in result.stderr
    page = (built.root / "build/failed/page/notebooks/02_second.html").read_text(encoding="utf-8")
    assert 'id="tbl-second" class="cell failed"' in page
    assert built.snapshot("reports/draft") == before
    # mended, it is what ran before, and only the rest is made up for
    built.notebook("00_dies").unlink()
    built.replace("02_second", "n = 1 / 0", "n = len(findings) - 1")
    mended = built.explain()
    assert mended["02_second"] == "up to date"
    assert mended["report"].startswith("ran because ")
    assert not (built.root / "build/failed").exists()


@pytest.mark.slow
def test_a_renderer_that_fails_leaves_the_earlier_report(built, monkeypatch):
    def fail(project, engine, folder, say, notice):
        (folder / "index.html").write_text("half")
        raise BuildError("the engine broke")

    before = built.snapshot("reports/draft")
    monkeypatch.setattr(
        "umbrella_review.cli.build.make_renderer",
        lambda engine: Renderer("quarto", "1.9", fail),
    )
    result = built.run("build")
    assert result.exit_code == 1
    assert "Error: the engine broke" in result.stderr
    assert built.snapshot("reports/draft") == before


def _failure(kind: str) -> Failure:
    return Failure("05_x", "load", {}, kind, "message", "code", "build/failed/05_x.ipynb")


@pytest.mark.parametrize(
    ("kinds", "code"),
    [(["DataError"], 2), (["KeyError"], 1), (["DataError", "KeyError"], 1), (["Problem"], 1)],
)
def test_bad_input_found_by_a_notebook_exits_like_bad_input(kinds, code):
    failures = [NotebookError(_failure(kind)) for kind in kinds]
    assert FailedBuildError(failures, []).exit_code == code


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent differently on Windows")
def test_an_interrupted_build_ends_its_kernels(tiny):
    """Ctrl-C: exit 130, no process left, no report."""
    for name in ("02_second", "03_third"):
        tiny.notebook(name).unlink()
    tiny.replace("01_first", "session.record", "import time\ntime.sleep(60)\nsession.record")
    script = (
        "import umbrella_review.build.make as make\n"
        "make.check = lambda project: None\n"
        "import umbrella_review.cli.build as build\n"
        "from umbrella_review.build.report import Renderer\n"
        "build.make_renderer = lambda engine: Renderer('pandoc', '', None)\n"
        "from umbrella_review.cli import main\n"
        "main()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, "--project", str(tiny.root), "build", "--workers", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    log = tiny.root / "build/logs/01_first.jsonl"
    deadline = time.monotonic() + 40
    while not (log.is_file() and "tbl-first" in log.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    children = psutil.Process(process.pid).children(recursive=True)
    kernel = "umbrella_review.build.nursery" if CAN_FORK else "ipykernel_launcher"
    running = [child for child in children if kernel in child.cmdline()]
    assert len(running) == (2 if CAN_FORK else 1)  # a nursery stands before its kernel
    os.kill(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert errors.strip() == "Stopped; no report was changed."
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive
    assert not (tiny.root / "reports/draft").exists()
