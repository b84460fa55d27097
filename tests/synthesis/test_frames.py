"""Sections of a synthesis as data frames."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from umbrella_review.errors import InputError, StatisticsError
from umbrella_review.synthesis import (
    Options,
    back_transformed,
    bias_summary,
    choices_summary,
    document_of,
    grade_frame,
    grade_studies,
    leave_one_out_summary,
    read_table,
    regressions,
    subgroup_results,
    synthesise,
    synthesise_files,
    trail_frame,
    write_document,
)

DATA = Path(__file__).parents[2] / "examples" / "primary_level" / "data"
BCG, SMOKING, STROKE, EXPECTANCY = (
    "BCG vaccine: tuberculosis",
    "Passive smoking: lung cancer",
    "Specialist stroke care: days in hospital",
    "Teacher expectancy: pupil IQ",
)


@pytest.fixture(scope="module")
def review():
    files = {"bcg": "RR", "hackshaw1998": "OR", "normand1999": "SMD", "raudenbush1985": "SMD"}
    given = {DATA / f"{name}.csv": measure for name, measure in files.items()}
    return synthesise_files(given, Options("DL", "knha", full=True))


@pytest.fixture(scope="module")
def studies(review):
    return review.tidy("studies")


def table(folder: Path, text: str, name: str = "studies.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_section_is_that_of_the_document(review):
    document = review.document()["analyses"]
    for section, rows in {
        "models": 4, "confint": 20, "regtest": 4 * 8 + 3 * 16, "trimfill": 72, "fsn": 12,
        "tes": 40, "birge": 4, "ranktest": 4, "largest_study": 4,
    }.items():  # fmt: skip
        assert len(review.tidy(section)) == rows, section
    frame = review.tidy("leave1out")
    chosen = frame[frame["analysis"].eq(BCG) & frame["method"].eq("DL") & frame["test"].eq("z")]
    theirs = next(
        one for one in document[BCG]["leave1out"] if (one["method"], one["test"]) == ("DL", "z")
    )
    assert chosen["estimate"].to_list() == list(theirs["estimate"])
    assert chosen["study"].iloc[0] == "Aronson 1948"
    largest = review.tidy("largest_study").set_index("analysis")["study"]
    assert largest[BCG] == "TPT Madras 1980"


def test_cumulative_results_follow_the_years(review, studies):
    frame = review.tidy("cumul")
    chosen = frame[frame["analysis"].eq(BCG) & frame["method"].eq("DL")]
    years = studies[studies["analysis"].eq(BCG)].set_index("study")["year"]
    entered = years[chosen["study"]]
    assert entered.is_monotonic_increasing
    assert chosen["estimate"].iloc[-1] == pytest.approx(review.tidy()["estimate"].iloc[0])


def test_studies_have_their_columns_as_numbers_where_they_are(studies):
    assert len(studies) == 78
    bcg = studies[studies["analysis"].eq(BCG)]
    assert bcg["ablat"].iloc[0] == 44
    assert bcg["alloc"].iloc[4] == "alternate"
    assert bcg["weight_pct"].sum() == pytest.approx(100)
    assert (studies["ci_lb"] < studies["yi"]).all()


def test_rows_are_in_the_order_of_analyses_and_without_unknown_effects(tmp_path):
    path = table(tmp_path, "analysis,yi,vi,x\nB,1,1,2\nA,2,1,\nB,,,4\nB,3,1,NA\n")
    frame = synthesise(read_table(str(path))).tidy("studies")
    assert frame["analysis"].to_list() == ["B", "B", "A"]
    assert frame["study"].to_list() == ["1", "2", "1"]
    np.testing.assert_array_equal(frame["x"], [2, np.nan, np.nan])


def test_unknown_sections_are_refused(review, tmp_path):
    with pytest.raises(StatisticsError, match="section"):
        review.tidy("nothing")
    plain = synthesise(read_table(table(tmp_path, "analysis,yi,vi\nA,1,1\n")))
    with pytest.raises(StatisticsError, match="section"):
        plain.tidy("regtest")


def test_ratios_alone_are_transformed_back(review):
    before, after = review.tidy(), back_transformed(review.tidy())
    np.testing.assert_allclose(after["estimate"][:2], np.exp(before["estimate"][:2]))
    assert after["estimate"][2:].to_list() == before["estimate"][2:].to_list()
    assert after["se"].to_list() == before["se"].to_list()


def test_several_files_name_all_their_problems(tmp_path):
    good = table(tmp_path, "analysis,yi,vi\nA,1,1\n", "good.csv")
    same = table(tmp_path, "analysis,yi,vi\nA,2,1\n", "same.csv")
    bad = table(tmp_path, "analysis,yi,vi\nB,one,1\n", "bad.csv")
    with pytest.raises(InputError) as caught:
        synthesise_files({good: "", bad: "", same: ""})
    told = str(caught.value)
    assert "bad.csv" in told
    assert "'A', as in good.csv" in told
    with pytest.raises(InputError, match="no file"):
        synthesise_files({})


def test_the_document_of_several_files_is_that_of_each(review, tmp_path):
    document = review.document()
    assert list(document["analyses"]) == [BCG, SMOKING, STROKE, EXPECTANCY]
    alone = document_of(review.parts[0])["analyses"][BCG]["models"][0]["estimate"]
    assert document["analyses"][BCG]["models"][0]["estimate"] == alone
    write_document(document, tmp_path / "new" / "out.json")
    assert (tmp_path / "new" / "out.json").read_text("utf-8").startswith("{\n")


def test_bias_has_a_row_an_analysis(review):
    frame = bias_summary(review, "DL").set_index("analysis")
    assert frame["method"].eq("DL").all()
    assert frame.loc[BCG, "egger_pval"] == pytest.approx(0.188707, abs=1e-6)
    assert frame.loc[SMOKING, "k0"] == 7
    assert bias_summary(review, "HE")["method"].eq("REML").all()


def test_leave_one_out_names_the_studies(review):
    frame = leave_one_out_summary(review, "REML", "z").set_index("analysis")
    assert frame.loc[BCG, "without_lowest"] == "TPT Madras 1980"
    assert frame.loc[STROKE, "n_not_significant"] == frame.loc[STROKE, "k"] == 9
    assert leave_one_out_summary(review, "HE", "t")["method"].eq("REML").all()
    assert leave_one_out_summary(review, "DL", "knha")["test"].eq("knha").all()


def test_regressions_and_subgroups_as_published(studies):
    # Viechtbauer 2010, doi 10.18637/jss.v036.i03: latitude; Raudenbush and Bryk 1985: weeks.
    lines = regressions(studies, {BCG: ["ablat"], EXPECTANCY: ["weeks"]}, method="REML")
    assert lines["term"].to_list() == ["intercept", "ablat", "intercept", "weeks"]
    assert lines["beta"].round(4).to_list()[1::2] == [-0.0291, -0.0157]
    groups = subgroup_results(studies, {BCG: "alloc"}, method="REML")
    assert groups["group"].to_list() == ["random", "alternate", "systematic"]
    assert groups["k"].to_list() == [7, 2, 4]
    assert groups["between_pval"].nunique() == 1


def test_grades_say_what_they_cannot_tell(studies):
    grades = grade_studies(studies)
    frame = grade_frame(grades).set_index("analysis")["class"]
    assert frame.to_dict() == {BCG: "III", SMOKING: "III", STROKE: "ns", EXPECTANCY: "ns"}
    trail = trail_frame(grades)
    cases = trail[trail["analysis"].eq(SMOKING) & trail["name"].eq("n_cases")]["value"]
    assert set(cases) == {4626.0}
    unknown = grade_studies(studies.assign(measure="RD"))
    assert {one.label for one in unknown.values()} == {"not assessable"}
    assert len(trail_frame(unknown)) == 4


def test_cases_are_counted_from_tables(studies):
    bcg = studies[studies["analysis"].eq(BCG)]
    trail = trail_frame(grade_studies(bcg))
    assert set(trail[trail["name"].eq("n_cases")]["value"]) == {(bcg["ai"] + bcg["ci"]).sum()}


def test_choices_count_every_combination(studies):
    frame = choices_summary(studies[studies["analysis"].eq(STROKE)], "PM", "adhoc", "pi_riley")
    # Ten sets of studies, REML DL PM FE, adhoc z knha, two prediction intervals.
    assert frame["n"].to_list() == [10 * 4 * 3 * 2]
    assert 0 < frame["n_significant"].iloc[0] < frame["n"].iloc[0]
    assert "significance flips" in frame["flips"].iloc[0]


def test_studies_of_one_name_are_told_apart(studies):
    rows = studies[studies["analysis"].eq(EXPECTANCY)].assign(study="one")
    assert choices_summary(rows)["n"].iloc[0] == 20 * 4 * 2 * 2
    assert grade_studies(rows)[EXPECTANCY].label == "ns"
