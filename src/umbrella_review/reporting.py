"""How many items of the reporting checklists the report meets."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from umbrella_review.counting import count_rows, slug
from umbrella_review.ledger import Value

_NUMBER = r"^(\d+)"


def reporting_values(items: pd.DataFrame, answers: Iterable[str]) -> list[Value]:
    """Return the counts of items by answer, for each checklist and for all of them.

    Parameters
    ----------
    items : DataFrame
        Table `reporting_checklist`.
    answers : iterable of str
        Values that `answer` may have.

    Returns
    -------
    list of Value
        Under ``reporting`` the counts over all checklists, under ``reporting.<checklist>`` those
        of one: `n_items`, `n_numbered` (items without their parts), and one for each answer.
    """
    wholes = {"reporting": items}
    for name, rows in items.groupby("checklist", sort=False):
        wholes[f"reporting.{slug(str(name))}"] = rows
    return [value for name, rows in wholes.items() for value in _counts(name, rows, answers)]


def _counts(name: str, rows: pd.DataFrame, answers: Iterable[str]) -> list[Value]:
    numbered = ~(rows["checklist"] + " " + rows["item"].str.extract(_NUMBER)[0]).duplicated()
    groups = {
        "n_items": pd.Series(True, index=rows.index),
        "n_numbered": numbered,
        **{f"n_{answer}": rows["answer"] == answer for answer in answers},
    }
    return [
        count_rows(f"{name}.{key}", rows[picked], table="reporting_checklist", unit="items")
        for key, picked in groups.items()
    ]
