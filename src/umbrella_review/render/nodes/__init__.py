"""Making elements of pandoc's document tree."""

from __future__ import annotations

from umbrella_review.render.nodes.blocks import code_block, details, div, header, para, plain, raw
from umbrella_review.render.nodes.inlines import (
    attributes,
    image,
    link,
    span,
    string,
    strong,
    words,
)
from umbrella_review.render.nodes.tables import table
from umbrella_review.render.nodes.values import is_value, without_values

__all__ = [
    "attributes",
    "code_block",
    "details",
    "div",
    "header",
    "image",
    "is_value",
    "link",
    "para",
    "plain",
    "raw",
    "span",
    "string",
    "strong",
    "table",
    "without_values",
    "words",
]
