from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from umbrella_review.overlap.cca import (
    band,
    citation_matrix,
    corrected_covered_area,
    covered_area,
    pairwise,
)

MATRICES = arrays(bool, array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=8)).map(
    pd.DataFrame
)


def test_the_formula_on_a_small_matrix():
    # Three studies, three reviews, five inclusions: (5 - 3) / (3 * 3 - 3).
    matrix = pd.DataFrame([[1, 1, 0], [1, 0, 0], [0, 1, 1]]).astype(bool)
    assert corrected_covered_area(matrix) == pytest.approx(1 / 3)


def test_bounds_of_the_article():
    assert 100 * covered_area(647, 426, 35) == pytest.approx(1.526, abs=5e-4)
    assert 100 * covered_area(787, 426, 35) == pytest.approx(2.492, abs=5e-4)


@given(MATRICES)
def test_the_area_is_a_share(matrix):
    area = corrected_covered_area(matrix)
    assert math.isnan(area) if not matrix.to_numpy().any() else 0 <= area <= 1


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.integers(2, 6))
def test_identical_reviews_cover_everything(studies, n_reviews):
    matrix = pd.DataFrame(dict.fromkeys(range(n_reviews), studies))
    area = corrected_covered_area(matrix)
    assert area == 1 if any(studies) else math.isnan(area)


@given(MATRICES)
def test_empty_rows_and_the_order_of_reviews_do_not_matter(matrix):
    empty = pd.DataFrame(np.zeros((3, matrix.shape[1]), dtype=bool))
    longer = pd.concat([matrix, empty], ignore_index=True)[list(matrix.columns)[::-1]]
    area, again = corrected_covered_area(matrix), corrected_covered_area(longer)
    assert area == again or (math.isnan(area) and math.isnan(again))


@given(MATRICES)
def test_the_area_of_two_reviews_is_their_pairwise_overlap(matrix):
    two = matrix.iloc[:, :2]
    pair = pairwise(two)["covered_area"].iloc[0]
    together = int(two.any(axis=1).sum())
    assert pair == two.all(axis=1).sum() / together if together else math.isnan(pair)


def test_one_review_has_no_overlap():
    assert math.isnan(corrected_covered_area(pd.DataFrame({"a": [True, True]})))


def test_a_citation_listed_twice_counts_once():
    citations = pd.DataFrame(
        {"review_id": ["b", "a", "b", "b"], "study_id": ["s2", "s1", "s1", "s2"]}
    )
    matrix = citation_matrix(citations)
    assert matrix.index.tolist() == ["s2", "s1"]
    assert matrix.columns.tolist() == ["b", "a"]
    assert matrix.to_numpy().tolist() == [[True, False], [True, True]]


@pytest.mark.parametrize(
    ("percent", "bands", "name"),
    [
        (0, "pieper", "slight"),
        (5, "pieper", "slight"),
        (5, "groove", "moderate"),
        (5.1, "pieper", "moderate"),
        (10, "pieper", "moderate"),
        (10, "groove", "high"),
        (15, "pieper", "high"),
        (15, "groove", "very high"),
        (15.1, "pieper", "very high"),
    ],
)
def test_bands(percent, bands, name):
    assert band(percent, bands) == name
