"""What figures of coded findings say: how many there are, of which kind, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from umbrella_review.figures.frame import Frame
from umbrella_review.narrative.findings import TOTAL, UNKNOWN
from umbrella_review.words import agreeing, counted, enumerate_words, uncapitalised


@dataclass(frozen=True)
class FindingNouns:
    """What rows and columns of a figure of findings are.

    Parameters
    ----------
    row, column : str
        In the singular, e.g. ``review`` and ``domain``.
    table : str
        Name of the table of the findings.
    """

    row: str
    column: str
    table: str


def matrix_frame(
    counts: pd.DataFrame,
    columns: Mapping[str, str],
    kinds: Mapping[str, str],
    nouns: FindingNouns,
) -> Frame:
    """Return the frame of a matrix of counts.

    Parameters
    ----------
    counts : DataFrame
        `row`, `column`, `kind`, `n_findings`, with `TOTAL` margins.
    columns, kinds : mapping of str to str
        Printed labels.
    nouns : FindingNouns
        What rows and columns are.

    Returns
    -------
    Frame
        The message names the column with the most findings.
    """
    whole = counts[counts["row"].eq(TOTAL)]
    by_column = whole.groupby("column")["n_findings"].sum()
    n = int(by_column[TOTAL])
    filled = counts.loc[counts["n_findings"].gt(0), "row"]
    rows = filled[~filled.isin([TOTAL, UNKNOWN])].nunique()
    most = max(columns, key=lambda key: by_column[key]) if n else ""
    k = int(by_column.get(most, 0))
    parts = {
        str(column): dict(zip(cells["kind"], cells["n_findings"], strict=True))
        for column, cells in whole.groupby("column")
    }
    told = [f"{label}: {_kinds(parts[key], kinds)}." for key, label in columns.items()]
    return Frame(
        f"{k} of {counted(n, 'finding')} {agreeing(k, 'is', 'are')} on "
        f"{uncapitalised(columns.get(most, ''))}",
        f"Number of findings by {nouns.row} and {nouns.column}, n = {n} in "
        f"{counted(rows, nouns.row)}: {_kinds(parts[TOTAL], kinds)}",
        (nouns.table, "reviews"),
        told=" ".join(told),
    )


def bars_frame(
    table: pd.DataFrame, groups: Mapping[str, str], kinds: Mapping[str, str], nouns: FindingNouns
) -> Frame:
    """Return the frame of bars to both sides.

    Parameters
    ----------
    table : DataFrame
        Groups as index, a column of counts for each kind.
    groups : mapping of str to str
        Printed labels of the groups.
    kinds : mapping of str to str
        Printed labels of three kinds: against (left), for (right), undecided (aside).
    nouns : FindingNouns
        What groups are: `FindingNouns.column`.

    Returns
    -------
    Frame
        The message counts the groups in which more speaks for than against.
    """
    against, favour, _ = kinds
    more = int(table[favour].gt(table[against]).sum())
    rows = table[list(kinds)].to_dict("index")
    told = [f"{label}: {_kinds(rows[key], kinds)}." for key, label in groups.items()]
    totals = {kind: int(table[kind].sum()) for kind in kinds}
    return Frame(
        f"{kinds[favour]}s outnumber {uncapitalised(kinds[against])}s in {more} of "
        f"{counted(len(table), nouns.column)}",
        f"Number of findings by {nouns.column}, n = {sum(totals.values())}: "
        f"{_kinds(totals, kinds)}",
        (nouns.table,),
        told=" ".join(told),
    )


def _kinds(counts: Mapping[Any, Any], kinds: Mapping[str, str]) -> str:
    return enumerate_words(
        [f"{uncapitalised(label)} {int(counts[kind])}" for kind, label in kinds.items()]
    )
