"""The ledger: every recorded value with its rows, its cell, and the claims that cite it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from umbrella_review.ledger import Value, read_values
from umbrella_review.paths import Project
from umbrella_review.render.crossref import label_text
from umbrella_review.render.executed import Cell, Notebook
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.parameters_table import read_parameters
from umbrella_review.render.trace.claims import Claim, find_claims, sentences, typed_digits
from umbrella_review.render.trace.tables import TracedTable, trace_tables
from umbrella_review.render.tree import text_of
from umbrella_review.review import Review

_VALUES = "values.json"


@dataclass(frozen=True)
class Entry:
    """A recorded value in the ledger.

    Parameters
    ----------
    value : Value
        What was recorded.
    notebook : str
        Stem of the notebook.
    anchor : str
        Where the page of the notebook shows the cell; empty where the cell is not known.
    cited : tuple of str
        Ids of the claims that cite it.
    """

    value: Value
    notebook: str
    anchor: str
    cited: tuple[str, ...]


@dataclass(frozen=True)
class Display:
    """A figure or table of the manuscript.

    Parameters
    ----------
    label : str
        E.g. ``tbl-reviews``.
    name : str
        As printed, e.g. ``Table 3``.
    notebook : str
        Stem of the notebook that makes it.
    data : str
        File with its data, from the report's folder; empty where there is none.
    """

    label: str
    name: str
    notebook: str
    data: str


@dataclass(frozen=True)
class Ledger:
    """All that is recorded, and all that is claimed.

    Parameters
    ----------
    entries : tuple of Entry
        By notebook, then by id.
    claims : tuple of Claim
        In the order of the text.
    displays : tuple of Display
        Figures and tables in the order of the text.
    parameters : mapping of str to mapping of str to str
        By notebook, its parameters as Python writes their values.
    untraced : tuple of str
        Sentences that hold digits which no value carries.
    tables : tuple of TracedTable
        Computed tables, row by row, in the order of the text.
    """

    entries: tuple[Entry, ...]
    claims: tuple[Claim, ...]
    displays: tuple[Display, ...]
    parameters: Mapping[str, Mapping[str, str]]
    untraced: tuple[str, ...]
    tables: tuple[TracedTable, ...] = ()

    @property
    def cited(self) -> tuple[Entry, ...]:
        """The entries that the manuscript cites."""
        return tuple(entry for entry in self.entries if entry.cited)

    @property
    def summary(self) -> str:
        """In one line how much is recorded and cited."""
        uses = sum(len(claim.values) for claim in self.claims)
        return (
            f"Ledger: {len(self.entries)} values, {len(self.cited)} of them cited {uses} times"
            f" in {len(self.claims)} sentences; {len(self.untraced) or 'no'} sentences hold digits"
            f" that no value carries; {sum(table.n_numbers for table in self.tables)} cells with"
            f" numbers in {sum(len(table.rows) for table in self.tables)} rows of"
            f" {len(self.tables)} tables"
        )


def cited_on(ledger: Ledger, page: str) -> Ledger:
    """Return a ledger with the values alone that one page cites.

    Parameters
    ----------
    ledger : Ledger
        The ledger.
    page : str
        File of the page in the report.

    Returns
    -------
    Ledger
        A copy.
    """
    wanted = {value for claim in ledger.claims if claim.page == page for value in claim.values}
    return replace(ledger, entries=tuple(e for e in ledger.entries if e.value.value_id in wanted))


def make_ledger(project: Project, manuscript: Manuscript) -> Ledger:
    """Join what the notebooks recorded with what the manuscript cites.

    Parameters
    ----------
    project : Project
        The project; its notebooks have been executed.
    manuscript : Manuscript
        Its manuscript, checked.

    Returns
    -------
    Ledger
        Without the values of notebooks that recorded none.
    """
    claims = find_claims(
        [*manuscript.fields.get("abstract", []), *manuscript.blocks], manuscript.places
    )
    beside = manuscript.dashboard
    if beside is not None:
        claims += find_claims(beside.blocks, beside.places, beside.file, beside.title)
    cited: dict[str, list[str]] = {}
    for claim in claims:
        for value_id in dict.fromkeys(claim.values):
            cited.setdefault(value_id, []).append(claim.claim_id)
    entries = [
        Entry(value, notebook.name, _anchor(notebook, value), tuple(cited.get(value.value_id, ())))
        for notebook in manuscript.notebooks
        for value in _values(project, notebook)
    ]
    displays = [
        Display(
            embed.label,
            label_text(embed.label, manuscript.numbers),
            embed.notebook.name,
            _data(project, embed.notebook.name, embed.label),
        )
        for embed in manuscript.embeds.values()
    ]
    parameters = {
        notebook.name: {one.name: one.value for one in read_parameters(notebook.cells)}
        for notebook in manuscript.notebooks
    }
    return Ledger(
        tuple(entries),
        tuple(claims),
        tuple(displays),
        parameters,
        _untraced(manuscript, Review.read(project.review_file)),
        trace_tables(project, manuscript),
    )


def _untraced(manuscript: Manuscript, review: Review) -> tuple[str, ...]:
    names = (*review.names_with_digits, *(key.upper() for key in review.questions))
    beside = manuscript.dashboard.blocks if manuscript.dashboard else []
    blocks = [*manuscript.blocks, *beside]
    return tuple(
        text_of(sentence) for _, _, sentence in sentences(blocks) if typed_digits(sentence, names)
    )


def _values(project: Project, notebook: Notebook) -> list[Value]:
    file = project.results / notebook.name / _VALUES
    return list(read_values(file).values()) if file.is_file() else []


def _anchor(notebook: Notebook, value: Value) -> str:
    cells: dict[int | None, Cell] = {cell.run: cell for cell in notebook.cells if cell.run}
    return cells[value.run].anchor if value.run in cells else ""


def _data(project: Project, notebook: str, label: str) -> str:
    folder = "tables" if label.startswith("tbl-") else "figures"
    path = f"{notebook}/{folder}/{label}.csv"
    return f"results/{path}" if (project.results / path).is_file() else ""
