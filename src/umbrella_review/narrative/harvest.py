"""Bars of a harvest plot: reviews sorted by outcome and direction, the better rated the taller.

After Ogilvie et al. 2008 (doi 10.1186/1471-2288-8-8), who sort studies by the hypothesis that they
support and let the height of a bar show how suitable the design is. Here a bar is a review and
its height the overall rating.
"""

from __future__ import annotations

import pandas as pd

from umbrella_review.appraisal.amstar2 import RATINGS, UNKNOWN
from umbrella_review.appraisal.ratings import rating_keys

_CELL = ["outcome_domain", "outcome_group", "direction"]
_COLUMNS = [*_CELL, "synthesis", "review_id", "rating", "height", "n_primary_studies"]


def harvest(units: pd.DataFrame, reviews: pd.DataFrame, amstar2: pd.DataFrame) -> pd.DataFrame:
    """Return one bar per review, outcome group and synthesis.

    Parameters
    ----------
    units : DataFrame
        As `umbrella_review.narrative.directions.first_results` gives them; rows that name no
        review are left out, since nothing is known of their height.
    reviews, amstar2 : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        `outcome_domain`, `outcome_group`, `direction`, `synthesis`, `review_id`, `rating`,
        `height` from 1 (worst rating) to 4, where a rating that is not known has the height of
        the lowest that is possible, `n_primary_studies` of the whole review (may be missing),
        `place` of the bar within its outcome group and direction, counted from 0, the tallest
        first, and `direction_ids`, joined by semicolons.
    """
    named = units[units["review_id"].notna()]
    ratings = amstar2.set_index("review_id")["rating"]
    heights = rating_keys(amstar2).map(_height)
    studies = reviews.set_index("review_id")["n_primary_studies"]
    bars = named.assign(
        rating=named["review_id"].map(ratings).fillna(UNKNOWN),
        height=named["review_id"].map(heights).astype("Int64"),
        n_primary_studies=named["review_id"].map(studies).astype("Int64"),
        direction_ids=named["direction_ids"].map(";".join),
    )
    order = ["height", "n_primary_studies", "review_id", "synthesis"]
    ordered = bars.sort_values(order, ascending=[False, False, True, True])
    place = ordered.groupby(_CELL, sort=False).cumcount()
    return bars[_COLUMNS].assign(place=place, direction_ids=bars["direction_ids"])


def _height(possible: tuple[str, ...]) -> int:
    """Return the rank of the lowest rating that a review can have."""
    return 1 + min(map(RATINGS.index, possible), default=0)
