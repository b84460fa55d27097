"""The contract of ``data/amstar2_statements.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import IDENTIFIER, key, locator, note, source
from umbrella_review.schemas.model import Column, TableSchema

AMSTAR2_STATEMENTS = TableSchema(
    name="amstar2_statements",
    title="Statements on AMSTAR 2",
    description="What the published umbrella review says of how AMSTAR 2 was used and of totals.",
    key="statement_id",
    named_by=("statement",),
    columns=(
        key("statement_id", "Statement", "the statement"),
        Column(
            "kind",
            "Kind",
            "What the statement is about.",
            vocabulary="statement_kind",
            required=True,
            empty="not allowed",
        ),
        Column(
            "topic",
            "Topic",
            "Short name of what is stated; once in the table.",
            required=True,
            pattern=IDENTIFIER,
            empty="not allowed",
        ),
        Column("statement", "Statement", "The statement.", required=True, empty="not allowed"),
        Column(
            "value",
            "Value",
            "The number that is stated.",
            "number",
            unit="items, domains or reviews",
            minimum=0,
            empty="the statement holds no number",
        ),
        Column(
            "items",
            "Items",
            "Numbers of the items in the instrument.",
            "list",
            allowed=tuple(str(number) for number in range(1, 17)),
            empty="the statement is about no single item",
        ),
        locator(),
        source(),
        note(),
    ),
    unique=(("topic",),),
)
