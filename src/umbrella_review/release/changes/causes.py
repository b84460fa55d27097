"""What was changed by hand: reviews, rows, parameters, code, versions, settings, text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from umbrella_review.release.changes.grouping import in_groups
from umbrella_review.release.changes.report import Cells, Report
from umbrella_review.release.changes.reviews import review_edits, review_name
from umbrella_review.release.changes.rows import (
    REVIEWS,
    ColumnChange,
    RowChange,
    changed_columns,
    changed_rows,
)


@dataclass(frozen=True)
class Detail:
    """A part of a change that is no row.

    Parameters
    ----------
    what : str
        Name of the part, e.g. a file or a distribution.
    old, new : str, optional
        Before and after; None where it is not there.
    """

    what: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Cause:
    """One change from which others follow.

    Parameters
    ----------
    cause_id : str
        Its id, the same whichever report comes first; of several rows that of the first.
    kind : str
        ``review``, ``row``, ``column``, ``parameter``, ``notebook``, ``package``,
        ``environment``, ``settings`` or ``text``.
    title : str
        In words.
    rows : tuple of RowChange
        Rows of the data that belong to it.
    details : tuple of Detail
        Its parts, where it is no change of rows.
    tables : frozenset of str
        Tables that it touches.
    notebooks : frozenset of str
        Notebooks that it touches directly.
    """

    cause_id: str
    kind: str
    title: str
    rows: tuple[RowChange, ...] = ()
    details: tuple[Detail, ...] = ()
    tables: frozenset[str] = frozenset()
    notebooks: frozenset[str] = frozenset()


def find_causes(old: Report, new: Report) -> list[Cause]:
    """Return what was changed by hand between two reports, apart from the text.

    Parameters
    ----------
    old, new : Report
        The reports.

    Returns
    -------
    list of Cause
        Reviews first, then rows, columns, parameters, code, versions and settings.
    """
    rows = changed_rows(old, new)
    return [
        *_data(old, new, rows),
        *(_column(one) for one in changed_columns(old, new)),
        *_parameters(old, new),
        *_notebooks(old, new),
        *_whole("package", "Source of the package", *_package(old, new)),
        *_whole("environment", "Versions of the environment", old.environment, new.environment),
        *_whole("settings", "review.yml", old.settings, new.settings),
    ]


def _data(old: Report, new: Report, rows: list[RowChange]) -> Iterator[Cause]:
    taken: set[tuple[str, str]] = set()
    for review in (one for one in rows if one.table == REVIEWS and one.kind != "changed"):
        own = review_edits(review, rows)
        taken |= {one.place for one in own}
        name = review_name(review.versions[0], review.row, with_id=True)
        yield Cause(
            f"review:{review.row}",
            "review",
            f"Review {review.kind}: {name}",
            tuple(own),
            tables=frozenset(one.table for one in own),
        )
    for group in in_groups([one for one in rows if one.place not in taken]):
        first = group[0]
        name = "row" if len(group) == 1 else "rows"
        yield Cause(
            f"{name}:{first.table}/{first.row}",
            "row",
            _row_title(old, new, group),
            tuple(group),
            tables=frozenset([first.table]),
        )


def _row_title(old: Report, new: Report, group: list[RowChange]) -> str:
    one = group[0]
    title = (new.tables.get(one.table) or old.tables[one.table]).title
    if len(group) > 1:
        return f"{title}: {len(group)} rows {one.kind}"
    names = [
        review_name(cells, review)
        for review in sorted(one.reviews)
        for cells in [_review(old, new, review)]
        if cells is not None
    ]
    of = f" ({names[0]})" if len(names) == 1 else ""
    return f"{title}: row {one.row}{of} {one.kind}"


def _review(old: Report, new: Report, review: str) -> Cells | None:
    for report in (new, old):
        table = report.tables.get(REVIEWS)
        if table is not None and review in table.rows:
            return table.rows[review]
    return None


def _column(one: ColumnChange) -> Cause:
    what = f"column {one.column} of {one.table}" if one.column else f"table {one.table}"
    return Cause(
        f"column:{one.table}/{one.column}".rstrip("/"),
        "column",
        f"Data: {what} {one.kind}",
        tables=frozenset([one.table]),
    )


def _parameters(old: Report, new: Report) -> Iterator[Cause]:
    changed: dict[tuple[str, str, str], list[str]] = {}
    for notebook in sorted(old.parameters.keys() & new.parameters.keys()):
        before, after = old.parameters[notebook], new.parameters[notebook]
        for name in sorted(before.keys() & after.keys()):
            if before[name] != after[name]:
                changed.setdefault((name, before[name], after[name]), []).append(notebook)
    for (name, before_text, after_text), notebooks in changed.items():
        yield Cause(
            f"parameter:{name}/{notebooks[0]}",
            "parameter",
            f"Parameter {name} of {', '.join(notebooks)}",
            details=(Detail(name, before_text, after_text),),
            notebooks=frozenset(notebooks),
        )


def _notebooks(old: Report, new: Report) -> Iterator[Cause]:
    for name in sorted(old.notebooks.keys() | new.notebooks.keys()):
        before, after = old.notebooks.get(name), new.notebooks.get(name)
        own = frozenset([name])
        if before is None or after is None:
            what = "added" if before is None else "removed"
            yield Cause(f"notebook:{name}", "notebook", f"Notebook {name} {what}", notebooks=own)
        elif details := _differences(before.code, after.code):
            cells = tuple(Detail(f"cell {one.what}", one.old, one.new) for one in details)
            title = f"Code of notebook {name}"
            yield Cause(f"notebook:{name}", "notebook", title, details=cells, notebooks=own)


def _package(old: Report, new: Report) -> tuple[Cells | None, Cells | None]:
    """Return what both reports record of the package: its files, else its version."""
    if old.package_files is not None and new.package_files is not None:
        return old.package_files, new.package_files
    return {"version": old.package}, {"version": new.package}


def _whole(kind: str, title: str, before: Cells | None, after: Cells | None) -> Iterator[Cause]:
    if before is not None and after is not None and (details := _differences(before, after)):
        yield Cause(kind, kind, title, details=details)


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Detail, ...]:
    names = sorted(before.keys() | after.keys())
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return tuple(Detail(name, was, now) for name, was, now in pairs if was != now)
