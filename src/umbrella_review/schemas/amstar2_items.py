"""The contract of ``data/amstar2_items.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

AMSTAR2_ITEMS = TableSchema(
    name="amstar2_items",
    title="amstar2_items",
    description="amstar2_items",
    key="item_group_id",
    columns=(
        Column("item_group_id", "item_group_id", "item_group_id", "text"),
        Column("items", "items", "items", "list"),
        Column("domain", "domain", "domain", "text"),
        Column("critical", "critical", "critical", "boolean"),
        Column("n_with_weakness", "n_with_weakness", "n_with_weakness", "integer"),
        Column("n_scored", "n_scored", "n_scored", "integer"),
        Column("locator", "locator", "locator", "text"),
        Column("source", "source", "source", "text"),
        Column("note", "note", "note", "text"),
    ),
)
