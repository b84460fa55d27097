from __future__ import annotations

import pytest

from umbrella_review.audit.consistency import check_results, flags
from umbrella_review.load import load_table
from umbrella_review.tables.audit import audit_table, checks_table
from umbrella_review.tables.empty import MESSAGE


@pytest.fixture(scope="module")
def estimates(project, review):
    return load_table(project, "estimates", review)


def test_findings_name_reviews_outcomes_and_cells(estimates, reviews):
    found = flags(check_results(estimates))
    frame = audit_table(found, estimates, reviews).frame
    assert len(frame) == len(found)
    z = frame[frame["Check"] == "Z against the interval"].iloc[0]
    assert z["Results"].startswith("Fang et al\\. ")
    assert z["Results"].endswith("[@fang_2022]: perinatal depression")
    assert z["Cells"] == "ma001: z, estimate, ci_lb, ci_ub"
    assert (z["Reported"], z["Recomputed"]) == ("9.42", "5.10 (4.87 to 5.34)")
    pair = frame[frame["Check"] == "The same evidence twice"].iloc[0]
    assert pair["Reported"] == "0.24 (0.02, 0.46) and −0.24 (−0.46, −0.02)"
    assert frame["Reported"].iloc[-1] == "−0.24 (−0.40, −0.08) and 0.24 (0.08, 0.40)"
    assert pair["Recomputed"] == "–"
    assert "[@fuhr_2014]: hope; " in pair["Results"]


def test_outcomes_are_data(estimates, reviews):
    changed = estimates.assign(outcome="<b>*x*</b>")
    markdown = audit_table(flags(check_results(changed)), changed, reviews).to_markdown()
    assert r"\<b\>\*x\*\<\/b\>" in markdown
    assert "<b>" not in markdown


def test_checks_are_counted(estimates):
    checks = check_results(estimates)
    frame = checks_table(checks).frame.set_index("Check")
    assert list(frame.columns) == [
        "Agrees", "Agrees by the t distribution", "Differs", "Not assessable",
    ]  # fmt: skip
    assert frame.to_numpy().sum() == len(checks)
    assert frame.loc["I² against Q", "Differs"] == 0


def test_nothing_found(estimates, reviews):
    checks = check_results(estimates.iloc[:0])
    assert audit_table(flags(checks), estimates, reviews).frame.iat[0, 0] == MESSAGE
    assert checks_table(checks).frame.iat[0, 0] == MESSAGE
