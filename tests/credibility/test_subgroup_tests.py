"""Tests between subgroups as reported and as recomputed."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy.stats import chi2

from umbrella_review.audit.finding import AGREES, DIFFERS
from umbrella_review.audit.outcome import Settings
from umbrella_review.credibility.subgroup_tests import (
    NOT_PUBLISHED,
    NOT_RECOMPUTABLE,
    recompute_tests,
)
from umbrella_review.credibility.values import subgroup_values
from umbrella_review.load import load_table


@pytest.fixture(scope="module")
def tables(project, review) -> tuple[pd.DataFrame, pd.DataFrame]:
    return (
        load_table(project, "subgroup_tests", review),
        load_table(project, "study_effects", review),
    )


@pytest.fixture(scope="module")
def found(tables, harmonised) -> pd.DataFrame:
    tests, effects = tables
    return recompute_tests(tests, harmonised, effects, Settings()).set_index("test_id")


def test_q_from_printed_subgroups(found: pd.DataFrame) -> None:
    row = found.loc["st01"]
    first, second = (0.87 - 0.14) / 3.919928, (0.28 + 0.37) / 3.919928
    q = 0.54**2 / (first**2 + second**2)
    assert row["recomputed"] == pytest.approx(q, rel=1e-6)
    assert row["p"] == pytest.approx(chi2.sf(q, 1), rel=1e-5)
    widest = 0.53**2 / (((0.88 - 0.13) / 3.919928) ** 2 + ((0.285 + 0.375) / 3.919928) ** 2)
    assert widest < row["recomputed_lb"] < q < row["recomputed_ub"]
    assert row["recomputed_lb"] == pytest.approx(
        0.53**2 / ((0.74 / 3.919928) ** 2 + (0.66 / 3.919928) ** 2), rel=1e-6
    )
    assert row["verdict"] == NOT_PUBLISHED


def test_subgroups_without_intervals_cannot_be_recomputed(found: pd.DataFrame) -> None:
    row = found.loc["st02"]
    assert row["verdict"] == NOT_RECOMPUTABLE
    assert pd.isna(row["recomputed"])
    assert "No interval is known for adjunctive role and substitute role." in row["words"]
    assert "known for 1 of 4 pooled" in row["words"]
    assert "p = 0.0388 (0.0387 to 0.0389), as printed" in row["words"]
    assert "standard error of 0.26" in row["words"]


def test_tests_without_any_numbers_say_so(found: pd.DataFrame) -> None:
    assert found.loc[["st03", "st04"], "verdict"].eq(NOT_RECOMPUTABLE).all()
    assert found.at["st03", "words"] == (
        "No result of the subgroups is known. Effects of single trials are known for 0 of 6 pooled."
    )


@pytest.mark.parametrize(("q", "verdict"), [(4.7, AGREES), (4.1, DIFFERS)])
def test_a_printed_q_is_held_against_the_recomputed_one(
    tables, harmonised, q: float, verdict: str
) -> None:
    tests, effects = tables
    changed = tests[tests["test_id"].eq("st01")].assign(q=q, q_df=1)
    row = recompute_tests(changed, harmonised, effects, Settings()).iloc[0]
    assert row["verdict"] == verdict


def test_a_printed_p_value_that_does_not_fit_is_told(tables, harmonised) -> None:
    tests, effects = tables
    changed = tests[tests["test_id"].eq("st02")].assign(q_p_reported="0.390")
    words = recompute_tests(changed, harmonised, effects, Settings())["words"].iloc[0]
    assert ", not as printed;" in words


def test_values(found: pd.DataFrame) -> None:
    texts = {v.value_id: v.text for v in subgroup_values("s", found.reset_index())}
    assert (texts["s.n_tests"], texts["s.n_recomputed"], texts["s.n_not_recomputable"]) == (
        "4", "1", "3",
    )  # fmt: skip
    assert (texts["s.st01.q"], texts["s.st01.p"]) == ("4.69", "0.030")
    assert (texts["s.st02.q"], texts["s.st02.printed_q"]) == ("not known", "4.27")
