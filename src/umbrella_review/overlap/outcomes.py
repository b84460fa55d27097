"""Overlap outcome by outcome: what is shared overall says little about what is pooled together."""

from __future__ import annotations

import pandas as pd

from umbrella_review.overlap.cca import BANDS, area_counts, band, citation_matrix, covered_area

NO_REVIEW = "no review's studies are known"
ONE_REVIEW = "the studies of one review only are known"
NO_ROOM = "no study could be in two of the reviews"


def by_outcome(inclusions: pd.DataFrame, possible: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the corrected covered area of each outcome.

    Parameters
    ----------
    inclusions : DataFrame
        One row an inclusion of a study in a review's result on an outcome, with `outcome`,
        `review_id` and `study_id`; repeated rows count once. A row without a study states that
        the review has a result whose studies are not known: it makes the outcome appear.
    possible : DataFrame of bool, optional
        As for `umbrella_review.overlap.cca.corrected_covered_area`, of all studies and reviews.

    Returns
    -------
    DataFrame
        One row an outcome, in the order of first rows: `outcome`, `n_reviews` (c, with known
        studies), `n_studies` (r), `n_inclusions` (N), `n_impossible` (X), `covered_area` (0 to 1,
        missing where it is not defined), `pieper` and `groove` (names of the bands, missing as
        well) and `reason` (why it is not defined, otherwise empty).

    Raises
    ------
    ValueError
        If an inclusion is said to be impossible.
    """
    rows = []
    for outcome, group in inclusions.groupby("outcome", sort=False):
        matrix = citation_matrix(group.dropna(subset=["review_id", "study_id"]))
        n_inclusions, n_studies, n_reviews, n_impossible = area_counts(matrix, possible)
        area = covered_area(n_inclusions, n_studies, n_reviews, n_impossible)
        rows.append(
            {
                "outcome": outcome,
                "n_reviews": n_reviews,
                "n_studies": n_studies,
                "n_inclusions": n_inclusions,
                "n_impossible": n_impossible,
                "covered_area": area,
                **bands_of(100 * area),
                "reason": _reason(n_reviews, area),
            }
        )
    columns = ["outcome", "n_reviews", "n_studies", "n_inclusions", "n_impossible"]
    return pd.DataFrame(rows, columns=[*columns, "covered_area", *BANDS, "reason"])


def bands_of(percent: float) -> dict[str, str | None]:
    """Name how large a corrected covered area is by each convention.

    Parameters
    ----------
    percent : float
        Corrected covered area in percent; may be missing.

    Returns
    -------
    dict of str to str
        By the words of `umbrella_review.overlap.cca.BANDS`; None where the area is missing.
    """
    return {name: None if pd.isna(percent) else band(percent, name) for name in BANDS}


def _reason(n_reviews: int, area: float) -> str:
    if n_reviews < 2:
        return (NO_REVIEW, ONE_REVIEW)[n_reviews]
    return NO_ROOM if pd.isna(area) else ""
