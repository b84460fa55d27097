"""Experience findings: perspectives against themes, and the balance by theme."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from umbrella_review.figures.count_matrix import count_matrix
from umbrella_review.figures.diverging_bars import diverging_bars
from umbrella_review.figures.findings_frame import FindingNouns
from umbrella_review.narrative.findings import TOTAL
from umbrella_review.narrative.themes import VALENCES
from umbrella_review.review import Review

_NOUNS = FindingNouns("perspective", "theme", "experience_findings")


def theme_matrix(counts: pd.DataFrame, review: Review) -> Figure:
    """Draw how many benefits, challenges and mixed findings each perspective gives per theme.

    Parameters
    ----------
    counts : DataFrame
        From `umbrella_review.narrative.themes.theme_by_perspective`.
    review : Review
        Gives the labels.

    Returns
    -------
    Figure
        One row a perspective, one column a theme, totals.
    """
    perspectives = [key for key in counts["row"].unique() if key != TOTAL]
    themes = [key for key in counts["column"].unique() if key != TOTAL]
    rows = {key: review.label("perspective", key) for key in perspectives}
    columns = {key: review.label("theme", key) for key in themes}
    kinds = {kind: review.label("valence", kind) for kind in VALENCES}
    return count_matrix(counts, rows, columns, kinds, _NOUNS)


def valence_bars(counts: pd.DataFrame, review: Review) -> Figure:
    """Draw benefits against challenges per theme.

    Parameters
    ----------
    counts : DataFrame
        From `umbrella_review.narrative.themes.theme_counts`.
    review : Review
        Gives the labels.

    Returns
    -------
    Figure
        One pair of bars a theme.
    """
    themes = {key: review.label("theme", key) for key in counts["theme"]}
    benefit, challenge, mixed = VALENCES
    kinds = {kind: review.label("valence", kind) for kind in (challenge, benefit, mixed)}
    return diverging_bars(counts, "theme", themes, kinds, _NOUNS)
