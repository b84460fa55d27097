"""The contract of ``data/citations.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

CITATIONS = TableSchema(
    name="citations",
    title="citations",
    description="citations",
    key="citation_id",
    columns=(
        Column("citation_id", "citation_id", "citation_id", "text"),
        Column("review_id", "review_id", "review_id", "text"),
        Column("study_id", "study_id", "study_id", "text"),
        Column("study_label", "study_label", "study_label", "text"),
        Column("certainty", "certainty", "certainty", "text"),
        Column("source", "source", "source", "text"),
        Column("note", "note", "note", "text"),
    ),
)
