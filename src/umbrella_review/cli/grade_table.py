"""Graded factors as tables on the terminal."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

_WIDTH = 110  # where the output is no terminal; a narrower one would break numbers


def show(document: Mapping[str, Any]) -> None:
    """Print the factors with their classes, and the trail of each.

    Parameters
    ----------
    document : mapping
        From `umbrella_review.grading.document.document_of`.
    """
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, highlight=False, width=width)
    table = Table(title=Text(f"Graded by {document['profile']}"))
    table.add_column("Factor", overflow="fold")
    for head in ("k", "Effect", "95% CI", "p"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("Class")
    for name, entry in document["factors"].items():
        table.add_row(
            Text(name),
            str(entry["n_studies"]),
            _number(entry["value"]),
            f"{_number(entry['ci_lo'])} to {_number(entry['ci_up'])}",
            f"{entry['p_value']:.2g}",
            Text(entry["class"]),
        )
    console.print(table)
    for name, entry in document["factors"].items():
        console.print(_trail(name, entry))
    console.print(Text("Effects: Hedges' g, logarithms of ratios, or Fisher's z."))


def _trail(name: str, entry: Mapping[str, Any]) -> Table:
    title = f"{name}: {entry['class']}"
    table = Table(
        title=Text(f"{title} ({entry['class_reason']})" if entry["class_reason"] else title)
    )
    for head in ("Part", "Criterion", "Value", "Needed", "Judgement"):
        table.add_column(head, overflow="fold")
    for one in entry["trail"]:
        value = one["value"]
        words = "–" if value is None else value if isinstance(value, str) else f"{value:.6g}"
        judgement = f"{one['status']}: {one['reason']}" if one["reason"] else one["status"]
        table.add_row(
            *(Text(str(cell)) for cell in (one["part"], one["name"], words, one["threshold"])),
            Text(judgement),
        )
    return table


def _number(number: float) -> str:
    return "–" if math.isnan(number) else f"{number:.3f}".replace("-", "−")
