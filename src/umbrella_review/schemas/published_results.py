"""The contract of ``data/published_results.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import key, note, source
from umbrella_review.schemas.model import Column, TableSchema
from umbrella_review.schemas.rule_columns import rule_columns

PUBLISHED_RESULTS = TableSchema(
    name="published_results",
    title="Published results",
    description="One number that the published umbrella review states, with the rule by which "
    "it is recomputed.",
    key="result_id",
    named_by=("statement", "value"),
    columns=(
        key("result_id", "Result", "the number"),
        Column("statement", "Statement", "What is stated.", required=True, empty="not allowed"),
        Column(
            "value",
            "Value",
            "The number as printed: closing zeros are kept, for they say how it was rounded.",
            required=True,
            pattern=r"-?\d+(\.\d+)?",
            empty="not allowed",
        ),
        Column("unit", "Unit", "What is counted or measured.", required=True, empty="not allowed"),
        Column(
            "topic",
            "Topic",
            "Part of the report under which the number is listed.",
            required=True,
            empty="not allowed",
        ),
        Column(
            "stated_in",
            "Stated in",
            "Sections or tables that state it.",
            required=True,
            empty="not allowed",
        ),
        *rule_columns(required=True),
        Column(
            "circular",
            "Circular",
            "Whether and how the rule only repeats the statement, so that it could not fail.",
            vocabulary="circularity",
            required=True,
            empty="not allowed",
        ),
        source(),
        note(),
    ),
)
