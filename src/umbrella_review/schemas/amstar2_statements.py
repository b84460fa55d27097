"""The contract of ``data/amstar2_statements.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

AMSTAR2_STATEMENTS = TableSchema(
    name="amstar2_statements",
    title="amstar2_statements",
    description="amstar2_statements",
    key="statement_id",
    columns=(
        Column("statement_id", "statement_id", "statement_id", "text"),
        Column("kind", "kind", "kind", "text"),
        Column("topic", "topic", "topic", "text"),
        Column("statement", "statement", "statement", "text"),
        Column("value", "value", "value", "number"),
        Column("items", "items", "items", "list"),
        Column("locator", "locator", "locator", "text"),
        Column("source", "source", "source", "text"),
        Column("note", "note", "note", "text"),
    ),
)
