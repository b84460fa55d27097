"""What a notebook records: values, with the rows that they were computed from."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml

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
    """

    value_id: str
    value: int | float | str | bool
    text: str
    unit: str = ""
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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
    """Write recorded values as JSON, sorted by id.

    Parameters
    ----------
    values : mapping of str to Value
        By id.
    target : Path
        File to write; an older one is replaced.
    """
    ordered = [asdict(values[key]) for key in sorted(values)]
    text = json.dumps(ordered, indent=1, ensure_ascii=False)
    target.write_text(text + "\n", encoding="utf-8", newline="\n")


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
        )
        for entry in entries
    }


def write_variables(values: Mapping[str, Value], target: Path) -> None:
    """Write ``_variables.yml``: the printed values, nested by the parts of their ids.

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
        node[leaf] = values[key].text
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=True, default_flow_style=False)
    target.write_text(text, encoding="utf-8", newline="\n")
