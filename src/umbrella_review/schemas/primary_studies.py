"""The contract of ``data/primary_studies.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

PRIMARY_STUDIES = TableSchema(
    name="primary_studies",
    title="primary_studies",
    description="primary_studies",
    key="primary_study_id",
    columns=(
        Column("primary_study_id", "primary_study_id", "primary_study_id", "text"),
        Column("review_id", "review_id", "review_id", "text"),
        Column("source_review", "source_review", "source_review", "text"),
        Column("study_id", "study_id", "study_id", "text"),
        Column("study_label", "study_label", "study_label", "text"),
        Column("reference_number", "reference_number", "reference_number", "text"),
        Column("country", "country", "country", "text"),
        Column("designs", "designs", "designs", "list"),
        Column("population", "population", "population", "text"),
        Column("n_intervention", "n_intervention", "n_intervention", "integer"),
        Column("n_control", "n_control", "n_control", "integer"),
        Column("n_total", "n_total", "n_total", "integer"),
        Column("role_type", "role_type", "role_type", "text"),
        Column("support_components", "support_components", "support_components", "integer"),
        Column("support_level", "support_level", "support_level", "text"),
        Column("low_moderate_rob", "low_moderate_rob", "low_moderate_rob", "boolean"),
        Column("source", "source", "source", "text"),
        Column("note", "note", "note", "text"),
    ),
)
