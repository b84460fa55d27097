"""Structural zeros: primary studies that a review could not include, because they came later."""

from __future__ import annotations

import pandas as pd

from umbrella_review.overlap.cca import area_counts, citation_matrix

_YEAR = r"(?:^|\s)((?:19|20)\d{2})(?!\d)"  # after a space, so that no page or volume is taken


def label_years(labels: pd.Series) -> pd.Series:
    """Return the year of publication that the label of a primary study names.

    Parameters
    ----------
    labels : Series of str
        For example ``Smith 2004`` or ``Smith 2004 (J Exp Stud 3:1999)``.

    Returns
    -------
    Series of Int64
        The first year in the label, missing where there is none.
    """
    found = labels.astype("string").str.extract(_YEAR, expand=False)
    return pd.to_numeric(found).astype("Int64")


def possible_cells(
    matrix: pd.DataFrame, study_years: pd.Series, last_years: pd.Series
) -> pd.DataFrame:
    """Return which reviews could include which studies, by the years that are known.

    Parameters
    ----------
    matrix : DataFrame of bool
        Citation matrix: studies as rows, reviews as columns.
    study_years : Series of int
        Year of publication of the studies, indexed by study.
    last_years : Series of int
        Year of the last search of the reviews, indexed by review; or, as a cautious stand-in
        that finds fewer structural zeros, the year of their publication.

    Returns
    -------
    DataFrame of bool
        Shaped as `matrix`. False where the study appeared in a later year than the review's
        last. True where a year is missing, and for every inclusion, since a review can include
        a study before it is printed.
    """
    years = pd.to_numeric(study_years.reindex(matrix.index)).astype("Float64").astype("float64")
    last = pd.to_numeric(last_years.reindex(matrix.columns)).astype("Float64").astype("float64")
    later = years.to_numpy()[:, None] > last.to_numpy()[None, :]  # never true of missing years
    return pd.DataFrame(~later, index=matrix.index, columns=matrix.columns) | matrix


def known_zeros(citations: pd.DataFrame, reviews: pd.DataFrame) -> tuple[int, int]:
    """Return how many structural zeros the years of known studies show, over all reviews.

    Parameters
    ----------
    citations : DataFrame
        Rows of the table of this name; each of the studies is in at least one review.
    reviews : DataFrame
        The table of this name; its year of publication stands in for that of the last search.

    Returns
    -------
    n_dated, n_impossible : int
        Studies whose label names a year, and cells of these studies and reviews that no
        inclusion can fill: a lower bound of all structural zeros.
    """
    matrix = citation_matrix(citations).reindex(columns=reviews["review_id"], fill_value=False)
    years = study_years(citations)
    possible = possible_cells(matrix, years, reviews.set_index("review_id")["year"])
    return int(years.notna().sum()), area_counts(matrix, possible)[3]


def study_years(citations: pd.DataFrame) -> pd.Series:
    """Return the years that the labels of primary studies name.

    Parameters
    ----------
    citations : DataFrame
        Rows of the table of this name.

    Returns
    -------
    Series of Int64
        Indexed by study id, missing where a label names no year.
    """
    labels = citations.drop_duplicates("study_id").set_index("study_id")["study_label"]
    return label_years(labels)
