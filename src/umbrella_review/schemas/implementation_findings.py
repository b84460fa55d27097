"""The contract of ``data/implementation_findings.csv``."""

from __future__ import annotations

from umbrella_review.schemas.findings import FINDING_ID, LAST
from umbrella_review.schemas.model import Column, TableSchema

IMPLEMENTATION_FINDINGS = TableSchema(
    name="implementation_findings",
    title="Findings on implementation",
    description="One finding on what helps or hinders implementation.",
    key="finding_id",
    named_by=("finding",),
    columns=(
        FINDING_ID,
        Column(
            "framework_domain",
            "Domain",
            "Domain of the implementation framework.",
            vocabulary="framework_domain",
            required=True,
            empty="not allowed",
        ),
        Column(
            "determinant",
            "Determinant",
            "Whether it helps, hinders or neither.",
            vocabulary="determinant",
            required=True,
            empty="not allowed",
        ),
        *LAST,
    ),
    unique=(("finding",),),
)
