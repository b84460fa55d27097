from __future__ import annotations

import numpy as np
import pytest

from umbrella_review.multiverse.evaluate import Models
from umbrella_review.multiverse.flips import (
    Flip,
    by_option,
    counts,
    flip_words,
    kinds_of,
    summary,
    with_flips,
)
from umbrella_review.multiverse.grid import Axis, Option
from umbrella_review.multiverse.table import axes_of, specifications


@pytest.fixture
def flipped(studies, axes, models):
    return with_flips(specifications(studies, axes, models, profile="ioannidis"))


def test_the_reference_flips_nothing(flipped):
    reference = flipped[flipped["reference"]]
    assert len(reference) == 1
    assert all(
        reference[axis].iloc[0] == flipped[axis].cat.categories[0] for axis in axes_of(flipped)
    )
    for kind in kinds_of(flipped):
        assert not reference[f"flips_{kind}"].iloc[0]


def test_flips_are_differences_from_the_reference(flipped):
    reference = flipped[flipped["reference"]].iloc[0]
    told = flipped.dropna(subset=["sign"])
    assert (told["flips_sign"] == told["sign"].ne(reference["sign"])).all()
    judged = flipped.dropna(subset=["significant"])
    assert (
        judged["flips_significance"] == judged["significant"].ne(reference["significant"])
    ).all()
    assert judged["flips_significance"].any()
    assert flipped.loc[flipped["result"].eq("empty"), "flips_sign"].isna().all()


def test_counts_add_up(flipped):
    found = counts(flipped)
    assert found.n == len(flipped) == found.n_empty + found.n_evaluated
    assert found.n_subsets == flipped.loc[flipped["k"].gt(0), "subset"].nunique()
    assert found.n_single == flipped["k"].eq(1).sum()
    assert found.n_positive == flipped["estimate"].gt(0).sum()
    assert found.share_positive == pytest.approx(100 * found.n_positive / found.n_evaluated)
    assert 0 < found.n_significant < found.n_judged <= found.n_evaluated


def test_options_of_an_axis_add_up_to_all_flips(flipped):
    options = by_option(flipped)
    totals = {flip.kind: (flip.n, flip.n_flips) for flip in summary(flipped)}
    for (_, kind), part in options.groupby(["axis", "kind"], sort=False):
        assert (part["n"].sum(), part["n_flips"].sum()) == totals[kind]
        assert part["of_reference"].sum() == 1
    assert not options.loc[options["of_reference"], "alone"].any()


def test_one_choice_alone_is_compared_with_all_else_unchanged(flipped):
    options = by_option(flipped).set_index(["kind", "axis", "option"])["alone"]
    at_reference = {axis: flipped[axis].cat.categories[0] for axis in axes_of(flipped)}
    for (kind, axis, option), alone in options.items():
        wanted = at_reference | {axis: option}
        row = flipped[np.all([flipped[name].eq(word) for name, word in wanted.items()], axis=0)]
        value = row[f"flips_{kind}"].iloc[0]
        assert alone is value or alone == value
    assert options["significance", "Quality", "high"]


def test_another_reference_may_be_named(studies, axes, models):
    table = specifications(studies, axes, models)
    here = with_flips(table, {"Quality": "high", "test": "knha"})
    row = here[here["reference"]].iloc[0]
    assert (row["Quality"], row["Left out"], row["test"]) == ("high", "none", "knha")
    with pytest.raises(ValueError, match="no option"):
        with_flips(table, {"Quality": "best"})
    with pytest.raises(ValueError, match="no option"):
        with_flips(table, {"Beauty": "any"})


def test_an_empty_reference_leaves_all_open(studies, axes, models):
    table = specifications(studies, axes, models)
    found = summary(with_flips(table, {"Quality": "excellent"}))
    assert all(flip.n == 0 and flip.n_flips == 0 for flip in found)
    assert flip_words(found).startswith("the sign cannot be told for the reference")


def test_what_all_flips_share_is_named(studies):
    one = Axis("Quality", (Option("any"), Option("low", {"quality": ["low"]})))
    found = summary(with_flips(specifications(studies, [one], Models(("FE",), ("z", "t")))))
    sign = found[0]
    assert (sign.kind, sign.n_flips, sign.always) == ("sign", 2, (("Quality", "low"),))
    assert sign.alone == (("Quality", "low"),)
    assert (
        "the sign flips in 2 of 4 specifications, in each of them with Quality: low"
        in flip_words(found)
    )


def test_words_for_what_never_flips():
    never = (Flip("sign", 8, 0, (), ()), Flip("significance", 1200, 3, (), ()))
    assert flip_words(never) == (
        "the sign never flips; significance flips in 3 of 1,200 specifications"
    )
