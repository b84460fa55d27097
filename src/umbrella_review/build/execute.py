"""Running one notebook by papermill, in a worker process."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from umbrella_review.build.failure import Failure, NotebookError
from umbrella_review.build.fingerprint import (
    Fingerprint,
    earlier_results,
    products,
    short,
    write_fingerprint,
)
from umbrella_review.build.plan import PlannedNotebook
from umbrella_review.build.source import Cell
from umbrella_review.paths import Project

INJECTED = "injected-parameters"
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_FAILING_LINE = re.compile(r"^-+> *(\d+)", re.MULTILINE)


@dataclass(frozen=True)
class NotebookJob:
    """A notebook to run.

    Parameters
    ----------
    project : Project
        Where it belongs.
    notebook : PlannedNotebook
        The notebook with its parameters.
    inputs : mapping of str to str
        What it is made from, by name, without what earlier notebooks make.
    package : mapping of str to str
        Digest of each file of this package's source.
    """

    project: Project
    notebook: PlannedNotebook
    inputs: Mapping[str, str]
    package: Mapping[str, str]


@dataclass
class Log:
    """What a running notebook says of itself: one line of JSON a cell, in ``build/logs``.

    The process that waits for the notebook reads the last line to show how far it is.

    Parameters
    ----------
    target : Path
        File to write; an older one is emptied.
    labels : list of str
        Name of each cell, in order.
    started : float, optional
        Clock in seconds from which times count; now by default.
    """

    target: Path
    labels: list[str]
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self.target.write_text("", encoding="utf-8")

    def cell(self, index: int) -> None:
        """Note that a cell begins."""
        entry = {
            "cell": index + 1,
            "of": len(self.labels),
            "label": self.labels[index],
            "seconds": round(time.monotonic() - self.started, 3),
        }
        with self.target.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(json.dumps(entry) + "\n")


def log_file(project: Project, name: str) -> Path:
    """Return the file in which a notebook notes its cells and their times.

    Parameters
    ----------
    project : Project
        The project.
    name : str
        Stem of the notebook.

    Returns
    -------
    Path
        Lines of JSON; need not exist.
    """
    return project.logs / f"{name}.jsonl"


def failed_folder(project: Project) -> Path:
    """Return the folder of notebooks that failed in the last build.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    Path
        Need not exist.
    """
    return project.build / "failed"


def run_notebook(job: NotebookJob) -> None:
    """Run a notebook and publish it in ``build/notebooks``, with what it was made from.

    Parameters
    ----------
    job : NotebookJob
        What to run.

    Raises
    ------
    NotebookError
        If a cell fails; the notebook is then left in ``build/failed``.
    """
    # Imported here: the process that only decides what to run needs none of it.
    from papermill import execute_notebook
    from papermill.exceptions import PapermillExecutionError

    from umbrella_review.build.forked import package_imports
    from umbrella_review.build.kernel import ENGINE, Run, kernel_environment
    from umbrella_review.build.published import publish

    project, planned = job.project, job.notebook
    inputs = {**job.inputs, **earlier_results(project, planned)}
    failed = failed_folder(project) / f"{planned.name}.ipynb"
    cells = _cells(planned)
    log = Log(log_file(project, planned.name), [cell.label for cell in cells])
    tags = [list(cell.tags) for cell in cells]
    stream = (project.logs / f"{planned.name}.kernel.txt").open("wb")
    imports = package_imports(cell.source for cell in cells if cell.kind == "code")
    run = Run(kernel_environment(project.build / "cache"), stream, log.cell, imports)
    try:
        executed = execute_notebook(
            _bare(planned),
            None,
            parameters=planned.overrides,
            engine_name=ENGINE,
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=False,
            cwd=project.root,
            run=run,
        )
    except PapermillExecutionError as error:
        raised = (error.ename, error.evalue, "\n".join(error.traceback))
    except RuntimeError as error:  # the kernel died or did not start
        raised = (type(error).__name__, f"{error}{_printed(project, stream.name)}", "")
    else:
        publish(executed, tags, project.root, project.executed / f"{planned.name}.ipynb")
        made = Fingerprint(inputs, short(job.package), products(project, planned.name))
        write_fingerprint(project, planned.name, made)
        return
    finally:
        stream.close()
    publish(run.notebook, tags, project.root, failed)
    raise NotebookError(_failure(job, cells[run.cell], raised, failed))


def _cells(planned: PlannedNotebook) -> list[Cell]:
    """Return every cell that will run, with the one that papermill adds for parameters."""
    cells: list[Cell] = []
    for cell in planned.source.cells:
        cells.append(cell)
        if "parameters" in cell.tags and planned.overrides:
            code = "\n".join(f"{name} = {value!r}" for name, value in planned.overrides.items())
            cells.append(Cell("code", code, (INJECTED,), INJECTED))
    return cells


def _bare(planned: PlannedNotebook) -> Any:
    """Return the notebook as papermill wants it, without outputs."""
    import nbformat  # only workers need it

    makers: dict[str, Any] = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }
    notebook: Any = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in planned.source.cells:
        made = makers[cell.kind](cell.source, id=cell.cell_id)
        made.metadata["tags"] = list(cell.tags)
        notebook.cells.append(made)
    return notebook


def _failure(job: NotebookJob, cell: Cell, raised: tuple[str, str, str], partial: Path) -> Failure:
    kind, message, traceback = (_COLOURS.sub("", text) for text in raised)
    return Failure(
        notebook=job.notebook.name,
        label=cell.label,
        parameters=job.notebook.parameters,
        kind=kind,
        message=message.strip(),
        code=_until_failure(cell.source, traceback),
        partial=job.project.relative(partial),
    )


def _printed(project: Project, log: str) -> str:
    """Return, as the end of a message, where to read what a kernel printed before it died."""
    path = Path(log)
    return f" (what it printed: {project.relative(path)})" if path.stat().st_size else ""


def _until_failure(source: str, traceback: str) -> str:
    """Return the source of a cell up to the line that raised, where the traceback names it."""
    lines = source.rstrip().splitlines()
    match = _FAILING_LINE.search(traceback)
    return "\n".join(lines[: int(match.group(1))] if match else lines)
