"""What stands on top of a notebook's page: question, data, parameters, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from umbrella_review.ledger import FOLDER, format_value
from umbrella_review.paths import Project
from umbrella_review.render.crossref import label_text
from umbrella_review.render.executed import Notebook
from umbrella_review.render.nodes import header, link, para, plain, string, words
from umbrella_review.render.parameters_table import parameters_table, read_parameters
from umbrella_review.render.trace.ledger import Entry, Ledger
from umbrella_review.render.tree import Nodes
from umbrella_review.review import Review
from umbrella_review.schemas import TABLES

ARTICLE = "../index.html"
INPUTS = "inputs.json"  # beside the results of a notebook: what it was made from


def tables_read(project: Project, notebook: str) -> tuple[str, ...]:
    """Return the tables of the data that an executed notebook read.

    Parameters
    ----------
    project : Project
        The project.
    notebook : str
        Stem of the notebook.

    Returns
    -------
    tuple of str
        Names, in the order of the alphabet; empty where the notebook keeps no record of it.
    """
    file = project.results / notebook / INPUTS
    if not file.is_file():
        return ()
    inputs = json.loads(file.read_text(encoding="utf-8"))["inputs"]
    return tuple(name for name in sorted(TABLES) if f"data/{name}.csv" in inputs)


def facts(
    notebook: Notebook,
    tables: Sequence[str],
    ledger: Ledger,
    review: Review,
    numbers: Mapping[str, str],
) -> Nodes:
    """Return the list of facts on top of a notebook's page.

    Parameters
    ----------
    notebook : Notebook
        The notebook.
    tables : sequence of str
        Tables of the data that it read.
    ledger : Ledger
        What was recorded, and what the article cites of it.
    review : Review
        Gives the research questions.
    numbers : mapping of str to str
        Printed numbers of figures and tables in the article.

    Returns
    -------
    list of dict
        One definition list; none where there is nothing to tell.
    """
    own = [entry for entry in ledger.entries if entry.notebook == notebook.name]
    shown = [label for label in notebook.labels if label in numbers]
    questions = [key for key in review.questions if any(one.value.topic == key for one in own)]
    listed: list[tuple[str, Nodes]] = [
        ("Question", words("; ".join(review.questions[key].title for key in questions))),
        ("Data read", _joined([_table(name) for name in tables])),
        ("In the article", _joined([_display(label, numbers) for label in shown])),
        ("Values", _values(own)),
    ]
    items = [[words(name), [[plain(content)]]] for name, content in listed if content]
    return [{"t": "DefinitionList", "c": items}] if items else []


def parameters(notebook: Notebook) -> Nodes:
    """Return the parameters of a notebook under their heading.

    Parameters
    ----------
    notebook : Notebook
        The notebook.

    Returns
    -------
    list of dict
        Empty where it has none.
    """
    found = read_parameters(notebook.cells)
    if not found:
        return []
    return [header(2, words("Parameters"), "parameters"), parameters_table(found)]


def recorded(entries: Sequence[Entry], ledger: Ledger, *, anchored: bool) -> dict[str, Nodes]:
    """Return for each cell that records values a line with the places that cite them.

    Parameters
    ----------
    entries : sequence of Entry
        Values of one notebook.
    ledger : Ledger
        The ledger.
    anchored : bool
        Whether the article has a place for each value; else links lead to its sections.

    Returns
    -------
    dict of str to list of dict
        Blocks by the anchor of the cell.
    """
    claims = {claim.claim_id: claim for claim in ledger.claims}
    by_cell: dict[str, list[Entry]] = {}
    for entry in entries:
        by_cell.setdefault(entry.anchor, []).append(entry)
    lines: dict[str, Nodes] = {}
    for anchor, own in by_cell.items():
        places: dict[str, str] = {}
        for entry in own:
            for claim_id in entry.cited:
                claim = claims[claim_id]
                place = claim.place(entry.value.value_id, anchored=anchored)
                places.setdefault(claim.heading, place)
        cited = [link(words(heading), f"../{place}") for heading, place in places.items()]
        lines[anchor] = [
            para(
                [
                    *_values(own),
                    *([string(". In the text of: ")] if cited else [string(", none in the text")]),
                    *_joined([[one] for one in cited]),
                ]
            )
        ]
    return lines


def _values(entries: Sequence[Entry]) -> Nodes:
    if not entries:
        return []
    n_cited = sum(bool(entry.cited) for entry in entries)
    topic, first = entries[0].value.topic, entries[0].value.value_id
    count = f"{format_value(len(entries))} {'value' if len(entries) == 1 else 'values'} recorded"
    place = f"../{FOLDER}/{topic}.html#{first}"
    told = f", {format_value(n_cited)} cited" if n_cited else ""
    return [link(words(count), place), *([string(told)] if told else [])]


def _table(name: str) -> Nodes:
    return [link(words(TABLES[name].title), f"../data/{name}.html")]


def _display(label: str, numbers: Mapping[str, str]) -> Nodes:
    return [link([string(label_text(label, numbers))], f"{ARTICLE}#{label}")]


def _joined(parts: Sequence[Nodes]) -> Nodes:
    inlines: Nodes = []
    for part in parts:
        inlines += [string(", ")] if inlines else []
        inlines += part
    return inlines
