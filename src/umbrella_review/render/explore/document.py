"""What the scripts of the page draw: rows that a notebook kept, and the words for their codes."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from umbrella_review.columnar import packed
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.tables.explorer import ESTIMATES, FINDINGS, REVIEWS, SEPARATOR

Row = dict[str, Any]
NOT_KNOWN = "not_known"
# Which direction of effect a kind of finding is drawn as.
TONES: Mapping[str, str] = {
    "favours_intervention": "favours_intervention",
    "facilitator": "favours_intervention",
    "benefit": "favours_intervention",
    "no_effect": "no_effect",
    "neutral": "no_effect",
    "mixed": "mixed",
    "favours_control": "favours_control",
    "barrier": "favours_control",
    "challenge": "favours_control",
    NOT_KNOWN: NOT_KNOWN,
}
_NUMBERS = ("k", "n", "sign", "favours", "favours_lb", "favours_ub")
_LISTS = ("questions", "population_groups", "ratings", "review_ids")
_MARKS = ("repeated", "pooled")
_KINDS = ("determinant", "valence", "direction")
_TOPICS = ("framework_domain", "theme", "outcome_group")


@dataclass(frozen=True)
class Explored:
    """The rows that a notebook kept for the page.

    Parameters
    ----------
    notebook : str
        Its stem.
    reviews, estimates, findings : tuple of dict
        Rows as `umbrella_review.tables.explorer` describes them; numbers are numbers or None,
        cells of several values are lists.
    """

    notebook: str
    reviews: tuple[Row, ...]
    estimates: tuple[Row, ...]
    findings: tuple[Row, ...]


def keeper(project: Project, notebooks: Sequence[str]) -> str | None:
    """Return the notebook that keeps the rows for the page.

    Parameters
    ----------
    project : Project
        The project; its notebooks have been executed.
    notebooks : sequence of str
        Stems of the notebooks of the report.

    Returns
    -------
    str or None
        The first that keeps all three tables; None where there is none.
    """
    return next((name for name in notebooks if all(map(Path.is_file, _files(project, name)))), None)


def read_explored(project: Project, notebook: str) -> Explored:
    """Return the rows for the page.

    Parameters
    ----------
    project : Project
        The project.
    notebook : str
        The notebook that keeps them.

    Returns
    -------
    Explored
        The rows.
    """
    reviews, estimates, findings = (tuple(_rows(file)) for file in _files(project, notebook))
    return Explored(notebook, reviews, estimates, findings)


def document(explored: Explored, review: Review) -> Row:
    """Return what the page embeds.

    Parameters
    ----------
    explored : Explored
        The rows.
    review : Review
        Words, and the order of their values.

    Returns
    -------
    dict
        ``reviews`` by id, ``estimates``, ``findings``, ``topics`` in order with their domains,
        ``words`` by column, ``tones`` by kind, ``favours``, ``level`` of intervals and
        ``notebook``.
    """
    return {
        "reviews": {row["review_id"]: row for row in explored.reviews},
        "estimates": list(explored.estimates),
        "findings": list(explored.findings),
        "topics": _topics(explored, review),
        "words": words(review),
        "tones": dict(TONES),
        "favours": dict(review.favours),
        "level": f"{review.synthesis.confidence_level:.0%}",
        "notebook": explored.notebook,
    }


def words(review: Review) -> dict[str, dict[str, str]]:
    """Return the words of all codes on the page, in the order in which they are listed.

    Parameters
    ----------
    review : Review
        The vocabularies.

    Returns
    -------
    dict of str to dict of str to str
        By column. Findings that are sorted by no domain of outcomes have their question in its
        place.
    """
    questions = {key: one.title for key, one in review.questions.items()}
    same = ("analysis_type", "measure", "synthesis", "perspective", "intervention_format")
    return {
        **{name: dict(review.vocabulary(name)) for name in same},
        "question": questions,
        "domain": {**review.vocabulary("outcome_domain"), **questions},
        "topic": _merged(review, _TOPICS),
        "kind": {**_merged(review, _KINDS), NOT_KNOWN: "Direction not known"},
        "population": dict(review.vocabulary("population_group")),
        "rating": dict(review.vocabulary("rating")),
    }


def embedded(content: Row) -> str:
    """Return a document as JSON that is safe inside an element of HTML; its rows name no columns.

    Parameters
    ----------
    content : dict
        The document.

    Returns
    -------
    str
        On one line, without white space between its parts.
    """
    tables = {name: packed(list(content[name])) for name in ("estimates", "findings")}
    reviews = packed(list(content["reviews"].values()))
    short = {**content, **tables, "reviews": reviews}
    text = json.dumps(short, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _merged(review: Review, names: Sequence[str]) -> dict[str, str]:
    return {code: label for name in names for code, label in review.vocabulary(name).items()}


def _topics(explored: Explored, review: Review) -> list[Row]:
    """Return the topics that occur, by question and domain, in the order of the vocabularies."""
    found: dict[str, Row] = {}
    for row in explored.findings:
        found.setdefault(row["topic"], _topic(row["topic"], row["domain"], row["question"]))
    for row in explored.estimates:
        topic = row["outcome_group"]
        found.setdefault(topic, _topic(topic, row["outcome_domain"], row["question"]))
    order = words(review)
    places = {name: list(order[name]) for name in ("question", "domain", "topic")}
    return sorted(
        found.values(), key=lambda one: [codes.index(one[key]) for key, codes in places.items()]
    )


def _topic(topic: str, domain: str, question: str) -> Row:
    return {"topic": topic, "domain": domain, "question": question}


def _files(project: Project, notebook: str) -> list[Path]:
    folder = project.results / notebook / "tables"
    return [folder / f"{label}.csv" for label in (REVIEWS, ESTIMATES, FINDINGS)]


def _rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as stream:
        return [_cells(row) for row in csv.DictReader(stream)]


def _cells(row: Mapping[str, str]) -> Row:
    cells: Row = dict(row)
    for name in row:
        if name in _NUMBERS:
            cells[name] = float(cells[name]) if cells[name] else None
        elif name in _LISTS:
            cells[name] = cells[name].split(SEPARATOR) if cells[name] else []
        elif name in _MARKS:
            cells[name] = cells[name] == "True"
    return cells
