"""The contract of ``data/study_outcomes.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

STUDY_OUTCOMES = TableSchema(
    name="study_outcomes",
    title="study_outcomes",
    description="study_outcomes",
    key="study_outcome_id",
    columns=(
        Column("study_outcome_id", "study_outcome_id", "study_outcome_id", "text"),
        Column("review_id", "review_id", "review_id", "text"),
        Column("study_id", "study_id", "study_id", "text"),
        Column("outcome", "outcome", "outcome", "text"),
        Column("in_pooled_analysis", "in_pooled_analysis", "in_pooled_analysis", "text"),
        Column("source", "source", "source", "text"),
        Column("note", "note", "note", "text"),
    ),
)
