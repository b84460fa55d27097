"""Kernels that are forked from a nursery, in which the package has been imported already.

Importing pandas, matplotlib, scipy and pandera takes longer than most notebooks run.
"""

from __future__ import annotations

import ast
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from umbrella_review.provenance import DISTRIBUTION

# Elsewhere a process may not be forked (Windows) or not once libraries are loaded (macOS).
CAN_FORK = sys.platform == "linux"
_COMMAND = [sys.executable, "-Xfrozen_modules=off", "-m", "umbrella_review.build.nursery"]
_PACKAGE = DISTRIBUTION.replace("-", "_")
# What the package imports only where it is used, which is in nearly every notebook.
_LATER = ("pandera.backends.pandas.builtin_checks", "matplotlib.backends.backend_svg")


def package_imports(sources: Iterable[str]) -> list[str]:
    """Return the modules of this package that a notebook may use, and what these import later.

    Parameters
    ----------
    sources : iterable of str
        The code of its cells, which is Python.

    Returns
    -------
    list of str
        Names of modules, some of which do not exist, as ``import`` does not tell a module from
        what it defines; empty for a notebook that does not use the package.
    """
    found: list[str] = []
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == _PACKAGE:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return [*found, *_LATER] if found else []


class _Kernel:
    """A forked kernel, as far as jupyter_client wants to know a process of `subprocess`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, answers: Any) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._answers = answers

    def poll(self) -> int | None:
        """Return the exit code, or None while the kernel runs."""
        if self.returncode is None and select.select([self._answers], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self) -> int:
        """Wait for the end and return the exit code."""
        if self.returncode is None:
            # Without a nursery there is no answer, and no kernel either.
            self.returncode = int(self._answers.readline() or -signal.SIGKILL)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)


@cache
def _nursery(environment: tuple[tuple[str, str], ...]) -> subprocess.Popen[bytes]:
    """Return the nursery of this process; it ends with it."""
    return subprocess.Popen(
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=dict(environment),
        bufsize=0,
    )


def _fork(environment: Mapping[str, str], job: Mapping[str, Any]) -> _Kernel:
    nursery = _nursery(tuple(sorted(environment.items())))
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(json.dumps(job).encode() + b"\n")
    answer = nursery.stdout.readline()
    if not answer:
        raise RuntimeError("the process from which kernels are forked has ended")
    return _Kernel(int(answer), nursery.stdout)


def forking_provisioner(kernel_spec: KernelSpec | None, parent: KernelManager) -> LocalProvisioner:
    """Return what starts kernels by forking.

    Parameters
    ----------
    kernel_spec : KernelSpec or None
        The kernel.
    parent : KernelManager
        Its manager.

    Returns
    -------
    LocalProvisioner
        As jupyter_client makes one for each manager.
    """
    return _ForkingProvisioner(kernel_spec=kernel_spec, parent=parent)


class _ForkingProvisioner(LocalProvisioner):
    """Starts kernels by forking."""

    async def launch_kernel(
        self, cmd: list[str], *, imports: Sequence[str] = (), **kwargs: Any
    ) -> KernelConnectionInfo:
        """Start a kernel: the arguments of its command, ``env`` and the file ``stdout`` count."""
        job = {
            "imports": list(imports),
            "folder": str(Path.cwd()),
            "log": kwargs["stdout"].name,
            "arguments": cmd[cmd.index("-f") :],
        }
        kernel = _fork(kwargs["env"], job)
        self.process = cast(Any, kernel)
        self.pid = self.pgid = kernel.pid
        self.cwd = Path.cwd()
        return self.connection_info
