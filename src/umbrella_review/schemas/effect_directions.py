"""The contract of ``data/effect_directions.csv``."""

from umbrella_review.schemas.model import Column, TableSchema

EFFECT_DIRECTIONS = TableSchema(
    name="effect_directions",
    title="effect_directions",
    description="effect_directions",
    key="direction_id",
    columns=(
        Column("direction_id", "direction_id", "direction_id", "text"),
        Column("review_id", "review_id", "review_id", "text"),
        Column("outcome_domain", "outcome_domain", "outcome_domain", "text"),
        Column("outcome_group", "outcome_group", "outcome_group", "text"),
        Column("outcome", "outcome", "outcome", "text"),
        Column("timepoint", "timepoint", "timepoint", "text"),
        Column("followup_class", "followup_class", "followup_class", "text"),
        Column("followup_basis", "followup_basis", "followup_basis", "text"),
        Column("population", "population", "population", "text"),
        Column("intervention_format", "intervention_format", "intervention_format", "text"),
        Column("synthesis", "synthesis", "synthesis", "text"),
        Column("direction", "direction", "direction", "text"),
        Column("named_in_text", "named_in_text", "named_in_text", "boolean"),
        Column("consistent_with_estimates", "consistent_with_estimates", "consistent_with_estimates", "boolean"),
        Column("locator", "locator", "locator", "text"),
        Column("source", "source", "source", "text"),
        Column("note", "note", "note", "text"),
    ),
)
