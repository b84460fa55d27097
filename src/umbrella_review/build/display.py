"""What the user sees while a build runs."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

# Without a terminal something is printed at least this often, in seconds.
_SILENCE = 15.0
_POLL = 0.2


class Display(Protocol):
    """What a build tells while it runs."""

    def start(self, title: str, log: Path | None) -> None:
        """Say that a step starts; `log` is the file in which a notebook notes its cells."""

    def end(self, title: str, outcome: str) -> None:
        """Say that a step has ended, and how."""

    def say(self, text: str) -> None:
        """Say something about what is going on."""


class Progress:
    """Shows running steps: live on a terminal, line by line elsewhere.

    Use it as a context manager.

    Parameters
    ----------
    console : Console
        Where to print.
    clock : callable, optional
        Seconds that pass; for tests.
    """

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._running: dict[str, tuple[float, Path | None]] = {}
        self._said = ""
        self._last = clock()
        self._lock = threading.RLock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._live: Live | None = None
        if console.is_terminal:
            self._live = Live(
                get_renderable=self._table,
                console=console,
                refresh_per_second=5,
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )

    def __enter__(self) -> Progress:
        if self._live:
            self._live.start()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        if self._live:
            self._live.stop()

    def start(self, title: str, log: Path | None) -> None:
        """Say that a step starts."""
        with self._lock:
            self._running[title] = (self._clock(), log)
            if not self._live:
                self._print(f"{title} …")

    def end(self, title: str, outcome: str) -> None:
        """Say that a step has ended; a step that did not start needs no line of its own."""
        with self._lock:
            if title not in self._running:
                return
            started, _ = self._running.pop(title)
            self._print(f"{title}  {outcome}  {self._clock() - started:.1f} s")

    def say(self, text: str) -> None:
        """Say something: a line, and on a terminal also beside what runs."""
        with self._lock:
            self._said = text
            if not self._live:
                self._print(f"  {text}")

    def heartbeat(self) -> None:
        """Print how far everything is, if nothing was printed for long."""
        with self._lock:
            if self._running and self._clock() - self._last >= _SILENCE:
                for title, state, seconds in self._states():
                    self._print(f"  {title}  {state}  {seconds:.0f} s".rstrip())

    def _watch(self) -> None:
        while not self._stop.wait(_POLL):
            if not self._live:
                self.heartbeat()

    def _states(self) -> list[tuple[str, str, float]]:
        now = self._clock()
        return [
            (title, _position(log) if log else self._said, now - started)
            for title, (started, log) in self._running.items()
        ]

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        with self._lock:
            for title, state, seconds in self._states():
                table.add_row(Text(title, style="bold"), Text(state), f"{seconds:.0f} s")
        return table

    def _print(self, line: str) -> None:
        self._last = self._clock()
        self._console.print(Text(line), soft_wrap=True)


def _position(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8").splitlines()
        entry = json.loads(lines[-1])
    except (OSError, IndexError, ValueError):
        return "starting"
    return f"cell {entry['cell']} of {entry['of']}  {entry['label']}"
