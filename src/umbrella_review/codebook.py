"""``data/codebook.md`` for readers and ``data/datapackage.json`` for machines, from the contracts.

The data package follows Data Package 2.0 (https://datapackage.org).
``python -m umbrella_review.codebook`` writes both anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from umbrella_review.bibliography import read_entry
from umbrella_review.errors import InputError
from umbrella_review.load import check_project
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.schemas import BIBLIOGRAPHY, TABLES, Column, RowCheck, TableSchema
from umbrella_review.schemas.model import LIST_SEPARATOR

CODEBOOK = "codebook.md"
PACKAGE = "datapackage.json"
_COMMAND = "umbrella codebook"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_TYPES = {"text": "string", "list": "list"}
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#~|$@^])")


def write(project: Project) -> tuple[Path, Path]:
    """Write the codebook and the description of the data package, and return their paths.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    tuple of Path
        Codebook and package.

    Raises
    ------
    InputError
        With all problems, if ``review.yml``, a table or the bibliography has any.
    """
    check_project(project)
    review = Review.read(project.review_file)
    targets = project.data / CODEBOOK, project.data / PACKAGE
    texts = codebook(review), json.dumps(package(project, review), indent=2, ensure_ascii=False)
    for target, text in zip(targets, texts, strict=True):
        target.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
    return targets


def codebook(review: Review) -> str:
    """Return the codebook as Markdown.

    Parameters
    ----------
    review : Review
        Source of the vocabularies.

    Returns
    -------
    str
        The whole file.
    """
    lines = [
        "# Codebook",
        "",
        f"The tables of *{_text(review.title)}*, column by column.",
        f"Written by `{_COMMAND}` from the contracts of the tables; do not edit it by hand.",
        "",
        contents(review),
    ]
    return "\n".join(lines)


def contents(review: Review) -> str:
    """Return what the codebook says of the files, the tables and the vocabularies.

    Parameters
    ----------
    review : Review
        Source of the vocabularies.

    Returns
    -------
    str
        Markdown; each table has a heading of level 2 that begins with the name of its file, each
        vocabulary one of level 3 that is its name.
    """
    lines = [
        "Every table is a CSV file in UTF-8 with commas, points before decimals, and `true` or "
        f"`false`. The parts of a list are joined by `{LIST_SEPARATOR}` without blanks. The column "
        "*Empty* says how an empty cell is to be read; `NA` and the like are words, not gaps.",
    ]
    for schema in TABLES.values():
        lines += ["", *_table(schema)]
    lines += ["", "## Vocabularies", "", "Values of columns, with the words printed for them."]
    for name in _used_vocabularies():
        lines += ["", f"### `{name}`", "", "| Value | Printed |", "|---|---|"]
        lines += [
            f"| `{value}` | {_text(word)} |" for value, word in review.vocabulary(name).items()
        ]
    return "\n".join(lines) + "\n"


def package(project: Project, review: Review) -> dict[str, Any]:
    """Return the description of the data package.

    Parameters
    ----------
    project : Project
        Source of the files and their hashes.
    review : Review
        Source of title, version and vocabularies.

    Returns
    -------
    dict
        Content of the JSON file.
    """
    content: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": re.sub(r"[^a-z0-9]+", "-", review.short_title.lower()).strip("-"),
        "title": review.title,
        "description": f"Data behind the umbrella review; described for readers in {CODEBOOK}.",
        "version": review.version,
        "licenses": [_LICENCE],
    }
    source = read_entry(project, review.based_on) if review.based_on else None
    if source:
        content["sources"] = [source]
    content["resources"] = [
        {
            "name": schema.name,
            "type": "table",
            **_file(project.data / f"{schema.name}.csv", "csv", "text/csv"),
            "title": schema.title,
            "description": schema.description,
            "schema": _schema(schema, review),
        }
        for schema in TABLES.values()
    ]
    bibliography = _file(project.bibliography, "bib", "application/x-bibtex")
    content["resources"].append({"name": "references", **bibliography, "title": "Bibliography"})
    return content


def _used_vocabularies() -> tuple[str, ...]:
    names = (column.vocabulary for schema in TABLES.values() for column in schema.columns)
    return tuple(dict.fromkeys(name for name in names if name))


def _table(schema: TableSchema) -> Iterator[str]:
    yield f"## `{schema.name}.csv`: {_text(schema.title)}"
    yield ""
    yield _text(schema.description)
    yield ""
    yield "| Column | Holds | Type | Values | Empty |"
    yield "|---|---|---|---|---|"
    for column in schema.columns:
        holds = _text(f"{column.title}. {column.description}")
        kind = f"{column.kind} ({_text(column.unit)})" if column.unit else column.kind
        empty = _text(column.empty)
        yield f"| `{column.name}` | {holds} | {kind} | {_values(column)} | {empty} |"
    yield ""
    yield f"- Key: `{schema.key}`"
    for group in schema.unique:
        yield f"- No two rows share {_names(group)}."
    for check in schema.checks:
        yield f"- {_condition(check)}"


def _values(column: Column) -> str:
    parts = ["`true`, `false`"] if column.kind == "boolean" else []
    if column.vocabulary:
        parts.append(f"[{_text(column.vocabulary)}](#{column.vocabulary})")
    if column.allowed:
        parts.append(_names(column.allowed))
    if column.minimum is not None or column.maximum is not None:
        parts.append(_text(column.range_in_words))
    if column.pattern:
        parts.append(f"`{column.pattern}`".replace("|", r"\|"))
    if column.references:
        parts.append(f"in `{column.references}`")
    return "; ".join(parts) or "free"


def _condition(check: RowCheck) -> str:
    return f"{_names(check.columns)}: {_text(check.expected)}."


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _text(words: str) -> str:
    """Return Markdown that shows `words` as exactly these characters, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(words.split()))


