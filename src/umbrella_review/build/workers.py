"""Where steps run: notebooks in worker processes, the rest in this one."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from loky import ProcessPoolExecutor

from umbrella_review.build.nodes import Step

# Seconds after which a worker without work ends by itself.
_IDLE = 60


class Workers(Executor):
    """An executor for pytask-parallel: loky's processes, never threads.

    papermill changes the directory of its process, so two notebooks cannot share one.

    Parameters
    ----------
    count : int
        Notebooks that run at the same time.
    on_start : callable
        Called with each step before it runs.
    on_end : callable
        Called with each step after it has run, and whether it succeeded.
    """

    def __init__(
        self, count: int, on_start: Callable[[Step], None], on_end: Callable[[Step, bool], None]
    ) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None
        self._on_start = on_start
        self._on_end = on_end
        self.interrupted = False

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Start a step; pytask-parallel hands it over as the argument ``task``."""
        step: Step = kwargs["task"]
        self._on_start(step)
        if step.inline:
            future: Future[Any] = Future()
            try:
                future.set_result(function(*args, **kwargs))
            except Exception as error:
                future.set_exception(error)
        else:
            future = self._started().submit(function, *args, **kwargs)
        future.add_done_callback(lambda done: self._ended(step, done))
        return future

    def _ended(self, step: Step, future: Future[Any]) -> None:
        if not self.interrupted:
            succeeded = future.exception() is None and future.result().exc_info is None
            self._on_end(step, succeeded)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers; after an interruption with all kernels that they started."""
        if self._pool is not None:
            self._pool.shutdown(wait=wait, kill_workers=self.interrupted)

    def _started(self) -> ProcessPoolExecutor:
        """Return the workers, started by the first step that needs one."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._count, timeout=_IDLE, initializer=_prepare_worker
            )
        return self._pool


def _prepare_worker() -> None:
    """Leave Ctrl-C to the main process, which ends its workers, and start quickly.

    jsonschema, which nbformat imports, else spends a second on the grammar of web addresses,
    and no notebook is held to that.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
