"""Experience findings by theme and perspective, and where accounts contrast."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pandas as pd

from umbrella_review.ledger import Value
from umbrella_review.narrative.finding_values import (
    Coding,
    common_values,
    group_values,
    support_values,
)
from umbrella_review.narrative.findings import grid, group_counts

TABLE = "experience_findings"
VALENCES = ("benefit", "challenge", "mixed")


def theme_counts(findings: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Return per theme the benefits, challenges and mixed findings, and the reviews behind.

    Parameters
    ----------
    findings : DataFrame
        Experience findings.
    themes : sequence of str
        In the order of print.

    Returns
    -------
    DataFrame
        As `umbrella_review.narrative.findings.group_counts`.
    """
    return group_counts(findings, "theme", themes, "valence", VALENCES)


def theme_by_perspective(
    findings: pd.DataFrame, themes: Sequence[str], perspectives: Sequence[str]
) -> pd.DataFrame:
    """Return the perspective x theme matrix of findings with totals.

    Parameters
    ----------
    findings : DataFrame
        Experience findings.
    themes, perspectives : sequence of str
        In the order of print.

    Returns
    -------
    DataFrame
        As `umbrella_review.narrative.findings.grid`: rows are perspectives, columns are themes.
    """
    kinds = ("valence", VALENCES)
    return grid(findings, ("perspective", perspectives), ("theme", themes), kinds)


def contrasts(
    findings: pd.DataFrame, themes: Sequence[str], perspectives: Sequence[str]
) -> pd.DataFrame:
    """Return the cells of theme and perspective in which accounts contrast.

    The rule: a cell contrasts when it holds at least one benefit and at least one challenge,
    or at least one finding that is itself mixed.

    Parameters
    ----------
    findings : DataFrame
        Experience findings.
    themes, perspectives : sequence of str
        In the order of print.

    Returns
    -------
    DataFrame
        `theme`, `perspective`, and per valence a tuple of finding ids; `both_sides` tells the
        cells with benefit and challenge from those with mixed findings alone.
    """
    cells = []
    for theme, perspective in product(themes, perspectives):
        part = findings[findings["theme"].eq(theme) & findings["perspective"].eq(perspective)]
        sides = {
            valence: tuple(part.loc[part["valence"].eq(valence), "finding_id"])
            for valence in VALENCES
        }
        both = bool(sides["benefit"] and sides["challenge"])
        if both or sides["mixed"]:
            cells.append({"theme": theme, "perspective": perspective, **sides, "both_sides": both})
    return pd.DataFrame(cells, columns=["theme", "perspective", *VALENCES, "both_sides"])


def values(
    topic: str,
    table: pd.DataFrame,
    findings: pd.DataFrame,
    *,
    kept: pd.DataFrame,
    themes: Sequence[str],
    perspectives: Sequence[str],
    names: pd.Series,
) -> list[Value]:
    """Return all that is recorded of the experience findings.

    Parameters
    ----------
    topic : str
        First part of the value ids.
    table, findings : DataFrame
        All findings, and those left after filtering.
    kept : DataFrame
        The reviews left after filtering.
    themes, perspectives : sequence of str
        All that the review knows.
    names : Series
        Short citations indexed by review id.

    Returns
    -------
    list of Value
        In no order that matters; ids are unique.
    """
    coding = Coding(topic, TABLE, "valence", VALENCES)
    found = contrasts(findings, themes, perspectives)
    both = int(found["both_sides"].sum())
    filled = len(findings[["theme", "perspective"]].drop_duplicates())
    cells = list(product(themes, perspectives))
    return [
        *common_values(coding, findings, kept, names),
        *group_values(coding, findings, ["theme"], [(theme,) for theme in themes]),
        *group_values(coding, findings, ["perspective"], [(word,) for word in perspectives]),
        *group_values(coding, findings, ["theme", "perspective"], cells),
        coding.distinct("n_themes", findings["theme"].nunique(), findings, "themes"),
        coding.distinct(
            "n_perspectives", findings["perspective"].nunique(), findings, "perspectives"
        ),
        coding.distinct("n_cells", len(cells), findings, "cells"),
        coding.distinct("n_cells_filled", filled, findings, "cells"),
        coding.distinct("n_cells_contrasting", len(found), findings, "cells"),
        coding.distinct("n_cells_both_sides", both, findings, "cells"),
        *support_values(coding, table, findings),
    ]
