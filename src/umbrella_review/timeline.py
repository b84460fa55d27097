"""When reviews appeared, what time they cover, and the period that was searched for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from umbrella_review.selection import month

_RANGE = re.compile(r"(\d{4})\s*[–-]\s*(\d{4})(.*)")
_OF_SEARCH = "search"


@dataclass(frozen=True)
class Period:
    """The months between which reviews were searched for.

    Parameters
    ----------
    start, end : float or None
        In years, from the beginning of the first month to the end of the last; None where it is
        not reported.
    last_month : str
        The last of them in words.
    """

    start: float | None
    end: float | None
    last_month: str


def covered_years(reviews: pd.DataFrame) -> pd.DataFrame:
    """Return when each review appeared and which years it says to cover.

    Parameters
    ----------
    reviews : DataFrame
        The table of this name.

    Returns
    -------
    DataFrame
        One row a review, by year and then in the order of `reviews`: `review_id`, `year`,
        `review_type`, `first` and `last` (Int64; missing where nothing is reported) and
        `of_search` (whether they are the limits of the review's search, not the years of its
        primary studies).
    """
    found = reviews["date_range"].astype("string").str.extract(_RANGE.pattern)
    frame = reviews[["review_id", "year", "review_type"]].assign(
        first=pd.to_numeric(found[0]).astype("Int64"),
        last=pd.to_numeric(found[1]).astype("Int64"),
        of_search=found[2].fillna("").str.contains(_OF_SEARCH).astype(bool),
    )
    return frame.sort_values("year", kind="stable", ignore_index=True)


def searched_period(flow: pd.DataFrame) -> Period:
    """Return the period that was searched for reviews.

    Parameters
    ----------
    flow : DataFrame
        The table `selection_flow`, with months such as ``2012-01``.

    Returns
    -------
    Period
        Its ends.
    """
    values = flow.drop_duplicates("item").set_index("item")["value"]
    first, last = (str(values.get(item, "")) for item in ("search_from", "search_to"))
    return Period(_years(first, 0), _years(last, 1), month(last))


def _years(text: str, months_later: int) -> float | None:
    year, _, number = text.partition("-")
    if not (year.isdecimal() and number.isdecimal()):
        return None
    return int(year) + (int(number) - 1 + months_later) / 12