def _file(path: Path, form: str, mediatype: str) -> dict[str, Any]:
    data = path.read_bytes()
    return {
        "path": path.name,
        "format": form,
        "mediatype": mediatype,
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }


def _schema(schema: TableSchema, review: Review) -> dict[str, Any]:
    content: dict[str, Any] = {
        "fields": [_field(column, column.name == schema.key, review) for column in schema.columns],
        "missingValues": [""],
        "primaryKey": [schema.key],
    }
    if schema.unique:
        content["uniqueKeys"] = [list(group) for group in schema.unique]
    # A foreign key of the standard is one value, so that those within lists are left out.
    keys = [key for key in schema.foreign_keys if schema.column(key[0]).kind != "list"]
    if keys:
        content["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": table, "fields": [other]}}
            for name, table, other in keys
        ]
    return content


def _field(column: Column, unique: bool, review: Review) -> dict[str, Any]:
    content: dict[str, Any] = {
        "name": column.name,
        "title": column.title,
        "description": f"{column.description} Empty: {column.empty}.",
        "type": _TYPES.get(column.kind, column.kind),
    }
    if column.unit:
        content["unit"] = column.unit
    if column.kind == "list":
        content["delimiter"] = LIST_SEPARATOR
    values = list(column.allowed)
    if column.vocabulary:
        labels = review.vocabulary(column.vocabulary)
        values = list(labels)
        content["values" if column.kind == "list" else "categories"] = [
            {"value": value, "label": label} for value, label in labels.items()
        ]
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if unique:
        limits["unique"] = True
    if values and column.kind != "list":
        limits["enum"] = values
    if column.minimum is not None:
        limits["minimum"] = column.minimum
    if column.maximum is not None:
        limits["maximum"] = column.maximum
    if column.pattern:
        limits["pattern"] = column.pattern
    if limits:
        content["constraints"] = limits
    if column.references == BIBLIOGRAPHY:
        content["rdfType"] = "http://purl.org/dc/terms/source"
    return content


def main() -> int:
    """Write both files for the project of the working directory; return the exit code.

    Returns
    -------
    int
        0, or 2 where the data have problems.
    """
    try:
        targets = write(Project.find())
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    for target in targets:
        sys.stdout.write(f"{target}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
