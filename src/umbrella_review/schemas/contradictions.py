"""The contract of ``data/contradictions.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import key, note, source
from umbrella_review.schemas.model import Column, TableSchema
from umbrella_review.schemas.rule_columns import rule_columns

CONTRADICTIONS = TableSchema(
    name="contradictions",
    title="Contradictions",
    description="Two statements of the sources that do not agree.",
    key="contradiction_id",
    named_by=("kind", "location"),
    columns=(
        key("contradiction_id", "Contradiction", "the contradiction"),
        Column(
            "kind",
            "Kind",
            "What kind of disagreement it is.",
            vocabulary="contradiction_kind",
            required=True,
            empty="not allowed",
        ),
        Column(
            "location",
            "Where",
            "What the two statements are about.",
            required=True,
            empty="not allowed",
        ),
        Column("value_a", "One", "The one statement.", required=True, empty="not allowed"),
        Column("value_b", "Other", "The other statement.", required=True, empty="not allowed"),
        *rule_columns(required=False),
        source(),
        note(),
    ),
)
