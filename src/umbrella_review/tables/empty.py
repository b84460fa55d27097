"""The table that stands where filters have left nothing to show."""

from __future__ import annotations

import pandas as pd

from umbrella_review.tables.view import TableView

MESSAGE = "Nothing is left to show with the parameters of this notebook."


def empty_table() -> TableView:
    """Return a table of one cell that says that nothing is left.

    Returns
    -------
    TableView
        One column, one row.
    """
    return TableView(pd.DataFrame({"Result": [MESSAGE]}), rows=({},))
