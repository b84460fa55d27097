"""Forest plot of studies: what it shows, and that no text collides or is cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.figures.drawn import assert_readable, words
from umbrella_review.figures.axis import ratio_ticks
from umbrella_review.figures.empty import MESSAGE
from umbrella_review.figures.study_forest import study_forest
from umbrella_review.synthesis import Options, read_table, synthesise

DATA = Path(__file__).parents[2] / "examples" / "primary_level" / "data"
CASES = {"bcg": "RR", "hackshaw1998": "OR", "normand1999": "MD", "raudenbush1985": "SMD"}


def drawn(name: str, measure: str, method: str = "REML", **options: str):
    result = synthesise(read_table(DATA / f"{name}.csv", measure), Options(method))
    models = result.tidy()
    return study_forest(result.tidy("studies"), models, models["analysis"][0], **options), models


@pytest.mark.parametrize("prediction", ["pi", "pi_riley"])
@pytest.mark.parametrize("name", CASES)
def test_everything_can_be_read(name, prediction):
    figure, _ = drawn(name, CASES[name], prediction=prediction)
    assert_readable(figure)


def test_ratios_are_printed_as_ratios():
    figure, models = drawn("bcg", "RR", prediction="pi_riley")
    texts = words(figure)
    assert "0.49 (0.34,\N{NO-BREAK SPACE}0.70)" in texts
    assert "0.13 to 1.78" in texts
    assert "Prediction (t, k − 2)" in texts
    assert "REML, z test" in texts
    assert "risk ratio (logarithmic axis)" in texts
    assert sum(text.startswith("Comstock") for text in texts) == 3
    assert len(models) == 1


def test_a_common_effect_predicts_nothing():
    figure, _ = drawn("raudenbush1985", "SMD", "FE")
    assert not any("Prediction" in text for text in words(figure))


def test_the_pooled_effect_and_no_effect_lie_on_the_axis():
    for name, measure in CASES.items():
        figure, models = drawn(name, measure)
        low, high = figure.axes[1].get_xlim()
        inner = [0, *models.loc[0, ["estimate", "ci_lb", "ci_ub", "pi_lb", "pi_ub"]]]
        assert low < min(inner) <= max(inner) < high


def test_an_analysis_without_studies_says_so():
    result = synthesise(read_table(DATA / "bcg.csv", "RR"))
    assert MESSAGE in words(study_forest(result.tidy("studies"), result.tidy(), "none"))


def test_ticks_are_round_ratios_with_room_between_them():
    ticks = ratio_ticks((np.log(0.1), np.log(8)), 3.0)
    assert list(ticks.values()) == [0.1, 0.2, 0.5, 1, 2, 5]
    assert list(ratio_ticks((-1, 1), 3.0, -1.0).values()) == [2, 1.5, 1, 0.67, 0.5]


def test_the_message_is_the_pooled_effect():
    figure, _ = drawn("bcg", "RR", prediction="pi_riley")
    said = figure.get_label().replace("\N{NO-BREAK SPACE}", " ")
    assert "the pooled risk ratio is 0.49 (0.34, 0.70); its interval excludes 1." in said
    assert "k = 13" in said
    assert said.endswith("The prediction interval runs from 0.13 to 1.78.")
