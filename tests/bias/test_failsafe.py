from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from tests.bias.cases import METAFOR, rows
from umbrella_review.bias.failsafe import fsn

Z_05 = norm.isf(0.05)


@pytest.mark.parametrize(("analysis", "row"), rows("fsn"), ids=lambda value: str(value)[:30])
def test_it_agrees_with_the_reference(analysis, row):
    got = fsn(METAFOR[analysis]["yi"], METAFOR[analysis]["vi"], row["type"], alpha=row["alpha"])
    assert got.fsnum[0] == row["fsnum"]
    for name in ("pval", "meanes", "target"):
        value = getattr(got, name)[0]
        if row[name] is None:
            assert np.isnan(value)
        else:
            assert np.log(np.abs(value)) == pytest.approx(np.log(np.abs(row[name])), rel=1e-9)
            assert np.sign(value) == np.sign(row[name])


def test_rosenthals_studies_bring_the_sum_of_z_down_to_the_level():
    yi, vi = METAFOR["dat.bcg-RR"]["yi"], METAFOR["dat.bcg-RR"]["vi"]
    number, total = fsn(yi, vi).fsnum[0], abs((yi / np.sqrt(vi)).sum())
    assert total / np.sqrt(len(yi) + number) <= Z_05 < total / np.sqrt(len(yi) + number - 1)


def test_orwins_studies_bring_the_mean_down_to_the_target():
    got = fsn([0.4, 0.6, 0.8], [0.1, 0.1, 0.1], "Orwin", target=0.25)
    assert got.fsnum[0] == 5  # 1.8 / 0.25 - 3 = 4.2
    assert fsn([-0.4, -0.6, -0.8], [0.1] * 3, "Orwin", target=0.25).target[0] == -0.25
    assert np.isnan(fsn([0.4], [0.1], "Orwin", target=0.0).fsnum[0])


def test_what_is_not_significant_needs_no_studies():
    for kind in ("Rosenthal", "Rosenberg"):
        assert fsn([0.01, -0.01], [1.0, 1.0], kind).fsnum[0] == 0


def test_a_batch_gives_what_its_analyses_give():
    yi, vi = [[0.5, 0.7], [0.9, np.nan], [np.nan, np.nan]], [[0.01, 0.02], [0.03, np.nan]]
    vi.append([np.nan, np.nan])
    for kind in ("Rosenthal", "Orwin", "Rosenberg"):
        got = fsn(yi, vi, kind).fsnum
        assert got[0] == fsn([0.5, 0.7], [0.01, 0.02], kind).fsnum[0]
        assert got[1] == fsn([0.9], [0.03], kind).fsnum[0]
        assert np.isnan(got[2])


def test_unknown_options_are_named():
    with pytest.raises(ValueError, match="Fisher"):
        fsn([0.1], [0.1], "Fisher")
    with pytest.raises(ValueError, match="level"):
        fsn([0.1], [0.1], alpha=0)
