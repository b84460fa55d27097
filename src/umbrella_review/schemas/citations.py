"""The contract of ``data/citations.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import IDENTIFIER, key, note, review_id, source
from umbrella_review.schemas.model import Column, TableSchema

CITATIONS = TableSchema(
    name="citations",
    title="Citation matrix",
    description="One included review and one primary study that it includes.",
    key="citation_id",
    named_by=("review_id", "study_label"),
    columns=(
        key("citation_id", "Citation", "the pair of review and primary study"),
        review_id("The review that includes the study."),
        Column(
            "study_id",
            "Primary study",
            "The primary study; the same in every review that includes it.",
            required=True,
            pattern=IDENTIFIER,
            empty="not allowed",
        ),
        Column(
            "study_label",
            "Label",
            "The primary study as it is printed.",
            required=True,
            empty="not allowed",
        ),
        Column(
            "certainty",
            "Certainty",
            "How sure it is that the review includes the study.",
            vocabulary="certainty",
            required=True,
            empty="not allowed",
        ),
        source(),
        note(),
    ),
    unique=(("review_id", "study_id"),),
)
