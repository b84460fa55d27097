"""The columns of a rule by which a number follows from the tables."""

from __future__ import annotations

from umbrella_review.schemas.model import Column

_PATH = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?"


def rule_columns(*, required: bool) -> tuple[Column, ...]:
    """Return the five columns of a rule.

    The language is described in `umbrella_review.audit.rules`, the operations stand in
    `umbrella_review.audit.operations`.

    Parameters
    ----------
    required : bool
        Whether each row must have a rule.

    Returns
    -------
    tuple of Column
        In the order of the file.
    """
    return (
        Column(
            "table",
            "Table",
            "Table of the data from which the number is recomputed.",
            empty="the number is not recomputed",
        ),
        Column(
            "where",
            "Where",
            "Conditions on its rows, joined by semicolons: column, sign, value. Signs: = is, "
            "!= is not, ~ holds (part of a list, or of a text), !~ does not hold, ^ starts with; "
            "alternatives are joined by |, no value means an empty cell, and key.column is a "
            "column of the row that the key refers to.",
            empty="all rows",
        ),
        Column(
            "operation",
            "Operation",
            "What is computed from these rows: count, count_distinct, share_percent, sum, "
            "minimum, maximum, lookup, difference, relative_fall_percent, "
            "count_excluding_no_effect, shared_figures, z_from_interval, p_from_interval, "
            "i2_from_q, df_from_k, or none where it cannot be recomputed.",
            required=required,
            pattern=r"[a-z][a-z0-9_]*",
            empty="not allowed" if required else "there is no rule",
        ),
        Column(
            "column",
            "Column",
            "Column that the operation works on; with the operation none, the column that would "
            "be needed.",
            pattern=_PATH,
            empty="the operation needs none",
        ),
        Column(
            "argument",
            "Argument",
            "Conditions of the row whose number is taken away, with the operation difference.",
            empty="the operation needs none",
        ),
    )
