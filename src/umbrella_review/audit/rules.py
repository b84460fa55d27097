"""The language of rules: how a published number follows from the tables, written as data.

A rule stands in five cells of a row::

    table      where                                     operation       column
    reviews    review_type=scoping                       count
    estimates  estimate_id=e07                           lookup          k
    directions outcome=hope; direction!=no_effect        count_distinct  review_id.reference_numbers

`where` joins conditions by semicolons; all must hold. A condition is a column, a sign and values,
alternatives joined by upright bars:

==========  ================================================================================
``a=x|y``   the cell is x or y; a list column holds exactly x or exactly y
``a!=x|y``  it is neither
``a~x|y``   a list column holds x or y among its parts; a text holds x or y somewhere
``a!~x|y``  it does not
``a^x|y``   the text starts with x or y
``a=``      the cell is empty (``a!=``: it is not)
==========  ================================================================================

A column may be reached through a key: ``review_id.questions`` is the column `questions` of the
row that `review_id` refers to. The fifth cell, `argument`, holds the conditions of the second
row where an operation compares two. Nothing in a rule is ever executed as code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

RULE_COLUMNS = ("table", "where", "operation", "column", "argument")

_NAME = r"[a-z][a-z0-9_]*"
_PATH = re.compile(rf"(?:({_NAME})\.)?({_NAME})")
_CONDITION = re.compile(rf"\s*((?:{_NAME}\.)?{_NAME})\s*(!=|!~|=|~|\^)(.*)", re.DOTALL)
_SIGNS = {"=": "is", "!=": "is not", "~": "holds", "!~": "does not hold", "^": "starts with"}


class RuleError(ValueError):
    """A rule cannot be read.

    Parameters
    ----------
    cell : str
        Column of the rule that is wrong.
    found, expected, remedy : str
        As in `umbrella_review.errors.Problem`.
    """

    def __init__(self, cell: str, found: str, expected: str, remedy: str) -> None:
        self.cell, self.found, self.expected, self.remedy = cell, found, expected, remedy
        super().__init__(f"{cell}: {found}; expected {expected}")


@dataclass(frozen=True)
class Path:
    """A column, perhaps reached through a key of another table.

    Parameters
    ----------
    column : str
        Name of the column.
    link : str, optional
        Key column to go through.
    """

    column: str
    link: str = ""

    @classmethod
    def parse(cls, text: str, cell: str = "column") -> Path:
        """Read ``column`` or ``key.column``; `cell` is named in the error."""
        match = _PATH.fullmatch(text.strip())
        if match is None:
            raise RuleError(
                cell,
                f"{text!r} is not the name of a column",
                "a name like review_type, or key.column to go through a key",
                "Write the name as in the head of the table.",
            )
        return cls(match[2], match[1] or "")

    def __str__(self) -> str:
        return f"{self.link}.{self.column}" if self.link else self.column


@dataclass(frozen=True)
class Condition:
    """One condition on the cells of a column.

    Parameters
    ----------
    path : Path
        The column.
    sign : {'=', '!=', '~', '!~', '^'}
        How cells are compared.
    values : tuple of str
        Alternatives; the empty text stands for an empty cell.
    """

    path: Path
    sign: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.path}{self.sign}{'|'.join(self.values)}"

    def words(self) -> str:
        """Return the condition in words."""
        values = " or ".join(value or "empty" for value in self.values)
        return f"{self.path} {_SIGNS[self.sign]} {values}"


@dataclass(frozen=True)
class Rule:
    """How a number is recomputed.

    Parameters
    ----------
    operation : str
        One of `umbrella_review.audit.operations.OPERATIONS`.
    table : str, optional
        Name of the table.
    where : tuple of Condition, optional
        Which of its rows.
    column : Path, optional
        Column that the operation works on.
    argument : tuple of Condition, optional
        Which rows are taken away, where the operation compares two.
    """

    operation: str
    table: str = ""
    where: tuple[Condition, ...] = ()
    column: Path | None = None
    argument: tuple[Condition, ...] = ()


def parse_where(text: str, cell: str = "where") -> tuple[Condition, ...]:
    """Read conditions joined by semicolons.

    Parameters
    ----------
    text : str
        Empty for no condition.
    cell : str, default 'where'
        Name of the cell, for the error.

    Returns
    -------
    tuple of Condition
        In their order.

    Raises
    ------
    RuleError
        If a part is not a condition.
    """
    parts = [part for part in text.split(";") if part.strip()]
    return tuple(_condition(part, cell) for part in parts)


def parse(cells: Mapping[str, str]) -> Rule:
    """Read a rule from the cells of a row.

    Parameters
    ----------
    cells : mapping of str to str
        At least those of `RULE_COLUMNS`; empty where nothing stands.

    Returns
    -------
    Rule
        Well formed; whether tables and columns exist is for `umbrella_review.audit.checks`.

    Raises
    ------
    RuleError
        If a cell does not follow the language.
    """
    column = cells["column"].strip()
    return Rule(
        operation=cells["operation"].strip(),
        table=cells["table"].strip(),
        where=parse_where(cells["where"]),
        column=Path.parse(column) if column else None,
        argument=parse_where(cells["argument"], "argument"),
    )


def where_words(conditions: tuple[Condition, ...]) -> str:
    """Put conditions into words.

    Parameters
    ----------
    conditions : tuple of Condition
        What to say.

    Returns
    -------
    str
        Joined by "and".
    """
    return " and ".join(condition.words() for condition in conditions)


def _condition(part: str, cell: str) -> Condition:
    match = _CONDITION.fullmatch(part)
    if match is None:
        raise RuleError(
            cell,
            f"{part.strip()!r} is not a condition",
            "a column, one of the signs = != ~ !~ ^, and a value",
            "Write column=value; join conditions by semicolons and alternatives by |.",
        )
    name, sign, rest = match.groups()
    values = tuple(value.strip() for value in rest.split("|"))
    if sign not in {"=", "!="} and "" in values:
        raise RuleError(
            cell,
            f"{part.strip()!r} compares with nothing",
            f"a value after {sign}",
            "Add the value; an empty cell is written column= .",
        )
    return Condition(Path.parse(name, cell), sign, values)
