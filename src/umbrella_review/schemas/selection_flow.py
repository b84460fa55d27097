"""The contract of ``data/selection_flow.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

SELECTION_FLOW = TableSchema(
    name="selection_flow",
    title="selection_flow",
    description="selection_flow",
    key="flow_id",
    columns=(
        Column("flow_id", "flow_id", "flow_id", "text"),
        Column("stage", "stage", "stage", "text"),
        Column("item", "item", "item", "text"),
        Column("label", "label", "label", "text"),
        Column("value", "value", "value", "text"),
        Column("unit", "unit", "unit", "text"),
        Column("locator", "locator", "locator", "text"),
        Column("source", "source", "source", "text"),
        Column("note", "note", "note", "text"),
    ),
)
