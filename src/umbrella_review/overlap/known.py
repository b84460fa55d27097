"""The part of the citation matrix that is known, and what it says about pairs of reviews."""

from __future__ import annotations

import pandas as pd

from umbrella_review.filters import rows_of
from umbrella_review.overlap.cca import citation_matrix, pairwise
from umbrella_review.overlap.structural import possible_cells, study_years

STATED = "stated"
ABSENT, IMPOSSIBLE, UNKNOWN = "absent", "impossible", "unknown"  # states beside certainties


def known_lists(citations: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Return how much of each review's list of primary studies is known.

    Parameters
    ----------
    citations, reviews : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        One row per review with a known inclusion, longest list first: `review_id`, `n_known`,
        one column per certainty, `n_primary_studies` (the review's own count) and `complete`
        (whether the list states as many studies).
    """
    rows = rows_of(citations, reviews)
    counts = pd.crosstab(rows["review_id"], rows["certainty"])
    own = reviews.set_index("review_id")["n_primary_studies"].reindex(counts.index)
    stated = counts[STATED] if STATED in counts else pd.Series(0, index=counts.index)
    frame = counts.assign(
        n_known=counts.sum(axis=1),
        n_primary_studies=own,
        complete=(stated == own).fillna(False).astype(bool),
    )
    frame = frame.rename_axis(columns=None).reset_index()
    return frame.sort_values(["n_known", "review_id"], ascending=[False, True], ignore_index=True)


def known_pairs(citations: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Return the shared primary studies of every two reviews with known inclusions.

    Lists that are known in part can share more studies than is seen, so that the numbers are
    lower bounds. The covered area of a pair rises with the shared studies: it is one as well.

    Parameters
    ----------
    citations, reviews : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        As `umbrella_review.overlap.cca.pairwise` gives it, most shared first; `n_a` and `n_b`
        are the known inclusions, `own_a` and `own_b` the reviews' own counts, and `shared` lists
        the labels of the studies. `n_impossible` counts the known studies of one review that
        appeared after the other was published. `covered_area` rests on the reviews' own counts
        and takes every cell for possible, `covered_area_possible` leaves these studies out.
    """
    rows = rows_of(citations, reviews)
    matrix = citation_matrix(rows)
    labels = rows.drop_duplicates("study_id").set_index("study_id")["study_label"]
    own = reviews.set_index("review_id")["n_primary_studies"]
    years = reviews.set_index("review_id")["year"]
    pairs = pairwise(matrix, possible_cells(matrix, study_years(rows), years))
    pairs["own_a"] = pairs["review_a"].map(own).astype("Int64")
    pairs["own_b"] = pairs["review_b"].map(own).astype("Int64")
    together = (pairs["own_a"] + pairs["own_b"] - pairs["n_shared"]).astype("Float64")
    possible = together - pairs["n_impossible"]
    pairs["covered_area"] = (pairs["n_shared"] / together).astype("float64")
    pairs["covered_area_possible"] = (pairs["n_shared"] / possible).astype("float64")
    pairs["shared"] = [
        tuple(labels[matrix.index[matrix[a] & matrix[b]]])
        for a, b in zip(pairs["review_a"], pairs["review_b"], strict=True)
    ]
    return pairs.sort_values("n_shared", ascending=False, kind="stable", ignore_index=True)


def matrix_cells(citations: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of the known citation matrix, in long form.

    Parameters
    ----------
    citations, reviews : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        Columns `review_id`, `study_id`, `study_label` and `state`: the certainty of the
        inclusion; ``absent`` where a complete list lacks the study; ``impossible`` where the
        study appeared in a later year than the review (a structural zero); ``unknown`` otherwise.
    """
    rows = rows_of(citations, reviews)
    lists = known_lists(citations, reviews).set_index("review_id")
    studies = rows.drop_duplicates("study_id")
    found = rows.set_index(["review_id", "study_id"])["certainty"].to_dict()
    years = reviews.set_index("review_id")["year"]
    possible = possible_cells(citation_matrix(rows), study_years(rows), years)

    def state(review_id: str, study_id: str) -> str:
        if not possible.loc[study_id, review_id]:
            return IMPOSSIBLE
        otherwise = ABSENT if lists.loc[review_id, "complete"] else UNKNOWN
        return str(found.get((review_id, study_id), otherwise))

    cells = [
        (review_id, study_id, label, state(review_id, study_id))
        for review_id in lists.index
        for study_id, label in zip(studies["study_id"], studies["study_label"], strict=True)
    ]
    return pd.DataFrame(cells, columns=["review_id", "study_id", "study_label", "state"])
