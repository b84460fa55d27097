"""The contract of ``data/implementation_findings.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

IMPLEMENTATION_FINDINGS = TableSchema(
    name="implementation_findings",
    title="implementation_findings",
    description="implementation_findings",
    key="finding_id",
    columns=(
        Column("finding_id", "finding_id", "finding_id", "text"),
        Column("framework_domain", "framework_domain", "framework_domain", "text"),
        Column("determinant", "determinant", "determinant", "text"),
        Column("finding", "finding", "finding", "text"),
        Column("review_ids", "review_ids", "review_ids", "list"),
        Column("source", "source", "source", "text"),
        Column("note", "note", "note", "text"),
    ),
)
