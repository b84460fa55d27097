"""The contract of ``data/study_effects.csv``."""

from __future__ import annotations

from dataclasses import replace

from umbrella_review.schemas.common import interval_checks, key, note, size_check, source
from umbrella_review.schemas.model import Column, TableSchema
from umbrella_review.schemas.studies import (
    COUNTRY,
    DESIGNS,
    GROUPS,
    IN_POOLED_ANALYSIS,
    POPULATION,
    REVIEW_ID,
    SOURCE_REVIEW,
    STUDY_ID,
    STUDY_LABEL,
)

_ARMS = (
    Column(
        "events_intervention",
        "Events, intervention",
        "Participants with the event in the intervention group.",
        "integer",
        unit="participants",
        minimum=0,
    ),
    Column(
        "events_control",
        "Events, control",
        "Participants with the event in the control group.",
        "integer",
        unit="participants",
        minimum=0,
    ),
    Column(
        "percent_intervention",
        "Share, intervention",
        "Share with the event in the intervention group, as reported.",
        "number",
        unit="%",
        minimum=0,
        maximum=100,
    ),
    Column(
        "percent_control",
        "Share, control",
        "Share with the event in the control group, as reported.",
        "number",
        unit="%",
        minimum=0,
        maximum=100,
    ),
    Column(
        "mean_intervention",
        "Mean, intervention",
        "Mean of the intervention group.",
        "number",
        unit="of the outcome",
    ),
    Column(
        "mean_control",
        "Mean, control",
        "Mean of the control group.",
        "number",
        unit="of the outcome",
    ),
)

_EFFECT = (
    Column("measure", "Measure", "Effect measure.", vocabulary="measure"),
    Column(
        "estimate",
        "Estimate",
        "Effect as reported, sign as in the source; ratios are not logarithms.",
        "number",
        unit="of the measure",
    ),
    Column("ci_lb", "Lower limit", "Lower 95% confidence limit.", "number", unit="of the measure"),
    Column("ci_ub", "Upper limit", "Upper 95% confidence limit.", "number", unit="of the measure"),
    Column(
        "se",
        "Standard error",
        "Standard error of the estimate, where reported or derived (see note).",
        "number",
        minimum=0,
    ),
    Column("p_reported", "p as reported", "P value as the source prints it.", pattern=r"<?0?\.\d+"),
    Column("statistic", "Statistic", "Any other statistic, as the source prints it."),
    Column(
        "higher_is_better",
        "Higher is better",
        "Whether a higher value of the outcome is better for the participant; judged by those who "
        "entered the data.",
        "boolean",
        empty="cannot be judged",
    ),
)

STUDY_EFFECTS = TableSchema(
    name="study_effects",
    title="Results of primary studies",
    description="One result of one primary study.",
    key="study_effect_id",
    named_by=("study_label", "outcome"),
    columns=(
        key("study_effect_id", "Row", "the result"),
        REVIEW_ID,
        SOURCE_REVIEW,
        replace(STUDY_ID, required=False, empty="the source does not name the study"),
        STUDY_LABEL,
        COUNTRY,
        DESIGNS,
        POPULATION,
        Column(
            "outcome",
            "Outcome",
            "Outcome as the source names it.",
            required=True,
            empty="not allowed",
        ),
        Column("timepoint", "Time point", "When it was measured."),
        *GROUPS,
        *_ARMS,
        *_EFFECT,
        IN_POOLED_ANALYSIS,
        source(),
        note(),
    ),
    checks=(*interval_checks(), size_check()),
)
