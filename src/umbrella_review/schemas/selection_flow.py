"""The contract of ``data/selection_flow.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import IDENTIFIER, key, locator, note, source
from umbrella_review.schemas.model import Column, TableSchema

SELECTION_FLOW = TableSchema(
    name="selection_flow",
    title="Search and selection",
    description="One fact on the search or the selection of reviews.",
    key="flow_id",
    named_by=("label", "value"),
    columns=(
        key("flow_id", "Flow", "the fact"),
        Column(
            "stage",
            "Stage",
            "Stage of the review process.",
            vocabulary="selection_stage",
            required=True,
            empty="not allowed",
        ),
        Column(
            "item",
            "Item",
            "Short name of the fact; some names, such as database, recur.",
            required=True,
            pattern=IDENTIFIER,
            empty="not allowed",
        ),
        Column("label", "Label", "The fact as it is printed.", required=True, empty="not allowed"),
        Column(
            "value",
            "Value",
            "Count, month (year-month) or words; see unit.",
            required=True,
            empty="not allowed",
        ),
        Column("unit", "Unit", "What the value counts or is.", required=True, empty="not allowed"),
        locator(),
        source(),
        note(),
    ),
)
