"""The contract of ``data/gaps.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

GAPS = TableSchema(
    name="gaps",
    title="gaps",
    description="gaps",
    key="gap_id",
    columns=(
        Column("gap_id", "gap_id", "gap_id", "text"),
        Column("table", "table", "table", "text"),
        Column("column", "column", "column", "text"),
        Column("expected", "expected", "expected", "integer"),
        Column("reason", "reason", "reason", "text"),
        Column("source", "source", "source", "text"),
    ),
)
