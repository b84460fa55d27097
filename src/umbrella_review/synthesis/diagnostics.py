"""All diagnostics of a batch under the names of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from umbrella_review.synthesis.batch import Batch
from umbrella_review.synthesis.bias_entries import (
    fsn_entries,
    largest_entries,
    ranktest_entries,
    regtest_entries,
    tes_entries,
)
from umbrella_review.synthesis.entries import Entry
from umbrella_review.synthesis.refit_entries import (
    birge_entries,
    confint_entries,
    cumul_entries,
    influence_entries,
    leave1out_entries,
    trimfill_entries,
)

_SECTIONS: Mapping[str, Callable[[Batch], Sequence[Any]]] = {
    "birge": birge_entries,
    "confint": confint_entries,
    "regtest": regtest_entries,
    "ranktest": ranktest_entries,
    "trimfill": trimfill_entries,
    "leave1out": leave1out_entries,
    "cumul": cumul_entries,
    "fsn": fsn_entries,
    "tes": tes_entries,
    "influence": influence_entries,
    "largest_study": largest_entries,
}


def diagnostics_of(batch: Batch) -> tuple[Entry, ...]:
    """Return all diagnostics of each analysis.

    Parameters
    ----------
    batch : Batch
        The analyses.

    Returns
    -------
    tuple of dict
        In the order of the analyses: sections by name.
    """
    sections = {name: of_batch(batch) for name, of_batch in _SECTIONS.items()}
    return tuple(
        {name: section[place] for name, section in sections.items()}
        for place in range(len(batch.names))
    )
