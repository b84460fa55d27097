"""Executed notebooks as the render engines and the checks see them."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from umbrella_review.errors import Problem

_OPTION = "#|"


@dataclass(frozen=True)
class Picture:
    """A figure: its bytes, and the end of its file's name.

    Parameters
    ----------
    content : bytes
        The bytes.
    suffix : str
        The end of its file's name, with the point.
    """

    content: bytes
    suffix: str


@dataclass(frozen=True)
class Output:
    """One output of a cell: representations by media type.

    Parameters
    ----------
    data : mapping of str to object
        Representations by media type.
    """

    data: Mapping[str, Any]

    def text(self, media: str) -> str | None:
        """Return a textual representation, or None."""
        value = self.data.get(media)
        return None if value is None else _joined(value)

    @property
    def picture(self) -> Picture | None:
        """The figure, as SVG where there is one."""
        svg = self.text("image/svg+xml")
        if svg is not None:
            return Picture(svg.encode("utf-8"), ".svg")
        png = self.text("image/png")
        return None if png is None else Picture(base64.b64decode(png), ".png")


@dataclass(frozen=True)
class Cell:
    """One cell.

    Parameters
    ----------
    kind : str
        ``markdown``, ``code`` or ``raw``.
    source : str
        Without the lines of options.
    options : mapping
        Of the lines that begin with ``#|``.
    tags : tuple of str
        E.g. ``parameters``.
    outputs : tuple of Output
        In order; streams have ``text/plain`` alone.
    cell_id : str
        The identifier that the notebook gives it.
    run : int or None
        Which of the cells that ran it is, counted from 1.
    """

    kind: str
    source: str
    options: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    outputs: tuple[Output, ...] = ()
    cell_id: str = ""
    run: int | None = None

    @property
    def anchor(self) -> str:
        """Where a page of the notebook shows the cell."""
        return self.label or f"cell-{self.cell_id}"

    @property
    def label(self) -> str:
        """The label by which the manuscript embeds the cell, or an empty string."""
        return str(self.options.get("label", ""))

    @property
    def caption(self) -> str:
        """The caption of the figure or table, or an empty string."""
        return str(self.options.get("fig-cap") or self.options.get("tbl-cap") or "")

    @property
    def alternative(self) -> str:
        """The text for those who cannot see the figure, or an empty string."""
        return str(self.options.get("fig-alt") or "")

    @property
    def picture(self) -> Picture | None:
        """The first figure among the outputs."""
        return next((output.picture for output in self.outputs if output.picture), None)

    @property
    def markdown(self) -> str | None:
        """The first Markdown among the outputs."""
        texts = (output.text("text/markdown") for output in self.outputs)
        return next((text for text in texts if text), None)


@dataclass(frozen=True)
class Notebook:
    """An executed notebook.

    Parameters
    ----------
    file : Path
        Where it lies.
    path : str
        From the project's root, with forward slashes.
    title : str
        As the report lists it.
    cells : tuple of Cell
        In order.
    """

    file: Path
    path: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def name(self) -> str:
        """The stem of the file."""
        return self.file.stem

    @property
    def labels(self) -> dict[str, Cell]:
        """Cells by label."""
        return {cell.label: cell for cell in self.cells if cell.label}


def read_notebook(root: Path, path: str, title: str, problems: list[Problem]) -> Notebook | None:
    """Read an executed notebook.

    Parameters
    ----------
    root : Path
        The project's folder.
    path : str
        From there, with forward slashes.
    title : str
        As the report lists it.
    problems : list of Problem
        Gets what has to be mended.

    Returns
    -------
    Notebook or None
        None, with a problem, where the file cannot be read.
    """
    file = root / path
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        cells = tuple(_cell(cell, path, problems) for cell in content["cells"])
    except FileNotFoundError:
        found = "the notebook has not been executed, or does not exist"
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        found = f"the file cannot be read as a notebook ({error})"
    else:
        return Notebook(file, path, title, cells)
    problems.append(
        Problem(path, found, "an executed notebook", "Run `umbrella build`, or correct the path.")
    )
    return None


def _cell(content: Mapping[str, Any], path: str, problems: list[Problem]) -> Cell:
    lines = _joined(content["source"]).split("\n")
    count = next((n for n, text in enumerate(lines) if not text.startswith(_OPTION)), len(lines))
    count = count if content["cell_type"] == "code" else 0
    outputs = content.get("outputs", ()) if content["cell_type"] == "code" else ()
    return Cell(
        content["cell_type"],
        "\n".join(lines[count:]).strip("\n"),
        _options(lines[:count], path, problems),
        tuple(content.get("metadata", {}).get("tags", ())),
        tuple(_output(output) for output in outputs),
        str(content.get("id", "")),
        content.get("execution_count"),
    )


def _options(lines: list[str], path: str, problems: list[Problem]) -> dict[str, Any]:
    text = "\n".join(line.removeprefix(_OPTION).removeprefix(" ") for line in lines)
    try:
        value = yaml.safe_load(text) or {}
    except yaml.YAMLError:
        value = None
    if isinstance(value, dict):
        return value
    problems.append(
        Problem(
            f"{path}, a cell that begins with {lines[0]!r}",
            "options that are not YAML",
            '`#| key: "value"`',
            "Correct the first lines of the cell.",
        )
    )
    return {}


def _output(content: Mapping[str, Any]) -> Output:
    if "data" in content:
        return Output(content["data"])
    if content.get("output_type") == "error":
        return Output({"text/plain": f"{content.get('ename')}: {content.get('evalue')}"})
    return Output({"text/plain": _joined(content.get("text", ""))})


def _joined(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)
