from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from umbrella_review.overlap.cca import (
    area_counts,
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
        (5.9, "pieper", "moderate"),
        (5.1, "groove", "moderate"),
        (10, "pieper", "moderate"),
        (10, "groove", "high"),
        (15, "pieper", "high"),
        (15, "groove", "very high"),
        (15.1, "pieper", "very high"),
    ],
)
def test_bands(percent, bands, name):
    assert band(percent, bands) == name


def possible_for(matrix: pd.DataFrame, draw) -> pd.DataFrame:
    """Return any structural zeros that leave the inclusions possible."""
    free = draw(arrays(bool, matrix.shape))
    return pd.DataFrame(free, index=matrix.index, columns=matrix.columns) | matrix


@st.composite
def blocked_matrices(draw) -> tuple[pd.DataFrame, pd.DataFrame]:
    matrix = draw(MATRICES)
    return matrix, possible_for(matrix, draw)


@given(blocked_matrices())
def test_structural_zeros_keep_the_area_a_share_and_never_lower_it(both):
    matrix, possible = both
    area, plain = corrected_covered_area(matrix, possible), corrected_covered_area(matrix)
    if math.isnan(area):
        _, studies, reviews, impossible = area_counts(matrix, possible)
        assert studies * (reviews - 1) == impossible
    else:
        assert plain <= area <= 1


@given(st.lists(st.integers(0, 4), min_size=1, max_size=8))
def test_disjoint_reviews_cover_nothing(owners):
    matrix = pd.DataFrame(np.array(owners)[:, None] == np.arange(5)[None, :])
    assert corrected_covered_area(matrix) == 0
    assert pairwise(matrix)["n_shared"].eq(0).all()


@given(blocked_matrices())
def test_a_pair_is_the_area_of_its_two_columns(both):
    matrix, possible = both
    pairs = pairwise(matrix, possible)
    for pair in pairs.itertuples():
        two = [pair.review_a, pair.review_b]
        area = corrected_covered_area(matrix[two], possible[two])
        assert pair.covered_area == area or (math.isnan(pair.covered_area) and math.isnan(area))
        assert pair.n_impossible == area_counts(matrix[two], possible[two])[3]
    columns = matrix.shape[1]
    assert len(pairs) == columns * (columns - 1) / 2


def test_a_structural_zero_leaves_the_denominator():
    # N = 5, r = 3, c = 3; the third review came before the second study: (5 - 3) / (9 - 3 - 1).
    matrix = pd.DataFrame([[1, 1, 0], [1, 0, 0], [0, 1, 1]]).astype(bool)
    possible = pd.DataFrame([[1, 1, 1], [1, 1, 0], [1, 1, 1]]).astype(bool)
    assert area_counts(matrix, possible) == (5, 3, 3, 1)
    assert corrected_covered_area(matrix, possible) == pytest.approx(2 / 5)


def test_structural_zeros_of_a_study_in_no_review_do_not_count():
    matrix = pd.DataFrame([[1, 1], [0, 0]]).astype(bool)
    possible = pd.DataFrame([[1, 1], [0, 0]]).astype(bool)
    assert area_counts(matrix, possible) == (2, 1, 2, 0)


def test_an_inclusion_that_is_said_to_be_impossible_is_named():
    matrix = pd.DataFrame({"a": [True, False], "b": [True, True]}, index=["s1", "s2"])
    possible = pd.DataFrame({"a": [True, True], "b": [True, False]}, index=["s1", "s2"])
    for function in (corrected_covered_area, pairwise):
        with pytest.raises(ValueError, match="impossible: s2 in b"):
            function(matrix, possible)
        with pytest.raises(ValueError, match="not said what is possible for b, s2"):
            function(matrix, possible.loc[["s1"], ["a"]])


# Citation matrix of the example of the R package ccaR 0.1.0 (file test.csv): trials by the reviews
# of Guo 2016, Gilinsky 2015, Morton 2014, Peacock 2014, Middleton 2014 and Chasan 2014. Its
# description says that the first review has 12 studies, 2 of them in no other, and that the
# only study of Middleton 2014 is in no other review.
CCAR = pd.DataFrame(
    [
        [1, 1, 0, 1, 0, 1],
        [0, 0, 0, 0, 1, 0],
        [1, 1, 0, 1, 0, 1],
        [1, 1, 0, 0, 0, 1],
        [1, 0, 0, 0, 0, 0],
        [1, 1, 0, 1, 0, 1],
        [1, 1, 0, 1, 0, 1],
        [0, 1, 0, 0, 0, 0],
        [1, 1, 1, 1, 0, 1],
        [1, 1, 0, 1, 0, 1],
        [1, 1, 1, 0, 0, 0],
        [1, 1, 1, 0, 0, 1],
        [1, 1, 1, 0, 0, 1],
        [1, 0, 0, 0, 0, 0],
    ],
    columns=["guo", "gilinsky", "morton", "peacock", "middleton", "chasan"],
).astype(bool)


def test_the_example_of_ccar():
    assert CCAR["guo"].sum() == 12
    assert (CCAR["guo"] & CCAR.sum(axis=1).eq(1)).sum() == 2
    # By its formula, (N - r) / (r c - r): N = 43, r = 14, c = 6.
    assert area_counts(CCAR) == (43, 14, 6, 0)
    assert corrected_covered_area(CCAR) == pytest.approx(29 / 70)
    pairs = pairwise(CCAR).set_index(["review_a", "review_b"])["covered_area"]
    assert pairs["guo", "middleton"] == 0
    assert pairs["guo", "gilinsky"] == pytest.approx(10 / 13)
    assert pairs["peacock", "chasan"] == pytest.approx(6 / 9)
