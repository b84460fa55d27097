"""Citation matrix and corrected covered area (Pieper et al. 2014, J Clin Epidemiol 67:368-375).

A cell of the matrix can be empty because the review could not include the study, which had not
been published by the review's last search. Such structural zeros X are no room for overlap and
leave the denominator (Bougioukas et al. 2021, doi 10.1016/j.jclinepi.2020.12.004, and the R
package ccaR of the same group).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

# Upper ends of the bands in percent, and whether an end belongs to the band below it.
# Pieper et al. 2014: 0-5, 6-10, 11-15, over 15. GROOVE (Bracchiglione et al. 2022, Res Synth
# Methods 13:381-388): under 5, from 5, from 10, from 15.
BANDS = ("pieper", "groove")
ENDS = (5, 10, 15)
NAMES = ("slight", "moderate", "high", "very high")
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


def corrected_covered_area(matrix: pd.DataFrame, possible: pd.DataFrame | None = None) -> float:
    """Return the corrected covered area of a citation matrix, between 0 and 1.

    Parameters
    ----------
    matrix : DataFrame of bool
        Studies as rows, reviews as columns; rows without an inclusion are dropped first.
    possible : DataFrame of bool, optional
        Of the same studies and reviews: False for a structural zero, a study that the review
        could not include. All cells are possible where it is not given.

    Returns
    -------
    float
        Missing where it is not defined: fewer than two reviews, no study, or no study that two
        reviews could include.

    Raises
    ------
    ValueError
        If an inclusion is said to be impossible, or a study or review is missing in `possible`.

    Notes
    -----
    Pieper et al. 2014 (J Clin Epidemiol 67:368-375): `covered_area` of what the matrix holds.
    """
    return covered_area(*area_counts(matrix, possible))


def area_counts(
    matrix: pd.DataFrame, possible: pd.DataFrame | None = None
) -> tuple[int, int, int, int]:
    """Return the four counts that the corrected covered area is computed from.

    Parameters
    ----------
    matrix : DataFrame of bool
        Studies as rows, reviews as columns; rows without an inclusion do not count.
    possible : DataFrame of bool, optional
        As for `corrected_covered_area`.

    Returns
    -------
    n_inclusions, n_studies, n_reviews, n_impossible : int
        N, r, c and X, in the order of the parameters of `covered_area`.

    Raises
    ------
    ValueError
        As `corrected_covered_area`.
    """
    blocked = _impossible(matrix, possible)
    cells = matrix.to_numpy(dtype=bool)
    kept = cells.any(axis=1)
    return int(cells.sum()), int(kept.sum()), cells.shape[1], int(blocked[kept].sum())


def covered_area(n_inclusions: int, n_studies: int, n_reviews: int, n_impossible: int = 0) -> float:
    """Return the corrected covered area from counts: (N - r) / (r c - r - X).

    Parameters
    ----------
    n_inclusions : int
        All inclusions, N.
    n_studies : int
        Different primary studies, r.
    n_reviews : int
        Reviews, c.
    n_impossible : int, default 0
        Structural zeros, X: cells that no inclusion can fill.

    Returns
    -------
    float
        Missing where the denominator is not positive.

    Notes
    -----
    Pieper et al. 2014 (J Clin Epidemiol 67:368-375); with structural zeros Bougioukas et al. 2021
    (J Clin Epidemiol 132:34-45, doi 10.1016/j.jclinepi.2020.12.004).
    """
    room = n_studies * n_reviews - n_studies - n_impossible
    return (n_inclusions - n_studies) / room if room > 0 else float("nan")


def pairwise(matrix: pd.DataFrame, possible: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the overlap of every two reviews.

    Parameters
    ----------
    matrix : DataFrame of bool
        Studies as rows, reviews as columns.
    possible : DataFrame of bool, optional
        As for `corrected_covered_area`.

    Returns
    -------
    DataFrame
        Columns `review_a`, `review_b`, `n_a`, `n_b`, `n_shared`, `n_impossible` (studies of one
        that the other could not include) and `covered_area`, the shared studies as a part of
        those studies of the two that both could include.

    Raises
    ------
    ValueError
        As `corrected_covered_area`.

    Notes
    -----
    The corrected covered area of two reviews is this part (Bracchiglione et al. 2022, Res Synth
    Methods 13:381-388).
    """
    cells = matrix.to_numpy(dtype=np.int64)
    blocked = _impossible(matrix, possible).astype(np.int64)
    a, b = np.triu_indices(cells.shape[1], k=1)
    size, shared, alone = cells.sum(axis=0), cells.T @ cells, cells.T @ blocked
    impossible = (alone + alone.T)[a, b]
    room = size[a] + size[b] - shared[a, b] - impossible
    area = np.full(len(a), np.nan)
    np.divide(shared[a, b], room, out=area, where=room > 0)
    return pd.DataFrame(
        {
            "review_a": matrix.columns[a],
            "review_b": matrix.columns[b],
            "n_a": size[a],
            "n_b": size[b],
            "n_shared": shared[a, b],
            "n_impossible": impossible,
            "covered_area": area,
        }
    )


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
    2022 (Res Synth Methods 13:381-388). The bands of Pieper et al. are printed for whole percents
    (0 to 5, 6 to 10, 11 to 15, over 15) and leave gaps. Nothing is rounded here: whatever exceeds
    the end of a band belongs to the next, so that 5.2 is moderate. The two conventions then
    differ at 5, 10 and 15 percent alone.
    """
    below = _END_BELONGS_BELOW[bands]
    for end, name in zip(ENDS, NAMES, strict=False):
        if percent < end or (below and percent == end):
            return name
    return NAMES[-1]


def _impossible(matrix: pd.DataFrame, possible: pd.DataFrame | None) -> np.ndarray:
    """Return the structural zeros, in the order of the matrix."""
    if possible is None:
        return np.zeros(matrix.shape, dtype=bool)
    lacking = matrix.index.difference(possible.index).union(
        matrix.columns.difference(possible.columns)
    )
    if len(lacking):
        raise ValueError(f"it is not said what is possible for {', '.join(map(str, lacking))}")
    blocked = ~possible.loc[matrix.index, matrix.columns].to_numpy(dtype=bool)
    rows, columns = np.nonzero(blocked & matrix.to_numpy(dtype=bool))
    if len(rows):
        pairs = zip(matrix.index[rows], matrix.columns[columns], strict=True)
        named = "; ".join(f"{study} in {review}" for study, review in pairs)
        raise ValueError(f"included, though said to be impossible: {named}")
    return blocked
