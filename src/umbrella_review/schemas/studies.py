"""Columns that the tables of primary studies share."""

from __future__ import annotations

from umbrella_review.schemas.common import IDENTIFIER, review_id
from umbrella_review.schemas.model import Column

REVIEW_ID = review_id(
    "The included review that holds the study.",
    required=False,
    empty="the study is known from a review that is not included",
)
SOURCE_REVIEW = Column(
    "source_review",
    "Known from",
    "The publication that the facts were read in.",
    required=True,
    empty="not allowed",
)
STUDY_ID = Column(
    "study_id",
    "Primary study",
    "The primary study; the same in all tables.",
    required=True,
    pattern=IDENTIFIER,
    empty="not allowed",
)
STUDY_LABEL = Column(
    "study_label",
    "Label",
    "The primary study as it is printed.",
    required=True,
    empty="not allowed",
)
COUNTRY = Column("country", "Country", "Where the study was done.")
DESIGNS = Column("designs", "Design", "Design of the study and its features.", "list")
POPULATION = Column("population", "Population", "Whom the study is about.")
GROUPS = tuple(
    Column(name, title, description, "integer", unit="participants", minimum=0)
    for name, title, description in (
        ("n_intervention", "In the intervention group", "Participants in the intervention group."),
        ("n_control", "In the control group", "Participants in the control group."),
        ("n_total", "Participants", "Participants in all groups."),
    )
)
IN_POOLED_ANALYSIS = Column(
    "in_pooled_analysis",
    "Pooled",
    "Whether the review's pooled analysis holds the study's result.",
    vocabulary="pooled",
    required=True,
    empty="not allowed",
)
