"""The parameters of an executed notebook as a table for readers."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Sequence
from dataclasses import dataclass

from umbrella_review.render.executed import Cell
from umbrella_review.render.nodes import string, table, words
from umbrella_review.render.tree import Node, Nodes


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook.

    Parameters
    ----------
    name, value, default, description : str
        As Python writes the values; `value` is the one of this run.
    """

    name: str
    value: str
    default: str
    description: str


def read_parameters(cells: Sequence[Cell]) -> list[Parameter]:
    """Return the parameters of a notebook, with the values of its run.

    Defaults are in the cell tagged ``parameters``, one a line with a comment that says what it
    does; values given for a run are in the cell tagged ``injected-parameters``.

    Parameters
    ----------
    cells : sequence of Cell
        Cells of the notebook, in order.

    Returns
    -------
    list of Parameter
        The parameters of a notebook, with the values of its run.
    """
    defaults: dict[str, str] = {}
    comments: dict[str, str] = {}
    given: dict[str, str] = {}
    for cell in cells:
        if "parameters" in cell.tags:
            defaults |= _assigned(cell.source)
            comments |= _comments(cell.source)
        elif "injected-parameters" in cell.tags:
            given |= _assigned(cell.source)
    return [
        Parameter(name, given.get(name, default), default, comments.get(name, ""))
        for name, default in defaults.items()
    ]


def parameters_table(parameters: Sequence[Parameter]) -> Node:
    """Return a table of name, value, default and description.

    Parameters
    ----------
    parameters : sequence of Parameter
        The parameters, in order.

    Returns
    -------
    dict
        A table of name, value, default and description.
    """
    head = ["Parameter", "Value in this report", "Default", "What it does"]
    return table(head, [_row(parameter) for parameter in parameters])


def _row(parameter: Parameter) -> list[Nodes]:
    return [
        [_code(parameter.name)],
        _value(parameter.value),
        _value(parameter.default),
        words(parameter.description[:1].upper() + parameter.description[1:]),
    ]


def _value(value: str) -> Nodes:
    return [string("all")] if value in ("[]", "()") else [_code(value)]


def _code(text: str) -> Node:
    return {"t": "Code", "c": [["", [], []], text]}


def _assigned(source: str) -> dict[str, str]:
    values = {}
    for statement in _statements(source):
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            values[statement.targets[0].id] = ast.unparse(statement.value)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            values[statement.target.id] = ast.unparse(statement.value) if statement.value else ""
    return values


def _comments(source: str) -> dict[str, str]:
    lines = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            lines[token.start[0]] = token.string.lstrip("# ")
    comments = {}
    for statement in _statements(source):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        target = statement.target if isinstance(statement, ast.AnnAssign) else target
        if isinstance(target, ast.Name):
            comments[target.id] = lines.get(statement.end_lineno or 0, "")
    return comments


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except SyntaxError:
        return []
