"""The contract of ``data/key_findings.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import key, source
from umbrella_review.schemas.model import Column, TableSchema

KEY_FINDINGS = TableSchema(
    name="key_findings",
    title="Key findings",
    description="One line of the table of key findings of the published umbrella review.",
    key="key_finding_id",
    named_by=("finding",),
    columns=(
        key("key_finding_id", "Key finding", "the line"),
        Column(
            "question",
            "Question",
            "Research question that the line answers.",
            vocabulary="question",
            required=True,
            empty="not allowed",
        ),
        Column("topic", "Topic", "Topic of the question.", required=True, empty="not allowed"),
        Column(
            "n_reviews",
            "Reviews",
            "Reviews that answer the question, as published.",
            "integer",
            unit="reviews",
            required=True,
            minimum=0,
            empty="not allowed",
        ),
        Column(
            "finding",
            "Finding",
            "The finding, paraphrased.",
            required=True,
            empty="not allowed",
        ),
        Column(
            "finding_type",
            "Type",
            "What the finding is.",
            vocabulary="finding_type",
            required=True,
            empty="not allowed",
        ),
        Column(
            "theme",
            "Theme",
            "Theme of the experiences that it belongs to.",
            vocabulary="theme",
            empty="the line is about no single theme",
        ),
        source(),
    ),
)
