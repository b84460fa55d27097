"""A comparison on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from umbrella_review.release.changes.compare import Comparison
from umbrella_review.release.changes.outline import Group, Line, Part, outline, summary

_MOST = 60  # lines of one kind
_LONGEST = 160  # characters of a cell; the page and the JSON hold all


def rendered(comparison: Comparison) -> Iterator[RenderableType]:
    """Yield what the terminal shows.

    Parameters
    ----------
    comparison : Comparison
        The comparison.

    Yields
    ------
    RenderableType
        For a console of rich.
    """
    head = f"{comparison.old} → {comparison.new}: {summary(comparison)}"
    yield Text(head, style="bold")
    for part in outline(comparison):
        yield from _part(part)


def _part(part: Part) -> Iterator[RenderableType]:
    yield Text(f"\n{part.title}", style="bold")
    for fact in part.facts:
        yield Padding(Text(fact, style="dim"), (0, 0, 0, 3))
    if part.groups:
        yield Padding(_table(part.groups), (0, 0, 0, 1))
    else:
        yield Padding(Text("nothing in the report follows from it"), (0, 0, 0, 3))


def _table(groups: tuple[Group, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for head, share in (("What", 6), ("Before → after", 5), ("Meaning", 5)):
        table.add_column(head, ratio=share, overflow="fold")
    for place, group in enumerate(groups):
        if place:
            table.add_section()
        table.add_row(Text(group.heading, style="italic"), "", "")
        for line in group.lines[:_MOST]:
            cells = (line.title, _change(line), line.note)
            table.add_row(*(Text(cell) for cell in cells))
        if len(group.lines) > _MOST:
            more = f"… and {len(group.lines) - _MOST} more: --html and --json hold all"
            table.add_row(Text(more), "", "")
    return table


def _change(line: Line) -> str:
    return f"{_short(line.old)} → {_short(line.new)}" if line.old else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
