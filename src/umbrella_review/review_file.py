"""Reading and checking ``review.yml``: every problem found at once, with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from umbrella_review.criteria import SECTION, with_numbers, wrong_section
from umbrella_review.errors import Problem
from umbrella_review.instrument import N_ITEMS
from umbrella_review.schemas import TABLES
from umbrella_review.shapes import (
    Choice,
    Fields,
    ListOf,
    MappingOf,
    Number,
    Text,
    differences,
    nearest,
    place,
)
from umbrella_review.strict_yaml import Lines, read_yaml
from umbrella_review.vocabulary import FIXED

# Vocabularies that follow from other parts of review.yml.
_DERIVED = ("direction", "question")
OWN_VOCABULARIES = tuple(
    dict.fromkeys(
        column.vocabulary
        for schema in TABLES.values()
        for column in schema.columns
        if column.vocabulary and column.vocabulary not in {*FIXED, *_DERIVED}
    )
)
_LABELS = MappingOf(Text())
_VERSION = Text(r"\d+\.\d+\.\d+", "a version of three numbers, e.g. 1.0.0")
_ITEMS = ListOf(Number(1, N_ITEMS, whole=True))
_ADAPTATION = Fields({}, {"not_scored": _ITEMS, "adapted": _ITEMS})
_APPRAISAL = Fields(
    {},
    {
        "critical_items": _ITEMS,
        "adaptations": Fields({}, dict.fromkeys(FIXED["review_type"], _ADAPTATION)),
    },
)
SHAPE = Fields(
    {
        "review": Fields(
            {"title": Text(), "short_title": Text(), "version": _VERSION, "language": Text()},
            {"based_on": Text(), "registration": Text()},
        ),
        "intervention": Text(),
        "favours": Fields({"intervention": Text(), "control": Text()}),
        "questions": MappingOf(Fields({"title": Text(), "text": Text()})),
        "framework": Fields({"name": Text(), "title": Text(), "reference": Text()}),
        "vocabularies": Fields(dict.fromkeys(OWN_VOCABULARIES, _LABELS)),
        "outcome_tables": MappingOf(Number(1, whole=True)),
        "synthesis": Fields(
            {
                "confidence_level": Number(0, 1, open_ends=True),
                "overlap_bands": Choice(("pieper", "groove")),
                "minimum_k": Number(1, whole=True),
            }
        ),
    },
    {
        "grading": SECTION,
        "appraisal": _APPRAISAL,
        "names_with_digits": MappingOf(Text()),
    },
)


def read_checked(path: Path) -> tuple[dict[str, Any], Lines, list[Problem]]:
    """Return the content of ``review.yml``, the line of each part, and all that is wrong with it.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    tuple of dict, dict and list of Problem
        Content, line of each part, problems.
    """
    where = path.name
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        remedy = "Run the command in a project, or restore the file."
        return {}, {}, [Problem(where, "there is no such file", "the review's settings", remedy)]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = f"the byte 0x{error.object[error.start]:02X}, which is not UTF-8"
        remedy = "Save the file as UTF-8 in your editor."
        return {}, {}, [Problem(f"{where}, line {line}", found, "text in UTF-8", remedy)]
    content, lines, problems = read_yaml(text, where)
    if isinstance(content, dict) and "grading" in content:
        content["grading"] = with_numbers(content["grading"])
    if content is not None or not problems:
        problems += differences(content, SHAPE, lines, where)
    if isinstance(content, dict):
        problems += _unknown_domains(content, lines, where)
        problems += wrong_section(content.get("grading"), lines, where, ("grading",))
        problems += _scored_and_not(content, lines, where)
    return content, lines, problems


def _unknown_domains(content: Mapping[str, Any], lines: Lines, where: str) -> Iterator[Problem]:
    vocabularies, tables = content.get("vocabularies"), content.get("outcome_tables")
    domains = vocabularies.get("outcome_domain") if isinstance(vocabularies, dict) else None
    if not isinstance(domains, dict) or not isinstance(tables, dict):
        return
    for name in tables:
        if name not in domains:
            yield Problem(
                place(("outcome_tables", name), lines, where),
                f"the outcome domain {name!r}",
                f"one of {', '.join(domains)}",
                nearest(name, domains, "Add it to the vocabulary outcome_domain, or remove it."),
            )


def _scored_and_not(content: Mapping[str, Any], lines: Lines, where: str) -> Iterator[Problem]:
    appraisal = content.get("appraisal")
    adaptations = appraisal.get("adaptations") if isinstance(appraisal, dict) else None
    if not isinstance(adaptations, dict):
        return
    for kind, parts in adaptations.items():
        left_out, adapted = (_items(parts, name) for name in ("not_scored", "adapted"))
        for item in (item for item in left_out if item in adapted):
            yield Problem(
                place(("appraisal", "adaptations", kind), lines, where),
                f"the item {item!r} both as adapted and as not scored",
                "each item in one of the two lists",
                "Remove it from one of them.",
            )


def _items(parts: object, name: str) -> list[Any]:
    items = parts.get(name) if isinstance(parts, dict) else None
    return items if isinstance(items, list) else []
