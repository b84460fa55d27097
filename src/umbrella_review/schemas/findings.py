"""Columns that the tables of qualitative findings share."""

from __future__ import annotations

from umbrella_review.schemas.common import key, note, review_ids, source
from umbrella_review.schemas.model import Column

FINDING_ID = key("finding_id", "Finding", "the finding")
LAST = (
    Column(
        "finding",
        "Finding",
        "The finding in one sentence, paraphrased.",
        required=True,
        empty="not allowed",
    ),
    review_ids(
        "The reviews that report the finding.",
        required=False,
        empty="the source ties the finding to no single review",
    ),
    source(),
    note(),
)
