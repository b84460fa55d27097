"""Tables on the selection of reviews."""

from __future__ import annotations

import pandas as pd

from umbrella_review.selection import CHECKED_ITEMS, OF_REVIEWS
from umbrella_review.tables.numbers import integer
from umbrella_review.tables.rows import EVERY, many_rows, together
from umbrella_review.tables.view import TableView

HOLDS = {True: "Yes", False: "No"}
CANNOT_BE_CHECKED = "Cannot be checked"


def flow_checks_table(checks: pd.DataFrame, flow: pd.DataFrame) -> TableView:
    """Return the checks of the flow beside what is reported.

    Parameters
    ----------
    checks : DataFrame
        As `umbrella_review.selection.check_flow` gives them.
    flow : DataFrame
        The table `selection_flow`.

    Returns
    -------
    TableView
        One row a check; an en dash for a number that is not reported.
    """
    frame = pd.DataFrame(
        {
            "Check": [
                f"{check}, {note}" if note else check
                for check, note in zip(checks["check"], checks["note"], strict=True)
            ],
            "By the arithmetic": checks["expected"].map(integer),
            "As reported": checks["found"].map(integer),
            "Holds": [
                CANNOT_BE_CHECKED if pd.isna(value) else HOLDS[bool(value)]
                for value in checks["holds"]
            ],
        }
    )
    widths = {"Check": 4.5, "By the arithmetic": 1.3, "As reported": 1.2, "Holds": 1.5}
    align = {"By the arithmetic": "right", "As reported": "right"}
    read = [_ids(flow, *CHECKED_ITEMS[check]) for check in checks["check_id"]]
    whole = [EVERY if check in OF_REVIEWS else () for check in checks["check_id"]]
    behind = together(many_rows("selection_flow", read), many_rows("reviews", whole))
    return TableView(frame, widths, align, rows=behind)


def databases_table(databases: pd.DataFrame, flow: pd.DataFrame) -> TableView:
    """Return the databases searched, with period and language.

    Parameters
    ----------
    databases : DataFrame
        As `umbrella_review.selection.databases` gives them.
    flow : DataFrame
        The table `selection_flow`.

    Returns
    -------
    TableView
        One row a database.
    """
    heads = {
        "database": "Database",
        "search_from": "Published from",
        "search_to": "Published to",
        "language_restriction": "Restriction of language",
    }
    frame = databases.rename(columns=heads)
    frame["Restriction of language"] = frame["Restriction of language"].str.capitalize()
    shared = _ids(flow, "search_from", "search_to", "language_restriction")
    own = _ids(flow, "database")
    behind = many_rows("selection_flow", [(key, *shared) for key in own])
    return TableView(frame, {"Database": 2.4, "Restriction of language": 1.4}, rows=behind)


def _ids(flow: pd.DataFrame, *items: str) -> tuple[str, ...]:
    return tuple(flow.loc[flow["item"].isin(items), "flow_id"])
