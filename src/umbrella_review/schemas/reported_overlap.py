"""The contract of ``data/reported_overlap.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

REPORTED_OVERLAP = TableSchema(
    name="reported_overlap",
    title="reported_overlap",
    description="reported_overlap",
    key="overlap_id",
    columns=(
        Column("overlap_id", "overlap_id", "overlap_id", "text"),
        Column("fact", "fact", "fact", "text"),
        Column("n_reviews", "n_reviews", "n_reviews", "integer"),
        Column("n_studies", "n_studies", "n_studies", "integer"),
        Column("review_ids", "review_ids", "review_ids", "list"),
        Column("outcome", "outcome", "outcome", "text"),
        Column("certainty", "certainty", "certainty", "text"),
        Column("source", "source", "source", "text"),
        Column("note", "note", "note", "text"),
    ),
)
