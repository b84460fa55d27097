"""The contract of ``data/reported_overlap.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import key, note, review_ids, source
from umbrella_review.schemas.model import Column, TableSchema

REPORTED_OVERLAP = TableSchema(
    name="reported_overlap",
    title="Reported overlap",
    description="One fact on how often primary studies recur in the included reviews.",
    key="overlap_id",
    named_by=("fact", "n_studies"),
    columns=(
        key("overlap_id", "Overlap", "the fact"),
        Column(
            "fact",
            "Fact",
            "total: primary studies in all; recurrence: studies that are in exactly n_reviews; "
            "maximum: n_reviews is the most that any study is in; shared_evidence: reviews that "
            "report the same evidence.",
            vocabulary="overlap_fact",
            required=True,
            empty="not allowed",
        ),
        Column(
            "n_reviews",
            "Reviews",
            "Number of reviews that the fact is about.",
            "integer",
            unit="reviews",
            minimum=1,
            empty="all reviews",
        ),
        Column(
            "n_studies",
            "Primary studies",
            "Number of primary studies that the fact is about.",
            "integer",
            unit="studies",
            minimum=0,
        ),
        review_ids(
            "Reviews that share evidence.",
            required=False,
            empty="the fact is about no single review",
        ),
        Column(
            "outcome",
            "Outcome",
            "Outcome of the shared evidence.",
            empty="the fact is about no outcome",
        ),
        Column(
            "certainty",
            "Certainty",
            "Whether the fact is stated or follows from the numbers.",
            vocabulary="certainty",
            required=True,
            empty="not allowed",
        ),
        source(),
        note(),
    ),
)
