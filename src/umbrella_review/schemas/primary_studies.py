"""The contract of ``data/primary_studies.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import key, note, size_check, source
from umbrella_review.schemas.model import Column, TableSchema
from umbrella_review.schemas.studies import (
    COUNTRY,
    DESIGNS,
    GROUPS,
    POPULATION,
    REVIEW_ID,
    SOURCE_REVIEW,
    STUDY_ID,
    STUDY_LABEL,
)

PRIMARY_STUDIES = TableSchema(
    name="primary_studies",
    title="Primary studies",
    description="One primary study of which characteristics are known.",
    key="primary_study_id",
    named_by=("review_id", "study_label"),
    columns=(
        key("primary_study_id", "Row", "the row"),
        REVIEW_ID,
        SOURCE_REVIEW,
        STUDY_ID,
        STUDY_LABEL,
        Column(
            "reference_number",
            "Reference number",
            "Number of the study in the reference list of the source.",
            empty="the source gives no number",
        ),
        COUNTRY,
        DESIGNS,
        POPULATION,
        *GROUPS,
        Column("role_type", "Role", "Place of the role in the team.", vocabulary="role_type"),
        Column(
            "support_components",
            "Support components",
            "Number of ways in which the organisation supported those in the role.",
            "integer",
            unit="components",
            minimum=0,
        ),
        Column(
            "support_level",
            "Support level",
            "Class of that support.",
            vocabulary="support_level",
        ),
        Column(
            "low_moderate_rob",
            "Low or moderate risk of bias",
            "Whether the source rates the risk of bias as low to moderate.",
            "boolean",
        ),
        source(),
        note(),
    ),
    unique=(("study_id",),),
    checks=(size_check(),),
)
