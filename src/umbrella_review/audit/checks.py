"""Can the rules that stand in a table be carried out: every mistake at once, before computing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import pandas as pd

from umbrella_review.audit.operations import OPERATIONS
from umbrella_review.audit.rules import RULE_COLUMNS, Condition, Path, Rule, RuleError, parse
from umbrella_review.errors import Problem
from umbrella_review.schemas import TABLES, Column

Vocabulary = Callable[[str], Iterable[str] | None]
Allowed = Callable[[Column], Iterable[str]]


def problems(table: str, frame: pd.DataFrame, vocabulary: Vocabulary) -> list[Problem]:
    """Return what is wrong with the rules of a table.

    Parameters
    ----------
    table : str
        Name of the table that holds the rules, for the messages.
    frame : DataFrame
        The table as text or as loaded; a row whose `operation` is empty has no rule.
    vocabulary : callable
        Gives the values of a vocabulary by its name, e.g. `Review.vocabulary`; conditions may
        name no others.

    Returns
    -------
    list of Problem
        None for a table that holds no rules.
    """
    if not set(RULE_COLUMNS) <= set(frame.columns):
        return []

    def allowed(column: Column) -> Iterable[str]:
        listed = vocabulary(column.vocabulary) if column.vocabulary else ()
        return column.allowed or listed or ()

    rules = frame[list(RULE_COLUMNS)].astype(object).where(frame[list(RULE_COLUMNS)].notna(), "")
    found = []
    for line, (_, row) in enumerate(rules.iterrows(), start=2):
        cells = {name: str(row[name]) for name in RULE_COLUMNS}
        place = f"data/{table}.csv, row {line}"
        found += [_problem(place, error) for error in _errors(cells, allowed)]
    return found


def _problem(place: str, error: RuleError) -> Problem:
    return Problem(f"{place}, column {error.cell}", error.found, error.expected, error.remedy)


def _errors(cells: Mapping[str, str], allowed: Allowed) -> Iterator[RuleError]:
    if not any(cells.values()):
        return
    try:
        rule = parse(cells)
    except RuleError as error:
        yield error
        return
    if rule.operation not in OPERATIONS:
        yield _choice("operation", rule.operation, OPERATIONS)
    elif rule.table or rule.operation != "none":
        yield from _table_errors(rule, allowed)


def _table_errors(rule: Rule, allowed: Allowed) -> Iterator[RuleError]:
    operation = OPERATIONS[rule.operation]
    if rule.table not in TABLES:
        yield _choice("table", rule.table, TABLES)
        return
    if operation.table and rule.table != operation.table:
        yield _choice("table", rule.table, [operation.table])
        return
    yield from _column_errors(rule)
    for cell, conditions in (("where", rule.where), ("argument", rule.argument)):
        for condition in conditions:
            yield from _condition_errors(rule.table, condition, cell, allowed)
    if bool(rule.argument) != operation.argument:
        expected = "the conditions of the second row" if operation.argument else "an empty cell"
        found = "conditions" if rule.argument else "an empty cell"
        yield RuleError("argument", found, expected, f"See the operation {rule.operation}.")


def _column_errors(rule: Rule) -> Iterator[RuleError]:
    wanted = OPERATIONS[rule.operation].column
    if rule.column is None:
        if wanted in {"any", "number"}:
            yield RuleError(
                "column",
                "an empty cell",
                f"the column that {rule.operation} works on",
                f"Name one of {', '.join(TABLES[rule.table].names)}.",
            )
        return
    if wanted == "none":
        yield RuleError(
            "column", repr(str(rule.column)), "an empty cell", f"{rule.operation} needs no column."
        )
        return
    column, error = _resolve(rule.table, rule.column, "column")
    if error:
        yield error
    elif wanted == "number" and column and column.kind in {"list", "boolean"}:
        yield RuleError(
            "column",
            f"{rule.column} holds no numbers",
            "a column of numbers",
            f"Name another column, or another operation than {rule.operation}.",
        )


def _condition_errors(
    table: str, condition: Condition, cell: str, allowed: Allowed
) -> Iterator[RuleError]:
    column, error = _resolve(table, condition.path, cell)
    if error or column is None:
        if error:
            yield error
        return
    sign = condition.sign.removeprefix("!")
    values = [value for value in condition.values if value]
    if column.kind in {"integer", "number"}:
        if sign != "=" or not all(map(_is_number, values)):
            yield RuleError(
                cell, repr(str(condition)), "= or != and a number", f"{column.name} is a number."
            )
        return
    known = ["true", "false"] if column.kind == "boolean" else list(allowed(column))
    whole = sign == "=" or (sign == "~" and column.kind == "list")
    if known and whole:
        yield from (_choice(cell, value, known) for value in values if value not in known)


def _resolve(table: str, path: Path, cell: str) -> tuple[Column | None, RuleError | None]:
    schema = TABLES[table]
    if path.link:
        links = {name: target for name, target, _ in schema.foreign_keys}
        single = {n: t for n, t in links.items() if schema.column(n).kind != "list"}
        if path.link not in single:
            return None, _choice(cell, path.link, single)
        schema = TABLES[single[path.link]]
    if path.column not in schema.names:
        return None, _choice(cell, path.column, schema.names)
    return schema.column(path.column), None


def _choice(cell: str, found: str, known: Iterable[str]) -> RuleError:
    choices = ", ".join(known) or "nothing"
    return RuleError(cell, repr(found), f"one of {choices}", "Correct the name.")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
