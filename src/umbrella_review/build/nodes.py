"""Inputs and products of tasks, as pytask sees them: known by content alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pytask import TaskWithoutPath

from umbrella_review.provenance import digest_of, file_digest, folder_digest

# An input that goes away changes nothing that pytask looks at; the list of them does.
INPUTS = "list of inputs"


@dataclass(kw_only=True)
class Input:
    """Something that a task depends on and that no task makes.

    Parameters
    ----------
    task : str
        The task it belongs to: the same parameter may differ between tasks.
    name : str
        How it is called when the build explains itself, e.g. ``data/reviews.csv``.
    content : str
        What it is; the task runs again when this changes.
    attributes : dict
        For pytask.
    """

    task: str
    name: str
    content: str
    attributes: dict[Any, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """Identify the node among all nodes."""
        return f"{self.task}: {self.name}"

    def state(self) -> str:
        """Return what pytask compares with the last run."""
        return self.content

    def load(self, is_product: bool = False) -> None:
        """Give nothing to the task: inputs only decide whether it runs."""

    def save(self, value: Any) -> None:
        """Refuse: an input is no product."""
        raise TypeError(f"{self.name} is an input, no product")


@dataclass(kw_only=True)
class FileNode:
    """A file that a task makes.

    Parameters
    ----------
    name : str
        Its place in the project.
    file : Path
        The file. (A field named `path` would make pytask cache its digest by time.)
    attributes : dict
        For pytask.
    """

    name: str
    file: Path
    attributes: dict[Any, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """Identify the node among all nodes."""
        return self.file.as_posix()

    def state(self) -> str | None:
        """Return the digest of its content."""
        return file_digest(self.file)

    def load(self, is_product: bool = False) -> None:
        """Give nothing to the task: it knows its files."""

    def save(self, value: Any) -> None:
        """Refuse: the task writes its files itself."""
        raise TypeError(f"{self.name} is written by its task")


@dataclass(kw_only=True)
class FolderNode(FileNode):
    """A folder that a task makes, with everything below it.

    Parameters
    ----------
    name : str
        Its place in the project.
    file : Path
        The folder.
    attributes : dict
        For pytask.
    """

    def state(self) -> str | None:
        """Return the digest of names and contents."""
        return folder_digest(self.file)


@dataclass(kw_only=True)
class Step(TaskWithoutPath):
    """A task of the build.

    Its code is part of the package, whose digest is among its inputs; so the state of the task
    itself never changes.

    Parameters
    ----------
    name : str
        Unique among all steps.
    function : callable
        Called with `job`.
    depends_on, produces : dict
        Nodes under the keys ``inputs`` and ``products``.
    title : str
        How the user reads it.
    inline : bool
        Whether it runs in this process rather than in a worker.
    job : object
        What the function is called with.
    markers, report_sections, attributes : list or dict
        For pytask.
    """

    title: str
    inline: bool
    job: Any

    def state(self) -> str:
        """Return a constant."""
        return "1"

    def execute(self, **_: Any) -> Any:
        """Run the function on the job."""
        return self.function(self.job)


def inputs_of(step: Step) -> list[Input | FileNode]:
    """Return everything a step depends on.

    Parameters
    ----------
    step : Step
        As `make_step` gives it.

    Returns
    -------
    list of Input or FileNode
        With the list of inputs itself, under the name `INPUTS`.
    """
    return list(step.depends_on.get("inputs", []))


def products_of(step: Step) -> list[FileNode]:
    """Return everything a step makes.

    Parameters
    ----------
    step : Step
        As `make_step` gives it.

    Returns
    -------
    list of FileNode
        In the order given.
    """
    return list(step.produces.get("products", []))


def make_step(
    name: str,
    function: Callable[[Any], None],
    job: object,
    inputs: Sequence[Input | FileNode],
    products: Sequence[FileNode],
    *,
    title: str = "",
    inline: bool = False,
) -> Step:
    """Return a step.

    Parameters
    ----------
    name : str
        Unique among all steps.
    function : callable
        A function of a module, so that workers can import it.
    job : object
        Its argument; must be picklable unless the step runs inline.
    inputs, products : sequence of nodes
        What it depends on and what it makes.
    title : str, optional
        How the user reads it; `name` by default.
    inline : bool
        Whether it runs in this process.

    Returns
    -------
    Step
        With one more input: the list of all inputs, so that one that goes away is noticed.
    """
    listed = Input(task=name, name=INPUTS, content=digest_of([node.name for node in inputs]))
    return Step(
        name=name,
        function=function,
        depends_on={"inputs": [*inputs, listed]},
        produces={"products": list(products)},
        title=title or name,
        inline=inline,
        job=job,
    )
