"""A notebook as it is written: its cells, its parameters, and what it reads."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from umbrella_review.errors import Problem
from umbrella_review.parameters import Parameter, read_defaults
from umbrella_review.provenance import digest_of
from umbrella_review.qmd.cell_options import COMPUTED, restore_options

_LABEL = re.compile(r"^#\|\s*label:\s*(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """One cell.

    Parameters
    ----------
    kind : str
        ``code``, ``markdown`` or ``raw``.
    source : str
        Its text.
    tags : tuple of str
        Its tags.
    cell_id : str
        Its id, or its place where it has none.
    """

    kind: str
    source: str
    tags: tuple[str, ...]
    cell_id: str

    @property
    def label(self) -> str:
        """The Quarto label, else the id."""
        match = _LABEL.search(self.source) if self.kind == "code" else None
        return match.group(1) if match else self.cell_id


@dataclass(frozen=True)
class NotebookSource:
    """What the build has to know of a notebook before it runs.

    Parameters
    ----------
    path : Path
        The file in ``notebooks/``.
    cells : tuple of Cell
        In order.
    parameters : mapping of str to parameter
        Declared parameters with their defaults.
    tables : tuple of str
        Tables that it loads, sorted.
    results : tuple of str
        Earlier notebooks whose results it reads, sorted.
    files : tuple of str
        Other files of the project that its code names, sorted.
    outline : bool
        Whether it reads the labels and headings of the manuscript.
    """

    path: Path
    cells: tuple[Cell, ...]
    parameters: dict[str, Parameter]
    tables: tuple[str, ...]
    results: tuple[str, ...]
    files: tuple[str, ...]
    outline: bool = False

    @property
    def name(self) -> str:
        """Stem of the file, e.g. ``05_effectiveness``."""
        return self.path.stem

    @property
    def identity(self) -> str:
        """Digest of types, sources, tags and ids of the cells; outputs do not count."""
        return digest_of([[cell.kind, cell.source, cell.tags, cell.cell_id] for cell in self.cells])


def read_notebook(path: Path, root: Path) -> tuple[NotebookSource | None, list[Problem]]:
    """Return what a notebook declares and reads, and everything that is wrong with it.

    Parameters
    ----------
    path : Path
        The notebook.
    root : Path
        The project's root.

    Returns
    -------
    source : NotebookSource or None
        None where the file cannot be read.
    problems : list of Problem
        Empty where nothing is wrong.
    """
    where = path.relative_to(root).as_posix()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cells = tuple(_cells(content))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problem = Problem(
            where,
            f"the file cannot be read ({error})",
            "a Jupyter notebook of format 4",
            "Open it in Jupyter and save it again.",
        )
        return None, [problem]
    defaults, problems = _parameters(cells, where)
    reads = _Reads(path.stem, where)
    for cell in cells:
        if cell.kind == "code":
            reads.visit_cell(cell)
    files = tuple(sorted(text for text in reads.texts if _names_file(root, text)))
    source = NotebookSource(
        path,
        cells,
        defaults,
        tuple(sorted(reads.tables)),
        tuple(sorted(reads.results)),
        files,
        reads.outline,
    )
    return source, problems + reads.problems


def _cells(content: dict[str, Any]) -> Iterator[Cell]:
    written = content.get("metadata", {}).get(COMPUTED, {}).get("written", {})
    for place, cell in enumerate(content["cells"], start=1):
        source, cell_id = cell["source"], str(cell.get("id", f"cell-{place}"))
        yield Cell(
            cell["cell_type"],
            restore_options("".join(source), written.get(cell_id, {})),
            tuple(cell["metadata"].get("tags", ())),
            cell_id,
        )


def _parameters(cells: tuple[Cell, ...], where: str) -> tuple[dict[str, Parameter], list[Problem]]:
    tagged = [cell for cell in cells if cell.kind == "code" and "parameters" in cell.tags]
    if len(tagged) != 1:
        problem = Problem(
            where,
            f"{len(tagged) or 'no'} code cell{'s' * (len(tagged) > 1)} tagged `parameters`",
            "one code cell tagged `parameters`, with one `name = default` a line",
            "Tag the cell with the parameters; tag an empty one where there are none.",
        )
        return {}, [problem]
    try:
        return read_defaults(tagged[0].source), []
    except SyntaxError:
        return {}, []  # reported with the other cells
    except ValueError as error:
        problem = Problem(
            f"{where}, cell {tagged[0].label}",
            str(error),
            "one `name = default` a line, the default written out",
            "Move anything computed to the next cell.",
        )
        return {}, [problem]


class _Reads(ast.NodeVisitor):
    """Finds literal arguments of ``session.load`` and ``session.results``, and literal texts."""

    def __init__(self, notebook: str, where: str) -> None:
        self.notebook = notebook
        self.where = where
        self.sessions: set[str] = set()
        self.tables: set[str] = set()
        self.results: set[str] = set()
        self.texts: set[str] = set()
        self.outline = False
        self.problems: list[Problem] = []
        self._place = where

    def visit_cell(self, cell: Cell) -> None:
        """Collect what one cell reads."""
        self._place = f"{self.where}, cell {cell.label}"
        try:
            tree = ast.parse(cell.source)
        except SyntaxError as error:
            self._refuse(
                f"line {error.lineno} is not Python: {error.msg}",
                "plain Python, without commands of IPython",
                "Correct the line.",
            )
            return
        self.visit(tree)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.texts.add(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if _is_start(node.value):
            self.sessions |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if _is_start(node):
            self._check_start(node)
        match node.func:
            case ast.Attribute(value=owner, attr="load") if self._is_session(owner):
                self.tables |= self._literals(node, "load")
            case ast.Attribute(value=owner, attr="results") if self._is_session(owner):
                self.results |= self._literals(node, "results")
            case ast.Attribute(value=owner, attr="outline") if self._is_session(owner):
                self.outline = True
        self.generic_visit(node)

    def _is_session(self, node: ast.expr) -> bool:
        return _is_start(node) or (isinstance(node, ast.Name) and node.id in self.sessions)

    def _literals(self, node: ast.Call, method: str) -> set[str]:
        found = [a.value for a in node.args if isinstance(a, ast.Constant)]
        names = {value for value in found if isinstance(value, str)}
        if node.keywords or not node.args or len(names) != len(node.args):
            self._refuse(
                f"`{ast.unparse(node)}` does not name what it reads by different literal texts",
                f'e.g. `session.{method}("name")`',
                "Write the names out: the build reads them to know what the notebook depends on.",
            )
        return names

    def _check_start(self, node: ast.Call) -> None:
        match node.args:
            case [ast.Constant(value=self.notebook)]:
                return
        self._refuse(
            f"`{ast.unparse(node)}`",
            f'`start("{self.notebook}")`',
            "A notebook starts under the name of its file.",
        )

    def _refuse(self, found: str, expected: str, remedy: str) -> None:
        self.problems.append(Problem(self._place, found, expected, remedy))


def _is_start(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="notebook"), attr="start")):
            return True
        case ast.Call(func=ast.Name(id="start")):
            return True
    return False


def _names_file(root: Path, text: str) -> bool:
    if "/" not in text or "\n" in text or Path(text).is_absolute():
        return False
    try:
        return (root / text).is_file()
    except (OSError, ValueError):
        return False
