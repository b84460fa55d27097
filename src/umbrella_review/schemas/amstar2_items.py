"""The contract of ``data/amstar2_items.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import key, locator, note, source
from umbrella_review.schemas.model import Column, RowCheck, TableSchema

AMSTAR2_ITEMS = TableSchema(
    name="amstar2_items",
    title="Weaknesses by AMSTAR 2 item",
    description="How many reviews are weak in one AMSTAR 2 item, or in a group of items.",
    key="item_group_id",
    named_by=("domain",),
    columns=(
        key("item_group_id", "Item group", "the item or group of items"),
        Column(
            "items",
            "Items",
            "Numbers of the items in the instrument.",
            "list",
            allowed=tuple(str(number) for number in range(1, 17)),
            required=True,
            empty="not allowed",
        ),
        Column("domain", "Domain", "What the items are about.", required=True, empty="not allowed"),
        Column(
            "critical",
            "Critical",
            "Whether the items are critical for the rating.",
            "boolean",
            required=True,
            empty="not allowed",
        ),
        Column(
            "n_with_weakness",
            "With weakness",
            "Reviews with a weakness.",
            "integer",
            unit="reviews",
            minimum=0,
        ),
        Column(
            "n_weaknesses",
            "Weaknesses",
            "Weaknesses of all reviews in all items of the group, each item counted on its own.",
            "integer",
            unit="weaknesses",
            minimum=0,
            empty="the group is one item, or they are not reported",
        ),
        Column(
            "n_scored",
            "Scored",
            "Reviews that were scored.",
            "integer",
            unit="reviews",
            required=True,
            minimum=0,
            empty="not allowed",
        ),
        locator(),
        source(),
        note(),
    ),
    checks=(
        RowCheck(
            "ascending",
            ("n_with_weakness", "n_weaknesses"),
            "n_weaknesses",
            "no fewer weaknesses than reviews that have one",
            "Compare both numbers with the source.",
        ),
        RowCheck(
            "ascending",
            ("n_with_weakness", "n_scored"),
            "n_with_weakness",
            "no more reviews with a weakness than were scored",
            "Compare both numbers with the source.",
        ),
    ),
)
