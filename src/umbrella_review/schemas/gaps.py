"""The contract of ``data/gaps.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import key, source
from umbrella_review.schemas.model import Column, TableSchema


def gaps_schema(tables: tuple[str, ...]) -> TableSchema:
    """Return the contract of the table of gaps, which may name any of the other `tables`.

    Parameters
    ----------
    tables : tuple of str
        Names of the other tables.

    Returns
    -------
    TableSchema
        The contract.
    """
    return TableSchema(
        name="gaps",
        title="Gaps",
        description="Something that the sources did not yield, and why.",
        key="gap_id",
        named_by=("reason",),
        columns=(
            key("gap_id", "Gap", "the gap"),
            Column(
                "table",
                "Table",
                "Table that should hold it.",
                allowed=tables,
                required=True,
                empty="not allowed",
            ),
            Column(
                "column",
                "Columns",
                "Columns of that table that lack values; several where one reason holds.",
                "list",
                empty="whole rows are missing",
            ),
            Column(
                "expected",
                "Expected",
                "Rows that should have the values, or rows that the table should have.",
                "integer",
                unit="rows",
                minimum=0,
                empty="all rows where columns are named, else not known how many",
            ),
            Column(
                "reason",
                "Reason",
                "What is missing and why.",
                required=True,
                empty="not allowed",
            ),
            source(),
        ),
    )
