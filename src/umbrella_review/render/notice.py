"""What a report says at its head when its results do not match their inputs."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import yaml

from umbrella_review.render.fields import listed, text
from umbrella_review.render.nodes import para, strong, words
from umbrella_review.render.tree import Node, Nodes
from umbrella_review.render.typst_blocks import literal

HEADING = "Draft: results do not match their inputs"


def notice_fields(lines: Sequence[str]) -> dict[str, Node]:
    """Return the fields of the templates for pages and print.

    Parameters
    ----------
    lines : sequence of str
        None where all results match.

    Returns
    -------
    dict of str to dict
        Pandoc's metadata; empty where there is nothing to say.
    """
    if not lines:
        return {}
    return {"notice-heading": text(HEADING), "notice": listed(text(line) for line in lines)}


def notice_blocks(lines: Sequence[str]) -> Nodes:
    """Return the notice for documents that have no place of their own for it.

    Parameters
    ----------
    lines : sequence of str
        None where all results match.

    Returns
    -------
    list of dict
        Blocks; empty where there is nothing to say.
    """
    return [para([strong(f"{HEADING}.")]), *(para(words(line)) for line in lines)] if lines else []


def quarto_profile(lines: Sequence[str]) -> str:
    """Return settings by which Quarto puts the notice before the text of pages and print.

    Parameters
    ----------
    lines : sequence of str
        At least one.

    Returns
    -------
    str
        A file of settings that Quarto merges with ``_quarto.yml``.
    """
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    page = (
        f'<aside class="notice" role="note"><p><strong>{html.escape(HEADING)}</strong></p>'
        f"<ul>{items}</ul></aside>"
    )
    printed = "".join(f"#list.item({literal(line)})\n" for line in lines)
    paper = f"#block(stroke: 1pt, inset: 8pt)[#strong({literal(HEADING)})\n{printed}]"
    before: dict[str, Any] = {
        name: {"include-before-body": [{"text": code}]}
        for name, code in (("html", page), ("typst", paper))
    }
    return yaml.safe_dump({"format": before}, allow_unicode=True, sort_keys=True)
