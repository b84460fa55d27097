"""What a notebook records: values, with the rows and the cell that they come from."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml

from umbrella_review.words import verbatim

FOLDER = "ledger"  # of the pages that tell where each value comes from
VALUE_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


@dataclass(frozen=True)
class Value:
    """One recorded value.

    Parameters
    ----------
    value_id : str
        Dotted name under which the manuscript cites it, e.g. ``rq1.n_reviews``.
    value : int, float, str or bool
        The value itself, at full precision.
    text : str
        As it is printed in the report.
    unit : str
        What is counted or measured; empty for pure numbers and words.
    rows : mapping of str to tuple of str
        Per table the ids of the rows that the value was computed from.
    decimals : int, optional
        Digits after the point in print, where the notebook asked for a number of them.
    run : int, optional
        Which of the cells that ran recorded it, counted from 1, as in ``[5]``; None outside a
        notebook.
    """

    value_id: str
    value: int | float | str | bool
    text: str
    unit: str = ""
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decimals: int | None = None
    run: int | None = None

    @property
    def topic(self) -> str:
        """The first word of the id."""
        return self.value_id.partition(".")[0]

    @property
    def address(self) -> str:
        """Where the ledger tells of the value, from the report's folder."""
        return f"{FOLDER}/{self.topic}.html#{self.value_id}"


def format_value(value: Any, decimals: int | None = None) -> str:
    """Return the printed form of a value.

    Integers get thin groups of thousands, negative numbers a true minus sign.

    Parameters
    ----------
    value : int, float or str
        A finite number or a word.
    decimals : int, optional
        Digits after the point; whole numbers have none and other floats two by default.

    Returns
    -------
    str
        For example ``1,234`` or ``−0.25``; words as they are.

    Raises
    ------
    ValueError
        If a number is not finite.
    """
    if isinstance(value, str | bool):
        return str(value)
    if isinstance(value, int) and decimals is None:
        return f"{value:,}".replace("-", "−")
    if not math.isfinite(value):
        raise ValueError(f"a recorded value must be finite, not {value!r}")
    if decimals is None:
        decimals = 0 if float(value).is_integer() else 2
    return f"{value:,.{decimals}f}".replace("-", "−")


def write_values(values: Mapping[str, Value], target: Path) -> None:
    """Write recorded values as JSON, one a line, sorted by id.

    Parameters
    ----------
    values : mapping of str to Value
        By id.
    target : Path
        File to write; an older one is replaced.
    """
    lines = [
        json.dumps(asdict(values[key]), ensure_ascii=False, separators=(",", ":"))
        for key in sorted(values)
    ]
    text = "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
    target.write_text(text, encoding="utf-8", newline="\n")


def read_values(source: Path) -> dict[str, Value]:
    """Read what `write_values` wrote.

    Parameters
    ----------
    source : Path
        A file of `write_values`.

    Returns
    -------
    dict of str to Value
        By id.
    """
    entries = json.loads(source.read_text(encoding="utf-8"))
    return {
        entry["value_id"]: Value(
            entry["value_id"],
            entry["value"],
            entry["text"],
            entry["unit"],
            {table: tuple(ids) for table, ids in entry["rows"].items()},
            entry["decimals"],
            entry["run"],
        )
        for entry in entries
    }


def write_variables(values: Mapping[str, Value], target: Path) -> None:
    """Write ``_variables.yml``: the printed values, nested by the parts of their ids.

    Each is Markdown for a link to its place in the ledger, so that every format that knows links
    leads a reader from the number to its rows, whichever engine renders it.

    Parameters
    ----------
    values : mapping of str to Value
        By id; all notebooks together.
    target : Path
        File to write; an older one is replaced.

    Raises
    ------
    ValueError
        If one id is also the beginning of another.
    """
    tree: dict[str, Any] = {}
    for key in sorted(values):
        *branch, leaf = key.split(".")
        node = tree
        for part in branch:
            node = node.setdefault(part, {})
            if not isinstance(node, dict):
                raise ValueError(f"the value id {key!r} runs through another value")
        if leaf in node:
            raise ValueError(f"the value id {key!r} is also the beginning of another")
        node[leaf] = _linked(values[key])
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=True, default_flow_style=False)
    target.write_text(text, encoding="utf-8", newline="\n")


def _linked(value: Value) -> str:
    return f"[{verbatim(value.text)}]({value.address}){{.value}}"
