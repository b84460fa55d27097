"""Columns that say which outcome, when, in whom and in which format an effect was measured."""

from __future__ import annotations

from umbrella_review.schemas.model import Column

OUTCOME = (
    Column(
        "outcome_domain",
        "Outcome domain",
        "Domain of the outcome.",
        vocabulary="outcome_domain",
        required=True,
        empty="not allowed",
    ),
    Column(
        "outcome_group",
        "Outcome group",
        "Group of outcomes within the domain.",
        vocabulary="outcome_group",
        required=True,
        empty="not allowed",
    ),
    Column(
        "outcome", "Outcome", "Outcome as the source names it.", required=True, empty="not allowed"
    ),
    Column(
        "timepoint",
        "Time point",
        "When it was measured, as the source says.",
        required=True,
        empty="not allowed",
    ),
    Column(
        "followup_class",
        "Follow-up class",
        "Class of the time point.",
        vocabulary="followup_class",
        required=True,
        empty="not allowed",
    ),
    Column(
        "followup_basis",
        "Basis of the class",
        "Where the class of the time point is known from.",
        vocabulary="followup_basis",
        required=True,
        empty="not allowed",
    ),
)
