"""The contract of ``data/published_results.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import key, note, source
from umbrella_review.schemas.model import Column, TableSchema

PUBLISHED_RESULTS = TableSchema(
    name="published_results",
    title="Published results",
    description="One number that the published umbrella review states.",
    key="result_id",
    columns=(
        key("result_id", "Result", "the number"),
        Column("statement", "Statement", "What is stated.", required=True, empty="not allowed"),
        Column(
            "value",
            "Value",
            "The number as published.",
            "number",
            required=True,
            empty="not allowed",
        ),
        Column("unit", "Unit", "What is counted or measured.", required=True, empty="not allowed"),
        Column(
            "stated_in",
            "Stated in",
            "Sections or tables that state it.",
            required=True,
            empty="not allowed",
        ),
        source(),
        note(),
    ),
)
