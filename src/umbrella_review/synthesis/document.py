"""The results of a synthesis as one document."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import Any

import numpy as np

from umbrella_review.synthesis.columns import is_given
from umbrella_review.synthesis.models import model_entries
from umbrella_review.synthesis.run import Synthesis

_DISTRIBUTIONS = ("umbrella-review", "numpy", "scipy")


def document_of(synthesis: Synthesis) -> dict[str, Any]:
    """Return all results under the names that the field uses.

    Parameters
    ----------
    synthesis : Synthesis
        The results.

    Returns
    -------
    dict
        ``software``, ``source``, ``left_out`` and ``analyses``: effects, models and, where
        asked for, diagnostics of each analysis.
    """
    entries = model_entries(synthesis.batch, synthesis.models)
    analyses = {}
    for place, name in enumerate(synthesis.batch.names):
        analyses[name] = {**_effects(synthesis, place), "models": entries[place]}
        if synthesis.diagnostics:
            analyses[name] |= synthesis.diagnostics[place]
    software = {name: metadata.version(name) for name in _DISTRIBUTIONS}
    return {
        "software": {**software, "python": platform.python_version()},
        "source": synthesis.table.where,
        "left_out": [
            {"analysis": row.analysis, "where": row.place, "reason": row.reason}
            for row in synthesis.left_out
        ],
        "analyses": analyses,
    }


def _effects(synthesis: Synthesis, place: int) -> dict[str, Any]:
    """Return the effects of the studies of one analysis, and all rows where some are left out."""
    yi, vi, ni, _ = synthesis.batch.studies(place)
    table = synthesis.table
    origin = f"{', '.join(table.used)} as given"
    if not is_given(table.used):
        origin = f"{table.measure} from {', '.join(table.used)}"
    effects: dict[str, Any] = {"escalc": origin, "k": len(yi), "yi": yi, "vi": vi}
    if len(ni) and np.isfinite(ni).all():
        effects["ni"] = ni
    all_yi, all_vi = synthesis.batch.given[place]
    if len(all_yi) > len(yi):
        effects |= {"escalc_yi": all_yi, "escalc_vi": all_vi}
    return effects
