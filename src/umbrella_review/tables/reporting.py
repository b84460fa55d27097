"""Tables on the report itself: the reporting checklist and the software."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from umbrella_review.errors import DataError, Problem
from umbrella_review.links import missing_label
from umbrella_review.qmd.outline import TITLE_PAGE, Target
from umbrella_review.tables.numbers import DASH
from umbrella_review.tables.rows import one_row
from umbrella_review.tables.view import TableView, escape

_READ = "wording"  # the value of `checked` for items that were read in the guideline


def checklist_table(
    items: pd.DataFrame, outline: Mapping[str, Target], answers: Mapping[str, str]
) -> TableView:
    """Return a reporting checklist with what was done about each item and where.

    Parameters
    ----------
    items : DataFrame
        Rows of the table `reporting_checklist`.
    outline : mapping of str to Target
        What the manuscript lets the text refer to, by label.
    answers : mapping of str to str
        Printed words of the values of `answer`.

    Returns
    -------
    TableView
        One row an item; places are references, whose numbers the report fills in.

    Raises
    ------
    DataError
        If an item stands at a label that the manuscript does not have, with all of them.
    """
    problems = [
        Problem(f"reporting_checklist {row['checklist_item_id']}", *missing_label(*place, outline))
        for _, row in items.iterrows()
        for place in ((row["checklist"], row["item"], label) for label in row["location"])
        if place[-1] not in outline
    ]
    if problems:
        raise DataError(problems)
    frame = pd.DataFrame(
        {
            "Item": items["item"],
            "Section": items["section"],
            "The report …": items["requirement"],
            "Done": items["answer"].map(dict(answers)),
            "Where": [_places(labels, outline) for labels in items["location"]],
            "Remark": items["note"],
        }
    )
    widths = {"Item": 5, "Section": 10, "The report …": 32, "Done": 9, "Where": 24, "Remark": 24}
    unread = items.loc[items["checked"] != _READ, "item"]
    notes = [f"Not checked against the words of the guideline: {', '.join(unread)}."]
    return TableView(
        frame,
        widths,
        markdown=("Where",),
        notes=notes if len(unread) else (),
        rows=one_row("reporting_checklist", items["checklist_item_id"]),
    )


def _places(labels: Sequence[str], outline: Mapping[str, Target]) -> str:
    return "; ".join(_place(outline[label]) for label in labels) or DASH


def _place(target: Target) -> str:
    if target.label == TITLE_PAGE:
        return escape(target.title)
    if not target.title:
        return f"@{target.label}"
    if target.numbered and target.label.startswith("sec-"):
        return f"@{target.label}, {escape(target.title)}"
    return f"[{escape(target.title)}](#{target.label})"


def software_table(versions: pd.DataFrame) -> TableView:
    """Return the software with versions and roles.

    Parameters
    ----------
    versions : DataFrame
        As `umbrella_review.software.software_versions` gives it.

    Returns
    -------
    TableView
        One row a package, in the same order.
    """
    frame = versions.rename(columns={"name": "Software", "version": "Version", "role": "Role"})
    widths = {"Software": 3, "Version": 2, "Role": 4}
    return TableView(frame, widths, rows=[{}] * len(frame))  # of the environment, not the data
