"""The kernel that runs a notebook: this interpreter, whatever is installed around it."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.log import logger

from umbrella_review.build.forked import CAN_FORK, forking_provisioner

ENGINE = "umbrella"
_COMMAND = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher"]
# One thread for linear algebra: sums of the same numbers then come out the same everywhere.
_SINGLE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# Places of the user's own settings for what runs in a kernel.
_SETTINGS = {"MATPLOTLIBRC", "PYTHONSTARTUP"}


@dataclass
class Run:
    """One execution of a notebook, as the engine sees it.

    Parameters
    ----------
    environment : dict of str to str
        Environment variables of the kernel.
    stream : file
        What the kernel itself prints, apart from outputs of cells.
    on_cell : callable
        Called with the index of each cell before it runs.
    imports : list of str
        Modules that the notebook may import.
    notebook : NotebookNode, optional
        Set by the engine: the notebook with the outputs so far.
    """

    environment: dict[str, str]
    stream: IO[bytes]
    on_cell: Callable[[int], None]
    imports: list[str]
    notebook: Any = None
    cell: int = field(default=0, init=False)


def kernel_environment(cache: Path) -> dict[str, str]:
    """Return the environment of a kernel: no settings of the user, nothing random.

    Parameters
    ----------
    cache : Path
        Folder for what IPython, Jupyter and matplotlib keep.

    Returns
    -------
    dict of str to str
        All variables of the kernel.
    """
    kept = {key: value for key, value in os.environ.items() if key not in _SETTINGS}
    return {
        **kept,
        **_SINGLE,
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "agg",
        "IPYTHONDIR": str(cache / "ipython"),
        "MPLCONFIGDIR": str(cache / "matplotlib"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


class _ThisInterpreter(KernelSpecManager):
    """Knows one kernel: ipykernel of the running interpreter."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return KernelSpec(
            argv=[*_COMMAND, "-f", "{connection_file}"], display_name="Python 3", language="python"
        )


class _Manager(AsyncKernelManager):
    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        return _ThisInterpreter(parent=self)


class _ForkingManager(_Manager):
    # A port that is free when it is chosen may be taken when the kernel asks for it, seconds
    # later. Nobody takes a socket with a name; with @ it is no file, and so leaves none behind.
    def _transport_default(self) -> str:
        return "ipc"

    def _ip_default(self) -> str:
        return f"@umbrella-{uuid.uuid4()}"

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
        self.provisioner = forking_provisioner(self.kernel_spec, self)
        return await super()._async_pre_start_kernel(**options)


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    """Says which cell runs."""

    def __init__(self, manager: Any, run: Run, **options: Any) -> None:
        super().__init__(manager, **options)
        self._run = run

    def execute_cell(self, cell: Any, cell_index: int, **options: Any) -> Any:
        self._run.cell = cell_index
        self._run.on_cell(cell_index)
        return super().execute_cell(cell, cell_index, **options)


class _Engine(NBClientEngine):  # type: ignore[misc]
    """papermill's engine with our kernel."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, run: Run, start_timeout: int = 60, **_: Any
    ) -> Any:
        run.notebook = nb_man.nb
        manager: type[_Manager] = _ForkingManager if CAN_FORK else _Manager
        options = {"imports": run.imports} if CAN_FORK else {}
        client = _Client(
            nb_man,
            run,
            kernel_name=kernel_name,
            kernel_manager_class=manager,
            coalesce_streams=True,
            shutdown_kernel="immediate",
            startup_timeout=start_timeout,
            log=logger,
        )
        return client.execute(env=run.environment, stdout=run.stream, stderr=run.stream, **options)


papermill_engines.register(ENGINE, _Engine)
