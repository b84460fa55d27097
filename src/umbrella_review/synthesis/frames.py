"""Results of a synthesis as data frames, one section at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from umbrella_review.effects.measures import MEASURES
from umbrella_review.pooling.distributions import critical
from umbrella_review.pooling.model import weights_percent
from umbrella_review.pooling.refusals import wrong_option
from umbrella_review.synthesis.batch import Numbers
from umbrella_review.synthesis.entries import Entry
from umbrella_review.synthesis.models import model_entries

if TYPE_CHECKING:
    from umbrella_review.synthesis.run import Synthesis

MODELS, STUDIES, CUMULATIVE, LARGEST = "models", "studies", "cumul", "largest_study"
#: Sections with one row a study.
BY_STUDY = ("leave1out", "influence", CUMULATIVE)
_ENDS = ("", "_lb", "_ub")
_ON_SCALE = ("yi", "estimate", "ci_lb", "ci_ub", "pi_lb", "pi_ub", "pi_riley_lb", "pi_riley_ub")


def frame_of(synthesis: Synthesis, section: str) -> pd.DataFrame:
    """Return a section of the results.

    Parameters
    ----------
    synthesis : Synthesis
        The results.
    section : str
        ``models``, ``studies`` or the name of a diagnostic.

    Returns
    -------
    DataFrame
        With the columns `analysis` and `measure` first; of sections by study also `study`.

    Raises
    ------
    StatisticsError
        If there is no such section, or it was not computed.
    """
    computed = tuple(synthesis.diagnostics[0]) if synthesis.diagnostics else ()
    if section not in {MODELS, STUDIES, *computed}:
        raise wrong_option("section", section, (MODELS, STUDIES, *computed))
    if section == STUDIES:
        return studies_frame(synthesis)
    entries: Sequence[Any] = model_entries(synthesis.batch, synthesis.models)
    if section != MODELS:
        entries = [one[section] for one in synthesis.diagnostics]
    names = _study_names(synthesis)
    rows = [
        {"analysis": analysis, "measure": synthesis.table.measure, **row}
        for analysis, of_one, studies in zip(synthesis.batch.names, entries, names, strict=True)
        for row in _rows(of_one, section, studies)
    ]
    return pd.DataFrame(rows)


def studies_frame(synthesis: Synthesis) -> pd.DataFrame:
    """Return the studies of all analyses.

    Parameters
    ----------
    synthesis : Synthesis
        The results.

    Returns
    -------
    DataFrame
        One row a study whose effect is known: `analysis`, `measure`, `study`, `yi`, `vi`, `se`,
        `ci_lb`, `ci_ub` (normal, 95%), `ni`, `year`, `weight_pct` in the first model, then the
        other columns of the table, as numbers where all of their cells are.
    """
    table, batch = synthesis.table, synthesis.batch
    rows = _rows_in_order(synthesis)
    there = np.isfinite(batch.yi)
    tau2 = synthesis.models[0].fit.tau2
    se = np.sqrt(table.vi[rows])
    margin = critical(0.95, np.full(se.shape, np.nan)) * se
    frame = pd.DataFrame(
        {
            "analysis": [table.analyses[row] for row in rows],
            "measure": table.measure,
            "study": [name for names in _study_names(synthesis) for name in names],
            "yi": table.yi[rows],
            "vi": table.vi[rows],
            "se": se,
            "ci_lb": table.yi[rows] - margin,
            "ci_ub": table.yi[rows] + margin,
            "ni": table.ni[rows],
            "year": table.year[rows],
            "weight_pct": weights_percent(batch.yi, batch.vi, tau2)[there],
        }
    )
    others = {
        name: _as_numbers([cells[row] for row in rows])
        for name, cells in table.further.items()
        if name not in frame
    }
    return frame.assign(**others)


def back_transformed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return results of ratios as ratios, no longer as logarithms.

    Parameters
    ----------
    frame : DataFrame
        With the column `measure`, and estimates and the ends of their intervals.

    Returns
    -------
    DataFrame
        Standard errors, variances and tests stay those of the logarithms.
    """
    logarithms = {code for code, measure in MEASURES.items() if measure.logarithm}
    ratio = frame["measure"].isin(logarithms)
    columns = [name for name in _ON_SCALE if name in frame]
    changed = {name: frame[name].where(~ratio, np.exp(frame[name])) for name in columns}
    return frame.assign(**changed)


def _rows(of_one: Any, section: str, studies: Sequence[str]) -> Iterable[Entry]:
    """Return the rows of one analysis in one section."""
    if section == CUMULATIVE:
        order = of_one["order"]
        entered = studies if isinstance(order, str) else [studies[place - 1] for place in order]
        return [row for one in of_one["results"] for row in _spread(one, entered)]
    entries: list[Entry] = [of_one] if isinstance(of_one, dict) else of_one
    if section in BY_STUDY:
        return [row for one in entries for row in _spread(one, studies)]
    if section == LARGEST:
        places = (one["index_1based"] for one in entries)
        names = [None if place is None else studies[place - 1] for place in places]
        return [{"study": name, **_flat(one)} for name, one in zip(names, entries, strict=True)]
    return [_flat(one) for one in entries]


def _spread(entry: Entry, studies: Sequence[str]) -> list[Entry]:
    """Return an entry that holds lists as one row a study."""
    return [
        {
            "study": study,
            **{
                name: item[place] if len(item) else np.nan
                for name, item in entry.items()
                if _is_list(item)
            },
            **{name: item for name, item in entry.items() if not _is_list(item)},
        }
        for place, study in enumerate(studies)
    ]


def _flat(entry: Entry) -> Entry:
    """Return an entry without its lists; estimates with their ends become three numbers."""
    row: Entry = {}
    for name, item in entry.items():
        if not _is_list(item):
            row[name] = item
        elif len(item) == len(_ENDS) and name in {"tau2", "tau", "I2", "H2"}:
            row |= {f"{name}{end}": value for end, value in zip(_ENDS, item, strict=True)}
    return row


def _is_list(item: object) -> bool:
    return isinstance(item, (list, np.ndarray))


def _rows_in_order(synthesis: Synthesis) -> list[int]:
    """Return the rows of the table whose effects are known, in the order of the batch."""
    table = synthesis.table
    places = {name: place for place, name in enumerate(synthesis.batch.names)}
    known = np.flatnonzero(np.isfinite(table.yi) & np.isfinite(table.vi)).tolist()
    return sorted(known, key=lambda row: places[table.analyses[row]])


def _study_names(synthesis: Synthesis) -> list[list[str]]:
    """Return the names of the studies of each analysis, numbers where the table has none."""
    given = synthesis.table.further.get("study")
    rows = iter(_rows_in_order(synthesis))
    return [
        [given[next(rows)] if given else str(place + 1) for place in range(k)]
        for k in synthesis.batch.k.tolist()
    ]


def _as_numbers(cells: list[str]) -> list[str] | Numbers:
    known = [cell for cell in cells if cell not in {"", "NA"}]
    try:
        for cell in known:
            float(cell)
    except ValueError:
        return cells
    return np.array([float(cell) if cell in known else np.nan for cell in cells])
