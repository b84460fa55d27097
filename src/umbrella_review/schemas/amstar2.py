"""The contract of ``data/amstar2.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import note, source
from umbrella_review.schemas.model import Column, RowCheck, TableSchema

AMSTAR2 = TableSchema(
    name="amstar2",
    title="AMSTAR 2 ratings",
    description="Overall AMSTAR 2 rating of one included review.",
    key="review_id",
    named_by=("review_id", "rating"),
    columns=(
        Column(
            "review_id",
            "Review",
            "The review that was rated; one row each.",
            required=True,
            references="reviews.review_id",
            empty="not allowed",
        ),
        Column(
            "rating",
            "Rating",
            "Overall confidence in the results of the review.",
            vocabulary="rating",
            empty="not known; see possible_ratings",
        ),
        Column(
            "rating_basis",
            "Basis",
            "Where the rating is known from.",
            vocabulary="rating_basis",
            required=True,
            empty="not allowed",
        ),
        Column(
            "possible_ratings",
            "Possible ratings",
            "The ratings that the sources leave open; the rating itself where it is known.",
            "list",
            vocabulary="rating",
            required=True,
            empty="not allowed",
        ),
        source(),
        note(),
    ),
    checks=(
        RowCheck(
            "member",
            ("rating", "possible_ratings"),
            "rating",
            "a rating that is among possible_ratings",
            "Where the rating is known, possible_ratings holds it alone.",
        ),
    ),
)
