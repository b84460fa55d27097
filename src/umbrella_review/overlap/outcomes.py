"""Overlap outcome by outcome: what is shared overall says little about what is pooled together."""

from __future__ import annotations

import pandas as pd

from umbrella_review.overlap.cca import BANDS, area_counts, band, citation_matrix, covered_area

NO_REVIEW = "no review's studies are known for it"
ONE_REVIEW = "the studies of one review only are known for it"
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


def known_by_outcome(
    estimates: pd.DataFrame, study_outcomes: pd.DataFrame, citations: pd.DataFrame
) -> pd.DataFrame:
    """Return the overlap by outcome group, as far as lists of studies are known by outcome.

    A study's outcome belongs to a group where a result of that name does, or where it bears the
    name of the group.

    Parameters
    ----------
    estimates : DataFrame
        Results that reviews pool, with `review_id`, `outcome_group` and `outcome`.
    study_outcomes, citations : DataFrame
        The tables of these names; a study counts where the citation is among these rows.

    Returns
    -------
    DataFrame
        As `by_outcome` gives it, with `n_pooling` (reviews with a result in the group) before
        `n_reviews`; groups that more than one review pools, in the order of first rows.
    """
    names = group_names(estimates)
    listed = study_outcomes.merge(citations[["review_id", "study_id"]])
    inclusions = listed.assign(outcome=listed["outcome"].map(names)).dropna(subset=["outcome"])
    results = estimates.assign(outcome=estimates["outcome_group"], study_id=None)
    columns = ["outcome", "review_id", "study_id"]
    table = by_outcome(pd.concat([results[columns].astype(object), inclusions[columns]]))
    pooling = estimates.groupby("outcome_group")["review_id"].nunique()
    table.insert(1, "n_pooling", table["outcome"].map(pooling).fillna(0).astype(int))
    return table[table["n_pooling"] > 1].reset_index(drop=True)


def group_names(estimates: pd.DataFrame) -> dict[str, str]:
    """Return the outcome group that the name of an outcome belongs to.

    Parameters
    ----------
    estimates : DataFrame
        Results, with `outcome` and `outcome_group`.

    Returns
    -------
    dict of str to str
        By name of an outcome; the name of a group belongs to that group.
    """
    first = estimates.drop_duplicates("outcome")
    names = dict(zip(first["outcome"], first["outcome_group"], strict=True))
    return names | {group: group for group in estimates["outcome_group"]}


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
