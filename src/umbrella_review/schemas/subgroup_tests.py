"""The contract of ``data/subgroup_tests.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import key, note, review_id, source
from umbrella_review.schemas.model import Column, RowCheck, TableSchema

SUBGROUP_TESTS = TableSchema(
    name="subgroup_tests",
    title="Tests between subgroups",
    description="A comparison of subgroups that an included review reports.",
    key="test_id",
    named_by=("review_id", "moderator"),
    columns=(
        key("test_id", "Test", "the comparison"),
        review_id("The review that reports it."),
        Column(
            "whole_id",
            "Whole",
            "Pooled result whose trials are divided into subgroups.",
            required=True,
            references="estimates.estimate_id",
            empty="not allowed",
        ),
        Column(
            "moderator",
            "Moderator",
            "By what the trials are divided.",
            required=True,
            empty="not allowed",
        ),
        Column(
            "subgroup_ids",
            "Subgroups",
            "Results of the subgroups.",
            "list",
            references="estimates.estimate_id",
        ),
        Column("q", "Q", "Q between subgroups as reported.", "number", minimum=0),
        Column("q_df", "Degrees of freedom", "Subgroups less one.", "integer", minimum=1),
        Column("q_p_reported", "p of Q", "P value of Q as printed.", pattern=r"<?0?\.\d+"),
        Column(
            "statement",
            "Statement",
            "What the review says of the comparison, in other words.",
            required=True,
            empty="not allowed",
        ),
        source(),
        note(),
    ),
    unique=(("whole_id", "moderator"),),
    checks=(
        RowCheck(
            "needs",
            ("q", "q_df"),
            "q_df",
            "the degrees of freedom where there is a Q",
            "Subgroups less one.",
        ),
    ),
)
