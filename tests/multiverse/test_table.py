from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from umbrella_review.multiverse.evaluate import Models
from umbrella_review.multiverse.grid import Axis, Option, masks_of
from umbrella_review.multiverse.table import axes_of, specifications
from umbrella_review.pooling.model import fit


def test_one_row_a_combination_of_choices(studies, axes, models):
    table = specifications(studies, axes, models)
    assert axes_of(table) == ["Quality", "Left out", "Newest", "method", "test", "prediction"]
    assert len(table) == 3 * 6 * 2 * 2 * 2 * 2
    assert not table.duplicated(axes_of(table)).any()
    expected = product(
        *(axis.names for axis in axes),
        models.methods,
        models.tests,
        models.prediction_intervals,
    )
    assert list(table[axes_of(table)].itertuples(index=False, name=None)) == list(expected)


def test_a_row_holds_the_result_of_its_own_choices(studies, axes, models):
    table = specifications(studies, axes, models)
    row = table[
        table["Quality"].eq("any")
        & table["Left out"].eq("E")
        & table["Newest"].eq("all")
        & table["method"].eq("REML")
        & table["test"].eq("knha")
    ].iloc[0]
    chosen = studies[studies["study"].ne("e")]
    one = fit(chosen["yi"], chosen["vi"], method="REML", test="knha")
    for name in ("k", "estimate", "se", "ci_lb", "ci_ub", "pval", "tau2", "i2"):
        assert row[name] == pytest.approx(getattr(one, name)[0], rel=1e-12)
    assert row["sign"] == np.sign(one.estimate[0])
    assert bool(row["significant"]) == (one.ci_lb[0] > 0 or one.ci_ub[0] < 0)


def test_significance_is_that_of_the_interval(studies, axes, models):
    table = specifications(studies, axes, models).dropna(subset=["significant"])
    outside = (table["ci_lb"] > 0) | (table["ci_ub"] < 0)
    assert (table["significant"] == outside).all()


def test_a_rule_chooses_among_the_rows_that_are_left(studies, axes):
    table = specifications(studies, axes)
    newest = table[table["Quality"].eq("any") & table["Newest"].eq("one")]
    estimates = dict(zip(newest["Left out"], newest["estimate"], strict=True))
    assert estimates["none"] == pytest.approx(0.4)  # of 2005
    assert estimates["B"] == pytest.approx(-0.6)  # then 2004


def test_empty_and_single_subsets_keep_their_rows(studies, axes, models):
    table = specifications(studies, axes, models)
    empty = table[table["Quality"].eq("excellent")]
    assert set(empty["result"]) == {"empty"}
    assert empty[["estimate", "pval", "sign", "significant", "pi_excludes_0"]].isna().all(axis=None)
    single = table[table["result"].eq("single")]
    assert set(single["k"]) == {1}
    assert set(single["se"].round(12)) <= {0.1, round(0.02**0.5, 12)}
    assert single["pi_lb"].isna().all()


def test_grades_follow_the_profile_and_ask_for_what_is_missing(studies, axes, models):
    table = specifications(studies, axes, models, profile="ioannidis")
    told = table[table["result"].ne("empty")]
    # Nobody knows the number of cases, so that a p value too large for class III decides alone.
    assert set(told.loc[told["pval"] > 0.05, "class"]) == {"ns"}
    assert set(told.loc[told["pval"].between(0.001, 0.05), "class"]) == {"IV"}
    assert set(told.loc[told["pval"] < 0.0009, "class"]) == {"not assessable"}
    assert table.loc[table["result"].eq("empty"), "class"].isna().all()


def test_axes_need_names_of_their_own(studies):
    twice = [Axis("k", (Option("all"),))]
    with pytest.raises(ValueError, match="names of their own"):
        specifications(studies, twice)
    with pytest.raises(ValueError, match="different names"):
        Axis("Quality", (Option("any"), Option("any")))
    with pytest.raises(ValueError, match="options"):
        Axis("Quality", ())


def test_conditions_masks_and_rules_select_alike(studies):
    condition = Option("c", {"quality": ["high"]})
    mask = Option("m", studies["quality"].eq("high"))
    rule = Option("r", lambda rows: rows["quality"].eq("high"))
    found = masks_of(studies, [Axis("Quality", (condition, mask, rule))])
    assert (found == [True, True, False, False, False]).all()


def test_nothing_changes_the_rows_and_none_is_needed(studies, axes, models):
    before = studies.copy()
    specifications(studies, axes, models)
    pd.testing.assert_frame_equal(studies, before)
    none = specifications(studies[:0], axes[:1], Models())
    assert set(none["result"]) == {"empty"}
