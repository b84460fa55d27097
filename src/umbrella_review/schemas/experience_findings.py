"""The contract of ``data/experience_findings.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

EXPERIENCE_FINDINGS = TableSchema(
    name="experience_findings",
    title="experience_findings",
    description="experience_findings",
    key="finding_id",
    columns=(
        Column("finding_id", "finding_id", "finding_id", "text"),
        Column("theme", "theme", "theme", "text"),
        Column("perspective", "perspective", "perspective", "text"),
        Column("valence", "valence", "valence", "text"),
        Column("finding", "finding", "finding", "text"),
        Column("review_ids", "review_ids", "review_ids", "list"),
        Column("source", "source", "source", "text"),
        Column("note", "note", "note", "text"),
    ),
)
