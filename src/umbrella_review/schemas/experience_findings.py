"""The contract of ``data/experience_findings.csv``."""

from __future__ import annotations

from umbrella_review.schemas.findings import FINDING_ID, LAST
from umbrella_review.schemas.model import Column, TableSchema

EXPERIENCE_FINDINGS = TableSchema(
    name="experience_findings",
    title="Findings on experiences",
    description="One finding on how those concerned experience the intervention.",
    key="finding_id",
    named_by=("finding",),
    columns=(
        FINDING_ID,
        Column(
            "theme",
            "Theme",
            "Theme that the finding belongs to.",
            vocabulary="theme",
            required=True,
            empty="not allowed",
        ),
        Column(
            "perspective",
            "Perspective",
            "Whose experience it is.",
            vocabulary="perspective",
            required=True,
            empty="not allowed",
        ),
        Column(
            "valence",
            "Valence",
            "Whether it speaks of a benefit, a challenge or both.",
            vocabulary="valence",
            required=True,
            empty="not allowed",
        ),
        *LAST,
    ),
    unique=(("finding",),),
)
