from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PolyCollection, QuadMesh
from matplotlib.colors import to_rgba_array

from tests.figures.drawn import assert_readable, words
from umbrella_review.figures.specification_curve import (
    NEGATIVE,
    NEITHER,
    POSITIVE,
    CurveWords,
    limits,
    specification_curve,
)
from umbrella_review.multiverse.curve import COLUMNS, curve, varied_axes
from umbrella_review.multiverse.evaluate import Models
from umbrella_review.multiverse.flips import with_flips
from umbrella_review.multiverse.grid import Axis, Option
from umbrella_review.multiverse.subsets import without_each
from umbrella_review.multiverse.table import specifications
from umbrella_review.pooling.tau2 import METHODS

WORDS = CurveWords("Values, no effects", "Difference", "favours one", "favours the other")


def flipped_of(n: int) -> pd.DataFrame:
    random = np.random.default_rng(20_260)
    studies = pd.DataFrame(
        {
            "yi": random.normal(0.3, 0.3, n),
            "vi": random.uniform(0.01, 0.1, n),
            "quality": random.choice(["high", "low"], n),
        }
    )
    masks = [pd.Series(mask) for mask in without_each(n)]
    axes = (
        Axis("Quality", (Option("any"), Option("high", {"quality": ["high"]}))),
        Axis("Left out", tuple(Option(f"study {i}", mask) for i, mask in enumerate(masks))),
    )
    models = Models(tuple(METHODS), ("z", "t", "knha", "adhoc"), ("t_k1",))
    return with_flips(specifications(studies, axes, models))


@pytest.fixture(scope="module")
def flipped() -> pd.DataFrame:
    return flipped_of(6)


def test_fields_are_the_intervals_of_the_curve(flipped: pd.DataFrame) -> None:
    axes = varied_axes(flipped)
    found = curve(flipped, axes)
    drawn = specification_curve(found, axes, WORDS).axes[1]
    (fields,) = [part for part in drawn.collections if isinstance(part, PolyCollection)]
    ends = [(path.vertices[0][1], path.vertices[2][1]) for path in fields.get_paths()]
    np.testing.assert_allclose(ends, found[["ci_lb", "ci_ub"]])
    expected = np.where(
        found["significant"], np.where(found["estimate"] > 0, POSITIVE, NEGATIVE), NEITHER
    )
    np.testing.assert_allclose(fields.get_facecolor(), to_rgba_array(list(expected)))
    assert set(expected) >= {POSITIVE, NEITHER}


def test_the_matrix_is_the_choices_of_the_curve(flipped: pd.DataFrame) -> None:
    axes = varied_axes(flipped)
    found = curve(flipped, axes)
    figure = specification_curve(found, axes, WORDS)
    meshes = [
        np.asarray(part.get_array()).reshape(-1, len(found))
        for drawn in figure.axes
        for part in drawn.collections
        if isinstance(part, QuadMesh)
    ]
    shares = found[list(found.columns[len(COLUMNS) :])].to_numpy().T
    np.testing.assert_array_equal(np.vstack(meshes), shares)


def test_texts_can_be_read(flipped: pd.DataFrame) -> None:
    axes = varied_axes(flipped)
    figure = specification_curve(curve(flipped, axes), axes, WORDS)
    assert_readable(figure)
    seen = words(figure)
    assert {"Quality", "Left out", "method", "test", "reference", "any", "high", "t"} <= set(seen)
    assert any("different results of" in text for text in seen)


def test_thousands_of_results_make_a_small_file() -> None:
    axes = ["Quality", "method", "test"]
    found = curve(flipped_of(40), axes)
    assert len(found) > 1000
    file = io.BytesIO()
    specification_curve(found, axes, WORDS).savefig(file, format="svg")
    assert len(file.getvalue()) < 300_000


def test_no_effect_and_every_estimate_lie_in_the_frame(flipped: pd.DataFrame) -> None:
    found = curve(flipped, varied_axes(flipped))
    low, high = limits(found)
    assert low < min(0, found["estimate"].min())
    assert high > max(0, found["estimate"].max())


def test_a_curve_without_results_says_so() -> None:
    figure = specification_curve(pd.DataFrame(columns=COLUMNS), [], WORDS)
    assert any("Nothing is left" in text for text in words(figure))


def test_the_message_weighs_results_by_their_specifications(flipped: pd.DataFrame) -> None:
    axes = varied_axes(flipped)
    found = curve(flipped, axes)
    n = found["n_specifications"]
    share = 100 * n[found["significant"].eq(True)].sum() / n.sum()
    said = specification_curve(found, axes, WORDS).get_label()
    assert said.startswith(f"Values, no effects: in {share:.0f}% of {n.sum():,} specifications")
    assert "not an effect" in said
