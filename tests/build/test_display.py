"""What is shown while a build runs."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from umbrella_review.build.display import Progress


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def progress(clock, *, terminal=False):
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, width=80, color_system=None)
    return Progress(console, clock), stream


def log(tmp_path, *cells):
    target = tmp_path / "log.jsonl"
    lines = [json.dumps({"cell": c, "of": 9, "label": f"fig-{c}", "seconds": c}) for c in cells]
    target.write_text("\n".join(lines))
    return target


def test_a_line_at_start_and_end(clock):
    shown, stream = progress(clock)
    shown.start("05_x", None)
    clock.now = 2.34
    shown.end("05_x", "done")
    assert stream.getvalue().splitlines() == ["05_x …", "05_x  done  2.3 s"]


def test_never_silent_for_twenty_seconds(clock, tmp_path):
    shown, stream = progress(clock)
    shown.start("05_x", log(tmp_path, 1, 2))
    for second in range(0, 61):
        clock.now = float(second)
        shown.heartbeat()
    lines = stream.getvalue().splitlines()
    assert lines[1:] == [f"  05_x  cell 2 of 9  fig-2  {s} s" for s in (15, 30, 45, 60)]


def test_a_log_that_is_not_there_yet(clock, tmp_path):
    shown, stream = progress(clock)
    shown.start("05_x", tmp_path / "none")
    clock.now = 16.0
    shown.heartbeat()
    assert "05_x  starting  16 s" in stream.getvalue()


def test_a_terminal_shows_running_notebooks_in_place(clock, tmp_path):
    shown, stream = progress(clock, terminal=True)
    with shown:
        shown.start("05_x", log(tmp_path, 3))
        shown.start("report", None)
        shown.say("typesetting [brackets]")
        clock.now = 4.0
        rows = Console(file=io.StringIO(), width=80)
        rows.print(shown._table())
        table = rows.file.getvalue()
        shown.end("05_x", "done")
    assert "05_x" in table
    assert "cell 3 of 9  fig-3" in table
    assert "4 s" in table
    assert "typesetting [brackets]" in table
    assert "05_x  done  4.0 s" in stream.getvalue()
    assert "05_x …" not in stream.getvalue()
