"""What is recorded of an evidence map: how much of it is filled, by how many reviews, how rated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from umbrella_review.appraisal.amstar2 import RATINGS, UNKNOWN
from umbrella_review.counting import make_value, percent
from umbrella_review.ledger import Value
from umbrella_review.vocabulary import DIRECTIONS

_BETTER = RATINGS[2:]


@dataclass(frozen=True)
class MapCounts:
    """Cells of an evidence map.

    Parameters
    ----------
    n_outcomes, n_columns : int
        Rows with any review, and columns.
    n_cells, n_filled, n_gaps : int
        All cells, those with a review, those without.
    n_single : int
        Cells that rest on one review.
    n_better : int
        Cells in which a review is rated moderate or high.
    largest : int
        Most reviews in a cell.
    """

    n_outcomes: int
    n_columns: int
    n_cells: int
    n_filled: int
    n_gaps: int
    n_single: int
    n_better: int
    largest: int


def map_counts(cells: pd.DataFrame, columns: Sequence[str]) -> MapCounts:
    """Count the cells of a map.

    Parameters
    ----------
    cells : DataFrame
        As `umbrella_review.narrative.evidence_map.evidence_map` gives them.
    columns : sequence of str
        All columns of the map, also those without a review.

    Returns
    -------
    MapCounts
        Rows without any review do not count.
    """
    rows = cells["outcome_group"].nunique()
    every = rows * len(columns)
    return MapCounts(
        n_outcomes=rows,
        n_columns=len(columns),
        n_cells=every,
        n_filled=len(cells),
        n_gaps=every - len(cells),
        n_single=int(cells["n_reviews"].eq(1).sum()),
        n_better=int(cells["best_rating"].isin(_BETTER).sum()),
        largest=int(cells["n_reviews"].max()) if len(cells) else 0,
    )


def map_values(topic: str, cells: pd.DataFrame, columns: Sequence[str]) -> list[Value]:
    """Return the counts of a map as values to record.

    Parameters
    ----------
    topic : str
        Beginning of the value ids.
    cells, columns : DataFrame and sequence of str
        As for `map_counts`.

    Returns
    -------
    list of Value
        The counts of `MapCounts`, ``share_gaps``, ``n_reviews`` and, by direction of a cell,
        ``n_cells_<direction>``.
    """
    counts = map_counts(cells, columns)
    reviews = pd.unique(cells["review_ids"].explode().dropna())
    by_direction = {
        f"n_cells_{word}": int(cells["direction"].eq(word).sum()) for word in (*DIRECTIONS, UNKNOWN)
    }
    named = {"n_outcomes": "outcomes", "n_columns": "columns", "largest": "reviews"}
    return [
        *(
            make_value(f"{topic}.{name}", n, unit=named.get(name, "cells"))
            for name, n in (vars(counts) | by_direction).items()
        ),
        make_value(
            f"{topic}.share_gaps", percent(counts.n_gaps, counts.n_cells), unit="%", decimals=0
        ),
        make_value(
            f"{topic}.n_reviews", len(reviews), unit="reviews", rows={"reviews": reviews.tolist()}
        ),
    ]
