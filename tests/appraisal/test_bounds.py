from __future__ import annotations

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from umbrella_review.appraisal.bounds import CRITICALLY_LOW, GROUPS, LOW, NO_CRITICAL, rating_bounds

ANY = ("high", "moderate", "low", "critically_low")
NOTHING = pd.DataFrame({"review_id": [], "item": []})


def counts(*rows: tuple[tuple[str, ...], float | None, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["items", "n_with_weakness", "n_weaknesses"])


def reviews(*ratings: tuple[str, ...]) -> pd.Series:
    ids = [f"r{place}" for place in range(len(ratings))]
    return pd.Series(list(ratings), index=pd.Index(ids), dtype=object)


def test_two_weaknesses_in_two_items_may_or_may_not_meet():
    found = rating_bounds(
        reviews(ANY, ANY, ANY),
        counts((("2",), 2, None), (("4",), 2, None)),
        NOTHING,
        critical=[2, 4],
    )
    # Two of three reviews are weak in each item: one is weak in both at least, two at most.
    assert found.bounds == {CRITICALLY_LOW: (1, 2), LOW: (0, 2), NO_CRITICAL: (0, 1)}
    assert found.tidy()["lower"].tolist() == [1, 0, 0]


def test_an_item_without_a_count_bounds_nothing():
    found = rating_bounds(
        reviews(ANY, ANY), counts((("2",), 2, None), (("4",), None, None)), NOTHING, critical=[2, 4]
    )
    assert found.bounds[CRITICALLY_LOW] == (0, 2)


def test_counts_of_other_items_are_left_out():
    found = rating_bounds(
        reviews(ANY), counts((("1",), 1, None), (("2", "3"), 1, None)), NOTHING, critical=[2]
    )
    assert found.bounds[NO_CRITICAL] == (0, 1)


def test_a_review_that_is_not_scored_has_no_weakness_there():
    left_out = pd.DataFrame({"review_id": ["r0"], "item": [4]})
    found = rating_bounds(
        reviews(ANY, ANY), counts((("2",), 2, None), (("4",), 1, None)), left_out, critical=[2, 4]
    )
    assert found.bounds[CRITICALLY_LOW] == (1, 1)
    first = rating_bounds(
        reviews(ANY, ANY), counts((("2",), 2, None), (("4",), 1, None)), left_out,
        critical=[2, 4], among=["r0"],
    )  # fmt: skip
    assert (first.n_reviews, first.bounds[LOW]) == (1, (1, 1))


def test_the_weaknesses_of_a_group_are_counted_one_by_one():
    group = counts((("11", "15"), 2, 3))
    found = rating_bounds(reviews(ANY, ANY, ANY), group, NOTHING, critical=[11, 15])
    assert found.bounds == {CRITICALLY_LOW: (1, 1), LOW: (1, 1), NO_CRITICAL: (1, 1)}


@pytest.mark.parametrize(
    ("possible", "rows", "n_without"),
    [
        ([("high",), ("high",)], counts((("2",), 1, None)), None),
        ([("critically_low",)], counts((("2",), 1, None)), None),
        ([ANY, ANY], counts((("2",), 2, None)), 1),
    ],
)
def test_contradictions_are_found(possible, rows, n_without):
    found = rating_bounds(reviews(*possible), rows, NOTHING, critical=[2], n_without=n_without)
    assert not found.feasible
    assert found.tidy().empty


def test_no_reviews_at_all():
    found = rating_bounds(reviews(), counts(), NOTHING)
    assert found.bounds == dict.fromkeys(GROUPS, (0, 0))
    assert not rating_bounds(reviews(), counts((("2",), 1, None)), NOTHING).feasible


@settings(max_examples=30)
@given(
    st.lists(st.integers(0, 4), min_size=3, max_size=3),
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 2))),
)
def test_the_bounds_are_those_of_trying_everything(numbers, left_out):
    items, n_reviews = (2, 4, 7), 4
    pairs = [
        (row, place)
        for row in range(n_reviews)
        for place in range(3)
        if (row, place) not in left_out
    ]
    seen: dict[str, set[int]] = {name: set() for name in GROUPS}
    for n in range(len(pairs) + 1):
        for weak in itertools.combinations(pairs, n):
            if [sum(place == item for _, place in weak) for item in range(3)] != numbers:
                continue
            totals = [sum(row == review for row, _ in weak) for review in range(n_reviews)]
            seen[CRITICALLY_LOW].add(sum(total > 1 for total in totals))
            seen[LOW].add(totals.count(1))
            seen[NO_CRITICAL].add(totals.count(0))
    rows = [((str(item),), number, None) for item, number in zip(items, numbers, strict=True)]
    out = pd.DataFrame(
        [(f"r{row}", items[place]) for row, place in sorted(left_out)],
        columns=["review_id", "item"],
    )
    found = rating_bounds(reviews(*[ANY] * n_reviews), counts(*rows), out, critical=items)
    assert found.feasible == bool(seen[LOW])
    assert dict(found.bounds) == {
        name: (min(numbers), max(numbers)) for name, numbers in seen.items() if numbers
    }
