"""The contract of ``data/effect_directions.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import key, locator, note, review_id, source
from umbrella_review.schemas.model import Column, TableSchema
from umbrella_review.schemas.outcomes import OUTCOME

EFFECT_DIRECTIONS = TableSchema(
    name="effect_directions",
    title="Directions of effect",
    description="What the published umbrella review says of one review on one outcome at one time.",
    key="direction_id",
    named_by=("review_id", "outcome", "direction"),
    columns=(
        key("direction_id", "Direction", "the statement"),
        review_id(required=False, empty="the text names no review"),
        *OUTCOME,
        Column("population", "Population", "Whom the statement is about."),
        Column(
            "intervention_format",
            "Format",
            "Format of the intervention.",
            vocabulary="intervention_format",
        ),
        Column(
            "synthesis",
            "Synthesis",
            "Whether the statement rests on a meta-analysis or on a narrative synthesis.",
            vocabulary="synthesis",
            required=True,
            empty="not allowed",
        ),
        Column(
            "direction",
            "Direction",
            "Direction of effect that the text states.",
            vocabulary="direction",
            required=True,
            empty="not allowed",
        ),
        Column(
            "named_in_text",
            "Review named",
            "Whether the text names the review.",
            "boolean",
            required=True,
            empty="not allowed",
        ),
        Column(
            "consistent_with_estimates",
            "Fits the numbers",
            "Whether the statement fits the numbers that were found.",
            "boolean",
            empty="there are no numbers to compare it with",
        ),
        locator(),
        source(),
        note(),
    ),
)
