"""Citation matrix and corrected covered area (Pieper et al. 2014, J Clin Epidemiol 67:368-375)."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

# Upper ends of the bands in percent, and whether an end belongs to the band below it.
# Pieper et al. 2014: 0-5, 6-10, 11-15, over 15. GROOVE (Bracchiglione et al. 2022, Res Synth
# Methods 13:381-388): under 5, from 5, from 10, from 15.
_ENDS = (5, 10, 15)
_NAMES = ("slight", "moderate", "high", "very high")
_END_BELONGS_BELOW = {"pieper": True, "groove": False}


def citation_matrix(citations: pd.DataFrame) -> pd.DataFrame:
    """Return which review includes which primary study.

    Parameters
    ----------
    citations : DataFrame
        One row an inclusion, with `review_id` and `study_id`; repeated rows count once.

    Returns
    -------
    DataFrame of bool
        Studies as rows (r), reviews as columns (c), both in the order of their first rows.
    """
    matrix = pd.crosstab(citations["study_id"], citations["review_id"]).astype(bool)
    return matrix.reindex(
        index=citations["study_id"].unique(), columns=citations["review_id"].unique()
    )


def corrected_covered_area(matrix: pd.DataFrame) -> float:
    """Return the corrected covered area of a citation matrix, between 0 and 1.

    Parameters
    ----------
    matrix : DataFrame of bool
        Studies as rows, reviews as columns; rows without an inclusion are dropped first.

    Returns
    -------
    float
        Missing where it is not defined: fewer than two reviews, or no study.

    Notes
    -----
    Pieper et al. 2014 (J Clin Epidemiol 67:368-375): `covered_area` of what the matrix holds.
    """
    kept = matrix[matrix.any(axis=1)]
    return covered_area(int(kept.to_numpy().sum()), *kept.shape)


def covered_area(n_inclusions: int, n_studies: int, n_reviews: int) -> float:
    """Return the corrected covered area from counts: (N - r) / (r c - r).

    Parameters
    ----------
    n_inclusions : int
        All inclusions, N.
    n_studies : int
        Different primary studies, r.
    n_reviews : int
        Reviews, c.

    Returns
    -------
    float
        Missing where the denominator is not positive.

    Notes
    -----
    Pieper et al. 2014 (J Clin Epidemiol 67:368-375).
    """
    room = n_studies * n_reviews - n_studies
    return (n_inclusions - n_studies) / room if room > 0 else float("nan")


def pairwise(matrix: pd.DataFrame) -> pd.DataFrame:
    """Return the overlap of every two reviews.

    Parameters
    ----------
    matrix : DataFrame of bool
        Studies as rows, reviews as columns.

    Returns
    -------
    DataFrame
        Columns `review_a`, `review_b`, `n_a`, `n_b`, `n_shared` and `covered_area`, the shared
        studies as a part of all studies of the two.

    Notes
    -----
    The corrected covered area of two reviews is this part (Bracchiglione et al. 2022, Res Synth
    Methods 13:381-388).
    """
    rows = []
    for a, b in combinations(matrix.columns, 2):
        n_a, n_b = int(matrix[a].sum()), int(matrix[b].sum())
        shared = int((matrix[a] & matrix[b]).sum())
        rows.append((a, b, n_a, n_b, shared, corrected_covered_area(matrix[[a, b]])))
    columns = ["review_a", "review_b", "n_a", "n_b", "n_shared", "covered_area"]
    return pd.DataFrame(rows, columns=columns)


def band(percent: float, bands: str) -> str:
    """Name how large a corrected covered area is.

    Parameters
    ----------
    percent : float
        Corrected covered area in percent.
    bands : {'pieper', 'groove'}
        Whose thresholds.

    Returns
    -------
    str
        ``slight``, ``moderate``, ``high`` or ``very high``.

    Notes
    -----
    Pieper et al. 2014 (J Clin Epidemiol 67:368-375) and, for ``groove``, Bracchiglione et al.
    2022 (Res Synth Methods 13:381-388).
    """
    below = _END_BELONGS_BELOW[bands]
    for end, name in zip(_ENDS, _NAMES, strict=False):
        if percent < end or (below and percent == end):
            return name
    return _NAMES[-1]
