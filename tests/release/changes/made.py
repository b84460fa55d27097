"""Small reports, made of what a test says."""

from __future__ import annotations

from collections.abc import Mapping

from umbrella_review.release.changes.compare import Comparison, compare
from umbrella_review.release.changes.report import (
    Display,
    Notebook,
    Recorded,
    Report,
    Sentence,
    Table,
)

COLUMNS = {
    "reviews": ("review_id", "authors", "year"),
    "amstar2": ("review_id", "rating"),
    "estimates": (
        "estimate_id",
        "review_id",
        "outcome",
        "timepoint",
        "measure",
        "estimate",
        "ci_lb",
        "ci_ub",
        "direction",
    ),
    "experience_findings": ("finding_id", "finding", "review_ids"),
    "published_results": ("result_id", "table", "where", "column"),
}
DATA = {
    "reviews": ["ash_2020,Ash B; Elm C,2020", "birch_2021,Birch D,2021", "cedar_2022,Cedar E,2022"],
    "amstar2": ["ash_2020,low", "birch_2021,low", "cedar_2022,high"],
    "estimates": [
        "ma1,ash_2020,hope,end,SMD,0.30,0.10,0.50,favours_intervention",
        "ma2,birch_2021,hope,end,SMD,0.20,-0.10,0.50,no_effect",
        "ma3,cedar_2022,relapse,end,RR,0.80,0.60,1.10,no_effect",
    ],
    "experience_findings": ["f1,It helped.,ash_2020;birch_2021", "f2,It was hard.,birch_2021"],
    "published_results": ["pr1,reviews,,", "pr2,amstar2,rating=low,", "pr3,estimates,k=3,estimate"],
}
READS = {
    "01_counts": ("reviews", "amstar2"),
    "02_effects": ("reviews", "estimates"),
    "03_check": ("reviews", "amstar2", "estimates", "published_results"),
}


def tables(**changed: list[str]) -> dict[str, Table]:
    """Return the data, with some tables replaced; a table without rows is left out."""
    found = {}
    for name, lines in {**DATA, **changed}.items():
        head = COLUMNS[name]
        rows = [dict(zip(head, line.split(","), strict=True)) for line in lines]
        if rows:
            found[name] = Table(name, name.capitalize(), head, {row[head[0]]: row for row in rows})
    return found


def without(name: str, *keys: str) -> list[str]:
    """Return the lines of a table without those that begin with a key."""
    return [line for line in DATA[name] if not line.startswith(keys)]


def replaced(name: str, old: str, new: str) -> list[str]:
    """Return the lines of a table with a text replaced in all of them."""
    lines = [line.replace(old, new) for line in DATA[name]]
    assert lines != DATA[name]
    return lines


def recorded(
    value_id: str,
    value: float | str,
    rows: str = "",
    *,
    notebook: str = "01_counts",
    cited: tuple[str, ...] = (),
    unit: str = "",
) -> Recorded:
    """Return a value; rows are given as ``table:id table:id``."""
    places = frozenset((place.split(":")[0], place.split(":")[1]) for place in rows.split())
    return Recorded(value_id, value, str(value), unit, places, notebook, cited)


def sentence(
    claim_id: str, wording: str, section: str = "Results", file: str = "a.qmd"
) -> Sentence:
    return Sentence(claim_id, section, wording, wording, file)


def table(label: str, head: str, *rows: str, notebook: str = "01_counts") -> Display:
    cells = tuple(tuple(row.split("|")) for row in rows)
    return Display(label, "Table 1", notebook, True, tuple(head.split("|")), cells)


def report(
    name: str = "A",
    data: Mapping[str, Table] | None = None,
    values: list[Recorded] | None = None,
    sentences: list[Sentence] | None = None,
    displays: list[Display] | None = None,
    **more: object,
) -> Report:
    """Return a report."""
    notebooks = {key: Notebook({"c": "x"}, frozenset(reads)) for key, reads in READS.items()}
    return Report(
        name,
        tables() if data is None else data,
        {one.value_id: one for one in values or []},
        {one.claim_id: one for one in sentences or []},
        {one.label: one for one in displays or []},
        **{"notebooks": notebooks, **more},  # type: ignore[arg-type]
    )


def causes_of(comparison: Comparison) -> list[str]:
    return [one.cause_id for one in comparison.causes]


def told(comparison: Comparison, kind: str) -> list[tuple[object, ...]]:
    """Return what, old, new, notes, causes and basis of the consequences of a kind."""
    return [
        (one.what, one.old, one.new, one.notes, one.explained.causes, one.explained.basis)
        for one in comparison.consequences
        if one.kind == kind
    ]


def changed(**data: list[str]) -> Comparison:
    """Compare the data with the same data in which some tables are others."""
    return compare(report(), report("B", tables(**data)))
