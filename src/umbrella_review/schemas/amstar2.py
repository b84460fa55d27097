"""The contract of ``data/amstar2.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

AMSTAR2 = TableSchema(
    name="amstar2",
    title="amstar2",
    description="amstar2",
    key="review_id",
    columns=(
        Column("review_id", "review_id", "review_id", "text"),
        Column("rating", "rating", "rating", "text"),
        Column("rating_basis", "rating_basis", "rating_basis", "text"),
        Column("possible_ratings", "possible_ratings", "possible_ratings", "list"),
        Column("source", "source", "source", "text"),
        Column("note", "note", "note", "text"),
    ),
)
