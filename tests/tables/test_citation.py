from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.tables.citation import cite, short_name, typeset


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Ibrahim N", "Ibrahim 2020"),
        ("Åkerblom KB; Ness O", "Åkerblom and Ness 2020"),
        ("De Silva MJ; van Ginneken N; Rahman A", "De Silva et al. 2020"),
        ("du Plessis C; Whitaker L; et al.", "du Plessis et al. 2020"),
        ("Jones CCG; Lloyd-Evans B", "Jones and Lloyd-Evans 2020"),
        ("World Health Organization", "World Health Organization 2020"),
        ("NICE", "NICE 2020"),
    ],
)
def test_short_names(authors, expected):
    assert short_name(authors, 2020) == expected


def test_cite_escapes_names_and_leaves_the_mark():
    reviews = pd.DataFrame(
        {
            "review_id": ["lloyd_evans_2014", "odd_2020"],
            "authors": ["Lloyd-Evans B; Mayo-Wilson E; Harrison B", "*Odd* A"],
            "year": pd.array([2014, 2020], dtype="Int64"),
        }
    )
    marks = cite(reviews)
    assert marks["lloyd_evans_2014"] == r"Lloyd\-Evans et al\. 2014 [@lloyd_evans_2014]"
    assert marks["odd_2020"] == r"\*Odd\* 2020 [@odd_2020]"


def test_ids_in_texts_become_short_citations():
    reviews = pd.DataFrame(
        {
            "review_id": ["roe_2020", "roe_202"],
            "authors": ["Roe A; Lee B", "Roe C"],
            "year": pd.array([2020, 2021], dtype="Int64"),
        }
    )
    texts = pd.Series(["Z of roe_2020, once", "roe_2020_a or roe_202", None])
    shown = typeset(texts, reviews)
    assert list(shown[:2]) == ["Z of Roe and Lee 2020, once", "roe_2020_a or Roe 2021"]
    assert pd.isna(shown[2])
    assert list(typeset(texts[:1], reviews[:0])) == ["Z of roe_2020, once"]
