"""Tables of studies: what is read, and how every bad row is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from umbrella_review.effects.escalc import escalc
from umbrella_review.errors import InputError
from umbrella_review.synthesis.read import StudyTable, read_table

TABLE = "analysis,ai,bi,ci,di,year\nA,4,119,11,128,1948\nB,6,300,29,274,1949\n"


def read(folder: Path, text: str, measure: str = "") -> StudyTable:
    path = folder / "studies.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(path, measure)


def problems(folder: Path, text: str, measure: str = "") -> list[tuple[str, str]]:
    """Where, and what was found, of every problem."""
    with pytest.raises(InputError) as caught:
        read(folder, text, measure)
    return [(problem.where, problem.found) for problem in caught.value.problems]


def test_effects_as_given(tmp_path):
    table = read(
        tmp_path, "analysis,author,yi,vi,ni,year\nA,Ray,0.5,0.25,40,1999\nB,Poe,-1,1e-3,,\n"
    )
    assert table.analyses == ("A", "B")
    assert table.yi.tolist() == [0.5, -1]
    assert table.vi.tolist() == [0.25, 0.001]
    assert table.ni[0] == 40
    assert np.isnan(table.ni[1])
    assert table.year[0] == 1999
    assert table.used == ("yi", "vi")


def test_effects_from_counts(tmp_path):
    table = read(tmp_path, TABLE, "RR")
    yi, vi = escalc("RR", {"ai": [4, 6], "bi": [119, 300], "ci": [11, 29], "di": [128, 274]})
    assert table.yi.tolist() == yi.tolist()
    assert table.vi.tolist() == vi.tolist()
    assert table.ni.tolist() == [262, 609]


def test_effects_from_means_have_the_size_of_both_groups(tmp_path):
    text = "analysis,m1i,sd1i,n1i,m2i,sd2i,n2i\nA,103,5.5,50,100,4.5,40\n"
    assert read(tmp_path, text, "SMD").ni.tolist() == [90]


def test_rates_have_the_size_of_their_time(tmp_path):
    # As in metafor, also where numbers of people stand beside it (Hart and others 1999).
    text = "analysis,x1i,n1i,t1i,x2i,n2i,t2i\nA,9,213,413,21,211,398\n"
    assert read(tmp_path, text, "IRR").ni.tolist() == [811]


def test_proportions_have_the_size_of_both_counts(tmp_path):
    assert read(tmp_path, "analysis,xi,mi\nA,9,21\n", "PLO").ni.tolist() == [30]


def test_a_measure_may_be_named_for_effects_as_given(tmp_path):
    table = read(tmp_path, "analysis,yi,vi,n1i,n2i\nA,0.5,0.25,20,30\n", "SMD")
    assert table.used == ("yi", "vi")
    assert table.ni.tolist() == [50]


@pytest.mark.parametrize("cell", ["", "NA"])
def test_a_study_without_effect_is_kept_for_later(tmp_path, cell):
    table = read(tmp_path, f"analysis,yi,vi\nA,{cell},{cell}\nA,1,1\n")
    assert np.isnan(table.yi[0])
    table = read(tmp_path, f"analysis,ri,ni\nA,{cell},30\nA,0.5,30\n", "ZCOR")
    assert np.isnan(table.yi[0])


def test_all_bad_rows_are_named_at_once(tmp_path):
    text = (
        "analysis,yi,vi,ni\n"
        "A,0.1,0.2,10\n"
        "A,abc,0.1,x\n"
        ",0.2,0.1,1\n"
        "A,0.2,-1,5\n"
        "A,0.3,,4\n"
        "A,1,0,2\n"
        'A,"1,5",1,1\n'
        "A,inf,1,1\n"
        "A,1\n"
    )
    found = problems(tmp_path, text)
    assert found == [
        ("studies.csv, row 3, column yi", "the value abc"),
        ("studies.csv, row 3, column ni", "the value x"),
        ("studies.csv, row 4, column analysis", "an empty cell"),
        ("studies.csv, row 5, column vi", "the value -1"),
        ("studies.csv, row 7, column vi", "a sampling variance of 0"),
        ("studies.csv, row 8, column yi", "the value 1,5"),
        ("studies.csv, row 9, column yi", "the value inf"),
        ("studies.csv, row 10", "2 cells"),
    ]


def test_impossible_counts_are_named(tmp_path):
    text = TABLE + "B,-1,300,29,274,1949\nB,6,300,29,x,1949\n"
    found = problems(tmp_path, text, "OR")
    assert [where for where, _ in found] == [
        "studies.csv, row 4, column ai",
        "studies.csv, row 5, column di",
    ]


def test_raw_columns_without_a_measure_name_those_that_fit(tmp_path):
    with pytest.raises(InputError) as caught:
        read(tmp_path, TABLE)
    (problem,) = caught.value.problems
    assert "yi and vi" in problem.expected
    assert "RR, OR, RD, AS, PETO" in problem.remedy
    assert "SMD" not in problem.remedy


def test_a_measure_that_does_not_fit_names_its_columns(tmp_path):
    with pytest.raises(InputError) as caught:
        read(tmp_path, TABLE, "SMD")
    (problem,) = caught.value.problems
    assert "m1i sd1i n1i m2i sd2i n2i" in problem.expected
    assert "RR" in problem.remedy


def test_an_unknown_measure(tmp_path):
    assert problems(tmp_path, TABLE, "XY") == [("--measure", "the measure 'XY'")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "the file is empty"),
        ("analysis,yi,vi\n", "no studies"),
        ("analyses,yi,vi\nA,1,1\n", "the columns analyses, yi, vi"),
        ("analysis,yi,vi,yi\nA,1,1,1\n", "the column 'yi' 2 times"),
    ],
)
def test_wrong_files(tmp_path, text, found):
    assert [what for _, what in problems(tmp_path, text)] == [found]


def test_a_misspelled_head_is_recognised(tmp_path):
    with pytest.raises(InputError, match="Rename 'analyses'"):
        read(tmp_path, "analyses,yi,vi\nA,1,1\n")
