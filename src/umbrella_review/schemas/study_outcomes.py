"""The contract of ``data/study_outcomes.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import key, note, review_id, source
from umbrella_review.schemas.model import Column, TableSchema
from umbrella_review.schemas.studies import IN_POOLED_ANALYSIS

STUDY_OUTCOMES = TableSchema(
    name="study_outcomes",
    title="Outcomes of primary studies",
    description="One outcome that a primary study measured, by the account of a review.",
    key="study_outcome_id",
    named_by=("study_id", "outcome"),
    columns=(
        key("study_outcome_id", "Row", "the pair of study and outcome"),
        review_id("The review that says so."),
        Column(
            "study_id",
            "Primary study",
            "The primary study; the same in all tables.",
            required=True,
            references="primary_studies.study_id",
            empty="not allowed",
        ),
        Column(
            "outcome",
            "Outcome",
            "Outcome as the review names it.",
            required=True,
            empty="not allowed",
        ),
        IN_POOLED_ANALYSIS,
        source(),
        note(),
    ),
    unique=(("review_id", "study_id", "outcome"),),
)
