"""Columns and checks that several tables share."""

from __future__ import annotations

from umbrella_review.schemas.model import BIBLIOGRAPHY, Column, RowCheck

IDENTIFIER = r"[a-z0-9_]+"


def key(name: str, title: str, row: str) -> Column:
    """Return the column that identifies a row; `row` says what a row is.

    Parameters
    ----------
    name : str
        Name of the column.
    title : str
        Head for readers.
    row : str
        What it identifies, e.g. ``the review``.

    Returns
    -------
    Column
        Required, in lower case without blanks.
    """
    return Column(
        name, title, f"Identifies {row}.", required=True, pattern=IDENTIFIER, empty="not allowed"
    )


def review_id(
    description: str = "The included review that the row is about.",
    *,
    required: bool = True,
    empty: str = "not allowed",
) -> Column:
    """Return the column that names one included review.

    Parameters
    ----------
    description : str
        What the reviews have to do with the row.
    required : bool, optional
        Whether it must be filled.
    empty : str, optional
        How an empty cell is to be read.

    Returns
    -------
    Column
        Refers to the table of reviews.
    """
    return Column(
        "review_id",
        "Review",
        description,
        required=required,
        references="reviews.review_id",
        empty=empty,
    )


def review_ids(description: str, *, required: bool = True, empty: str = "not allowed") -> Column:
    """Return the column that lists included reviews.

    Parameters
    ----------
    description : str
        What the reviews have to do with the row.
    required : bool, optional
        Whether it must be filled.
    empty : str, optional
        How an empty cell is to be read.

    Returns
    -------
    Column
        Refers to the table of reviews.
    """
    return Column(
        "review_ids",
        "Reviews",
        description,
        "list",
        required=required,
        references="reviews.review_id",
        empty=empty,
    )


def source() -> Column:
    """Return the column that says where the facts of a row were read.

    Returns
    -------
    Column
        Refers to the bibliography.
    """
    return Column(
        "source",
        "Source",
        "Where the facts of the row were read: keys of the bibliography, each with a place in "
        "brackets if need be, or page addresses; joined by space, bar, space.",
        required=True,
        references=BIBLIOGRAPHY,
        empty="not allowed",
    )


def locator() -> Column:
    """Return the column that says where in the source the row stands.

    Returns
    -------
    Column
        Required text.
    """
    return Column(
        "locator",
        "Place in the source",
        "Section and paragraph of the source.",
        required=True,
        empty="not allowed",
    )


def note() -> Column:
    """Return the column of remarks.

    Returns
    -------
    Column
        Free text.
    """
    return Column(
        "note",
        "Note",
        "Remark of those who entered the data.",
        empty="there is nothing to remark",
    )


def interval_checks() -> tuple[RowCheck, ...]:
    """Return the checks of an effect with its confidence interval.

    Returns
    -------
    tuple of RowCheck
        For tables with measure, estimate, ci_lb and ci_ub.
    """
    return (
        RowCheck(
            "ascending",
            ("ci_lb", "estimate", "ci_ub"),
            "estimate",
            "an estimate within its confidence interval (ci_lb <= estimate <= ci_ub)",
            "Compare the three numbers with the source.",
        ),
        RowCheck(
            "together",
            ("ci_lb", "ci_ub"),
            "ci_lb",
            "both limits of the confidence interval or neither",
            "Add the missing limit, or empty both cells.",
        ),
        RowCheck(
            "needs",
            ("ci_lb", "estimate"),
            "estimate",
            "an estimate where there is a confidence interval",
            "Add the estimate, or empty the limits.",
        ),
        RowCheck(
            "needs",
            ("estimate", "measure"),
            "measure",
            "a measure where there is an estimate",
            "Say what the estimate is: SMD, MD, RR or OR.",
        ),
    )


def size_check() -> RowCheck:
    """Return the check that two groups make up the whole sample.

    Returns
    -------
    RowCheck
        For tables with n_intervention, n_control and n_total.
    """
    return RowCheck(
        "sum",
        ("n_total", "n_intervention", "n_control"),
        "n_total",
        "the sum of n_intervention and n_control",
        "Compare the three numbers with the source.",
    )
