"""Running steps by pytask: what is up to date is skipped, what does not depend runs in parallel."""

from __future__ import annotations

import io
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytask
from _pytask.console import console
from _pytask.lockfile import LockfileState
from pytask import TaskOutcome
from pytask_parallel import ParallelBackend, WorkerType, execute, registry

from umbrella_review.build.explain import LastRun
from umbrella_review.build.nodes import Step
from umbrella_review.build.workers import Workers

# pytask decides by its lock file; the database that it also keeps stays in memory.
_NO_DATABASE = "sqlite://"
# Seconds between two looks at the steps that run; pytask-parallel would wait up to a second.
_PAUSE = 0.05
_CONFIGURATION = "[tool.pytask.ini_options]\n"


@dataclass(frozen=True)
class Result:
    """What became of a step.

    Parameters
    ----------
    step : Step
        The step.
    outcome : {'done', 'current', 'failed', 'stopped'}
        Whether it ran, was up to date, failed, or could not run as one before it failed.
    error : BaseException, optional
        Why it failed.
    traceback : str
        Of the error, where it happened in another process.
    """

    step: Step
    outcome: str
    error: BaseException | None = None
    traceback: str = ""


_OUTCOMES = {
    TaskOutcome.SUCCESS: "done",
    TaskOutcome.SKIP_UNCHANGED: "current",
    TaskOutcome.SKIP_PREVIOUS_FAILED: "stopped",
    TaskOutcome.FAIL: "failed",
}


def last_runs(folder: Path) -> dict[str, LastRun]:
    """Return what pytask knows of the last successful run of every step.

    Parameters
    ----------
    folder : Path
        Where pytask keeps its lock file.

    Returns
    -------
    dict of str to LastRun
        By name of the step; empty before the first build.
    """
    state = LockfileState.from_path(folder / "pytask.lock", folder)
    return {entry.id: LastRun(entry.depends_on, entry.produces) for entry in state.lockfile.task}


def run_steps(
    steps: Sequence[Step],
    folder: Path,
    *,
    workers: int,
    forced: bool,
    on_start: Callable[[Step], None],
    on_end: Callable[[Step, bool], None],
) -> list[Result]:
    """Run the steps that are not up to date, in the order of their dependencies.

    Parameters
    ----------
    steps : sequence of Step
        All steps of the build.
    folder : Path
        Where pytask keeps its lock file.
    workers : int
        Notebooks that run at the same time.
    forced : bool
        Whether to run every step.
    on_start, on_end : callable
        Called before each step that runs, and after it with whether it succeeded.

    Returns
    -------
    list of Result
        One for each step, in the order in which they ended.

    Raises
    ------
    KeyboardInterrupt
        If the user interrupts; all workers and kernels are then gone.
    RuntimeError
        If pytask itself fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "pytask.toml"
    configuration.write_text(_CONFIGURATION, encoding="utf-8")
    pool = Workers(workers, on_start, on_end)
    registry.register_parallel_backend(
        ParallelBackend.CUSTOM, lambda n_workers: pool, worker_type=WorkerType.PROCESSES
    )
    with _silent() as told, _interruptible(pool), _same_environment(), _watchful():
        session = pytask.build(
            tasks=list(steps),
            config=configuration,
            database_url=_NO_DATABASE,
            capture="no",
            verbose=0,
            show_traceback=False,
            disable_warnings=True,
            force=forced,
            n_workers=workers,
            parallel_backend=ParallelBackend.CUSTOM,
        )
    if pool.interrupted:
        raise KeyboardInterrupt
    results = [_result(report) for report in session.execution_reports]
    if len(results) != len(steps):
        raise RuntimeError(f"pytask could not run the build:\n{told.getvalue()}")
    return results


def _result(report: Any) -> Result:
    if report.outcome != TaskOutcome.FAIL:
        return Result(report.task, _OUTCOMES[report.outcome])
    _, error, traceback = report.exc_info
    return Result(report.task, "failed", error, traceback if isinstance(traceback, str) else "")


@contextmanager
def _silent() -> Iterator[io.StringIO]:
    """Keep what pytask prints, to show it only if pytask itself fails."""
    told, file = io.StringIO(), console.file
    console.file = told
    try:
        yield told
    finally:
        console.file = file


@contextmanager
def _interruptible(pool: Workers) -> Iterator[None]:
    """Note an interruption: pytask ends its loop on one, and would then wait for the workers."""

    def note(number: int, frame: Any) -> None:
        pool.interrupted = True
        signal.default_int_handler(number, frame)

    previous = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)


@contextmanager
def _watchful() -> Iterator[None]:
    """Begin a step as soon as another has ended; pytask-parallel has no setting for that."""
    sleeper: Any = execute._Sleeper
    before = sleeper.sleep
    sleeper.sleep = lambda _: time.sleep(_PAUSE)
    try:
        yield
    finally:
        sleeper.sleep = before


@contextmanager
def _same_environment() -> Iterator[None]:
    """Undo what pytask-parallel does to ``PYTHONPATH``."""
    before = os.environ.get("PYTHONPATH")
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("PYTHONPATH", None)
        else:
            os.environ["PYTHONPATH"] = before
