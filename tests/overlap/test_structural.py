from __future__ import annotations

import pandas as pd

from umbrella_review.overlap.cca import corrected_covered_area
from umbrella_review.overlap.structural import label_years, possible_cells


def test_years_are_read_from_labels():
    labels = ["Solomon & Draine 1995", "Chen 2000 (J Psychosom Res 49:395)", "Cook (J 136:1999)"]
    labels += ["reference 37 of the review", "Smith 20041", "2004 Smith", None]
    years = label_years(pd.Series(labels))
    known = [1995, 2000, None, None, None, 2004, None]
    assert years.tolist() == [pd.NA if year is None else year for year in known]


def test_a_study_later_than_the_last_search_is_impossible():
    matrix = pd.DataFrame(
        {"old": [True, False, False, True], "new": [False, True, True, False]},
        index=["early", "late", "undated", "in_press"],
    )
    years = pd.Series({"early": 2000, "late": 2014, "in_press": 2014}, dtype="Int64")
    possible = possible_cells(matrix, years, pd.Series({"old": 2013, "new": 2014}))
    assert possible["old"].tolist() == [True, False, True, True]  # an inclusion is possible
    assert possible["new"].all()


def test_a_study_of_the_same_year_is_possible_and_missing_years_say_nothing():
    matrix = pd.DataFrame({"a": [True], "b": [False]}, index=["s"])
    years = pd.Series({"s": 2013})
    assert possible_cells(matrix, years, pd.Series({"a": 2013, "b": 2013})).all(axis=None)
    assert possible_cells(matrix, years, pd.Series({"a": 2013})).all(axis=None)
    assert not possible_cells(matrix, years, pd.Series({"a": 2013, "b": 2012})).at["s", "b"]


def test_years_give_the_area_of_the_studies_that_both_could_include():
    matrix = pd.DataFrame(
        {"old": [True, True, False], "new": [True, False, True]}, index=["s1", "s2", "s3"]
    )
    years, last = pd.Series({"s1": 2000, "s2": 2001, "s3": 2015}), pd.Series({"old": 2010})
    possible = possible_cells(matrix, years, last)
    assert corrected_covered_area(matrix) == 1 / 3
    assert corrected_covered_area(matrix, possible) == 1 / 2
