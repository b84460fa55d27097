"""A comparison as a document for programs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from umbrella_review.release.changes.causes import Cause
from umbrella_review.release.changes.compare import Comparison
from umbrella_review.release.changes.consequence import KINDS, Consequence
from umbrella_review.release.changes.explain import BASES
from umbrella_review.release.changes.rows import RowChange


def document_of(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON holds it; ``docs/diff.md`` describes the fields.

    Parameters
    ----------
    comparison : Comparison
        The comparison.

    Returns
    -------
    dict
        ``old``, ``new``, ``same``, ``counts``, ``bases``, ``causes`` and ``consequences``.
    """
    counts = Counter(one.kind for one in comparison.consequences)
    return {
        "old": comparison.old,
        "new": comparison.new,
        "same": comparison.same,
        "counts": {kind: counts[kind] for kind in KINDS},
        "not_explained": len(comparison.unexplained),
        "bases": BASES,
        "causes": [_cause(one, comparison) for one in comparison.causes],
        "consequences": [_consequence(one) for one in comparison.consequences],
    }


def _cause(one: Cause, comparison: Comparison) -> dict[str, Any]:
    return {
        "cause_id": one.cause_id,
        "kind": one.kind,
        "title": one.title,
        "rows": [_row(change) for change in one.rows],
        "details": [{"what": d.what, "old": d.old, "new": d.new} for d in one.details],
        "n_consequences": len(comparison.of(one)),
    }


def _row(change: RowChange) -> dict[str, Any]:
    cells = [{"column": name, "old": old, "new": new} for name, old, new in change.own_cells]
    about = {"table": change.table, "row": change.row, "kind": change.kind}
    if change.kind == "changed":
        return {**about, "cells": cells}
    return {**about, "old": change.old, "new": change.new}


def _consequence(one: Consequence) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "what": one.what,
        "title": one.title,
        "old": one.old,
        "new": one.new,
        "notes": list(one.notes),
        "cited": list(one.cited),
        "causes": list(one.explained.causes),
        "basis": one.explained.basis,
    }
