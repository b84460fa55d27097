"""The contract of ``data/published_results.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

PUBLISHED_RESULTS = TableSchema(
    name="published_results",
    title="published_results",
    description="published_results",
    key="result_id",
    columns=(
        Column("result_id", "result_id", "result_id", "text"),
        Column("statement", "statement", "statement", "text"),
        Column("value", "value", "value", "number"),
        Column("unit", "unit", "unit", "text"),
        Column("stated_in", "stated_in", "stated_in", "text"),
        Column("source", "source", "source", "text"),
        Column("note", "note", "note", "text"),
    ),
)
