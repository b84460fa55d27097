"""The contract of ``data/key_findings.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

KEY_FINDINGS = TableSchema(
    name="key_findings",
    title="key_findings",
    description="key_findings",
    key="key_finding_id",
    columns=(
        Column("key_finding_id", "key_finding_id", "key_finding_id", "text"),
        Column("question", "question", "question", "text"),
        Column("topic", "topic", "topic", "text"),
        Column("n_reviews", "n_reviews", "n_reviews", "integer"),
        Column("finding", "finding", "finding", "text"),
        Column("finding_type", "finding_type", "finding_type", "text"),
        Column("theme", "theme", "theme", "text"),
        Column("source", "source", "source", "text"),
    ),
)
