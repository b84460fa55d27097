"""A process of its own from which kernels are forked: what they import is imported once.

Started as ``python -m umbrella_review.build.nursery``, it reads a line of JSON for each kernel
(``imports``, ``folder``, ``log``, ``arguments``) and answers with two lines: the kernel's process
number, and its exit code once it has ended. There is one kernel at a time. A kernel finds the
modules of its predecessors imported, and nothing else of them.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import sys
from contextlib import suppress
from typing import Any

# Seconds between two looks at a kernel: it is ended from outside, when all its cells have run.
_PAUSE = 0.02


def main() -> None:
    """Fork kernels until the standard input ends."""
    del sys.path[0]  # the folder in which this process was started
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # without its parent a kernel ends
    importlib.import_module("ipykernel.kernelapp")  # reads that variable
    answers = os.dup(1)
    os.dup2(2, 1)  # what modules print on import is no answer
    while line := sys.stdin.readline():
        job = json.loads(line)
        _import(job["imports"])
        gc.freeze()
        number = os.fork()
        if number == 0:
            os.close(answers)
            _become_kernel(job)
            return
        with suppress(OSError):  # whoever comes first, kernel or this process, makes the group
            os.setpgid(number, number)
        os.write(answers, b"%d\n" % number)
        os.write(answers, b"%d\n" % _end(number))


def _import(names: list[str]) -> None:
    for name in names:
        with suppress(Exception):  # the cell that imports it will tell
            importlib.import_module(name)


def _become_kernel(job: dict[str, Any]) -> None:
    """Run a kernel in this process."""
    os.setpgid(0, 0)
    log = os.open(job["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for source, target in ((os.open(os.devnull, os.O_RDONLY), 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.chdir(job["folder"])
    sys.argv = ["ipykernel_launcher", *job["arguments"]]
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance()


def _end(number: int) -> int:
    """Wait for a kernel and return its exit code; end it if nobody waits for the answer."""
    while True:
        found, status = os.waitpid(number, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        # Nothing is asked for while a kernel runs: what can be read then is the end.
        if select.select([0], [], [], _PAUSE)[0]:
            with suppress(ProcessLookupError):
                os.killpg(number, signal.SIGKILL)


if __name__ == "__main__":
    main()
