"""The contract of ``data/contradictions.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

CONTRADICTIONS = TableSchema(
    name="contradictions",
    title="contradictions",
    description="contradictions",
    key="contradiction_id",
    columns=(
        Column("contradiction_id", "contradiction_id", "contradiction_id", "text"),
        Column("kind", "kind", "kind", "text"),
        Column("location", "location", "location", "text"),
        Column("value_a", "value_a", "value_a", "text"),
        Column("value_b", "value_b", "value_b", "text"),
        Column("note", "note", "note", "text"),
    ),
)
