"""Tables on the report itself: the reporting checklist and the software."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from umbrella_review.tables.view import TableView


def checklist_table(checklist: pd.DataFrame, answers: Mapping[str, str]) -> TableView:
    """Return a reporting checklist with what was done about each item and where.

    Parameters
    ----------
    checklist : DataFrame
        Table `reporting_checklist`.
    answers : mapping of str to str
        Printed words of the values of `answer`.

    Returns
    -------
    TableView
        One row an item.
    """
    frame = pd.DataFrame(
        {
            "Item": checklist["item"],
            "Section": checklist["section"],
            "The report …": checklist["requirement"],
            "Done": checklist["answer"].map(dict(answers)),
            "Where": checklist["location"],
            "Remark": checklist["note"],
        }
    )
    widths = {"Item": 5, "Section": 10, "The report …": 32, "Done": 9, "Where": 18, "Remark": 24}
    return TableView(frame, widths=widths)


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
    return TableView(frame, widths={"Software": 3, "Version": 2, "Role": 4})
