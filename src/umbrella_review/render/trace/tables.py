"""Tables of the report row by row: what is printed, and what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from umbrella_review.ledger import FOLDER
from umbrella_review.paths import Project
from umbrella_review.render.crossref import NAMES
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.trace.cells import has_number
from umbrella_review.render.tree import Node, Nodes, elements, text_of, walk
from umbrella_review.tables.rows import ROWS, RowIds, read_rows


@dataclass(frozen=True)
class TracedRow:
    """One row of a table.

    Parameters
    ----------
    name : str
        What its first two cells say, numbers left out.
    numbers : tuple of tuple of str and str
        Head and text of each cell that holds a number, in order.
    behind : mapping of str to tuple of str
        Ids of the rows of the data behind it, by table.
    """

    name: str
    numbers: tuple[tuple[str, str], ...]
    behind: RowIds = field(default_factory=dict)


@dataclass(frozen=True)
class TracedTable:
    """A computed table of the report.

    Parameters
    ----------
    label : str
        E.g. ``tbl-reviews``.
    number : str
        As printed.
    caption : list of dict
        Inlines.
    notebook : str
        Stem of the notebook whose cell of this label makes it.
    page : str
        Stem of its page of the ledger: the number of the notebook, which is short, since thousands
        of links name it, and can be the name of no topic.
    rows : tuple of TracedRow
        In the order of print.
    """

    label: str
    number: str
    caption: Nodes
    notebook: str
    page: str
    rows: tuple[TracedRow, ...]

    @property
    def place(self) -> str:
        """Its identifier in the ledger: short, since thousands of links name it."""
        return f"t{self.number}"

    @property
    def address(self) -> str:
        """Where the ledger tells of it, from the report's folder."""
        return f"{FOLDER}/{self.page}.html#{self.place}"

    @property
    def name(self) -> str:
        """As printed, e.g. ``Table 3``."""
        return f"{NAMES['tbl']}\N{NO-BREAK SPACE}{self.number}"

    @property
    def n_numbers(self) -> int:
        """How many of its cells hold a number."""
        return sum(len(row.numbers) for row in self.rows)


def trace_tables(project: Project, manuscript: Manuscript) -> tuple[TracedTable, ...]:
    """Return every computed table that the manuscript shows.

    Parameters
    ----------
    project : Project
        The project; its notebooks have been executed.
    manuscript : Manuscript
        Its manuscript, checked.

    Returns
    -------
    tuple of TracedTable
        In the order of the text; rows whose notebook does not tell of them rest on nothing.
    """
    known = {
        notebook.name: read_rows(file)
        for notebook in manuscript.notebooks
        if (file := project.results / notebook.name / ROWS).is_file()
    }
    pages = {one.name: str(number) for number, one in enumerate(manuscript.notebooks, 1)}
    found = []
    for element in elements(manuscript.blocks):
        embed = manuscript.embeds.get(element["c"][0][0]) if element["t"] == "Div" else None
        if embed is None or embed.kind != "tbl":
            continue
        caption, *content = element["c"][1]
        behind = known.get(embed.notebook.name, {}).get(embed.label, ())
        found.append(
            TracedTable(
                embed.label,
                manuscript.numbers[embed.label],
                caption["c"],
                embed.notebook.name,
                pages[embed.notebook.name],
                tuple(_rows(content, behind)),
            )
        )
    return tuple(found)


def _rows(content: Nodes, behind: Sequence[RowIds]) -> list[TracedRow]:
    table: Node = next(element for element in content if element["t"] == "Table")
    _, _, _, (_, head), bodies, _ = table["c"]
    heads = [_text(cell) for cell in head[0][1]]
    printed = [[cell[4] for cell in cells] for _, _, _, rows in bodies for _, cells in rows]
    padded = [*behind, *[{}] * (len(printed) - len(behind))]
    return [
        TracedRow(
            "; ".join(text for text in map(_printed, cells[:2]) if _names(text)),
            tuple(
                (name, _printed(cell))
                for name, cell in zip(heads, cells, strict=True)
                if has_number(cell)
            ),
            ids,
        )
        for cells, ids in zip(printed, padded, strict=True)
    ]


def _text(cell: Node) -> str:
    return text_of(cell[4])  # type: ignore[index]


def _names(text: str) -> bool:
    """Tell whether a text says more than a number."""
    return any(letter.isalpha() for letter in text)


def _printed(cell: Nodes) -> str:
    """Return the text of a cell without citations, whose marks are not set yet."""
    kept = walk(cell, lambda element: [] if element["t"] in ("Cite", "Note") else None)
    return text_of(kept).strip()


def by_notebook(tables: Sequence[TracedTable]) -> Mapping[str, list[TracedTable]]:
    """Return the tables that each notebook makes.

    Parameters
    ----------
    tables : sequence of TracedTable
        In the order of the text.

    Returns
    -------
    mapping of str to list of TracedTable
        By the notebook's stem, in its order.
    """
    found: dict[str, list[TracedTable]] = {}
    for table in tables:
        found.setdefault(table.notebook, []).append(table)
    return found
