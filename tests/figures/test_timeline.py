"""The line of time: which years are read from the data, and what is drawn of them."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.figures.drawn import assert_readable, words
from umbrella_review.figures.timeline import timeline
from umbrella_review.timeline import Period, covered_years, searched_period

TYPES = {"a": "Of one type", "b": "Of another"}
REVIEWS = pd.DataFrame(
    {
        "review_id": ["late", "early", "silent"],
        "year": [2021, 2015, 2019],
        "review_type": ["a", "b", "a"],
        "date_range": ["2000–2020 (search limits)", "1995-2012", None],
    }
)
NAMES = {"late": "Late 2021", "early": "Early 2015", "silent": "Silent 2019"}
PERIOD = Period(2012.0, 2022 + 11 / 12, "November 2022")


def test_years_are_read_with_what_they_are_of():
    rows = covered_years(REVIEWS).set_index("review_id")
    assert rows.index.tolist() == ["early", "silent", "late"]
    assert rows.loc["early", ["first", "last", "of_search"]].tolist() == [1995, 2012, False]
    assert rows.loc["late", ["first", "last", "of_search"]].tolist() == [2000, 2020, True]
    assert pd.isna(rows.loc["silent", "first"])


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ({"search_from": "2012-01", "search_to": "2022-11"}, PERIOD),
        ({"search_to": "2022-12"}, Period(None, 2023.0, "December 2022")),
        ({"search_to": "unclear"}, Period(None, None, "unclear")),
    ],
)
def test_a_period_goes_to_the_end_of_its_last_month(months, expected):
    flow = pd.DataFrame({"item": list(months), "value": list(months.values())})
    assert searched_period(flow) == expected


def test_only_reported_years_are_lines():
    figure = timeline(covered_years(REVIEWS), NAMES, TYPES, PERIOD)
    assert_readable(figure)
    (axes,) = [axes for axes in figure.axes if axes.axison]
    spans = [line.get_xdata() for line in axes.lines if line.get_marker() == "None"]
    assert [tuple(span) for span in spans if len(set(span)) > 1] == [(1995, 2013), (2000, 2021)]
    assert (
        "2 of 3 reviews appeared in 2019 or later; the search for them ended in November 2022"
        in (words(figure))
    )


def test_a_search_without_dates_draws_no_end():
    figure = timeline(covered_years(REVIEWS), NAMES, TYPES, Period(None, None, ""))
    assert_readable(figure)
    assert not [text for text in words(figure) if "search for" in text]
