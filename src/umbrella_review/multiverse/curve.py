"""The specification curve as data: different results in order, with the choices behind each."""

from __future__ import annotations

import pandas as pd

from umbrella_review.multiverse.flips import REFERENCE
from umbrella_review.multiverse.table import EMPTY, axes_of

SEPARATOR = ": "  # between axis and option in names of columns
_SAME = ["subset", "estimate", "ci_lb", "ci_ub"]
_FACTS = [*_SAME, "significant", "k"]
COLUMNS = (*_FACTS, "n_specifications", REFERENCE)  # of every curve


def varied_axes(table: pd.DataFrame, without: str = "") -> list[str]:
    """Return the axes that offer a choice.

    Parameters
    ----------
    table : DataFrame
        From `umbrella_review.multiverse.table.specifications`.
    without : str, optional
        An axis to pass over, such as the prediction interval, which changes no estimate.

    Returns
    -------
    list of str
        Those with several options.
    """
    return [
        axis for axis in axes_of(table) if axis != without and len(table[axis].cat.categories) > 1
    ]


def curve(flipped: pd.DataFrame, axes: list[str]) -> pd.DataFrame:
    """Gather specifications with the same result and sort them by estimate.

    Parameters
    ----------
    flipped : DataFrame
        From `umbrella_review.multiverse.flips.with_flips`.
    axes : list of str
        The choices that are shown.

    Returns
    -------
    DataFrame
        One row a different result, smallest estimate first: `subset`, `estimate`, `ci_lb`,
        `ci_ub`, `significant`, `k`, `n_specifications` that lead to it, `reference` (whether that
        is one of them), and for each option a column ``<axis>: <option>`` with the share, from 0
        to 1, of these specifications that have it. Empty specifications have no place here.
    """
    rows = flipped[flipped["result"].ne(EMPTY)]
    options = {
        f"{axis}{SEPARATOR}{option}": rows[axis].eq(option).astype(float)
        for axis in axes
        for option in rows[axis].cat.categories
    }
    wide = pd.DataFrame({**{name: rows[name] for name in (*_FACTS, REFERENCE)}, **options})
    groups = wide.groupby(_SAME, dropna=False, sort=False)
    facts = groups.agg(
        significant=("significant", "first"),
        k=("k", "first"),
        n_specifications=("k", "size"),
        reference=(REFERENCE, "max"),
    )
    found = facts.join(groups[list(options)].mean()).reset_index()
    return found.sort_values(["estimate", "ci_lb"], kind="stable").reset_index(drop=True)


def option_rows(found: pd.DataFrame, axes: list[str]) -> pd.DataFrame:
    """Return the options of a curve with how often they lead to a significant result.

    Parameters
    ----------
    found : DataFrame
        From `curve`.
    axes : list of str
        As given to `curve`.

    Returns
    -------
    DataFrame
        One row an option: `axis`, `option`, `column` (of `found`), `n` specifications whose
        significance can be told, and the `share` of significant ones in percent, missing for 0.
    """
    weights = found["n_specifications"]
    judged, significant = found["significant"].notna(), found["significant"].eq(True).fillna(False)
    rows = []
    names = list(found.columns)
    for column in names[names.index(REFERENCE) + 1 :]:
        axis = max((name for name in axes if column.startswith(name + SEPARATOR)), key=len)
        n = found[column] * weights * judged
        share = 100 * (n * significant).sum() / n.sum() if n.sum() else float("nan")
        option = column.removeprefix(axis + SEPARATOR)
        rows.append((axis, option, column, round(float(n.sum())), share))
    return pd.DataFrame(rows, columns=["axis", "option", "column", "n", "share"])
