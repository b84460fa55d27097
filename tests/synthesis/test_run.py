"""Batches, models and documents of tables of studies."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.pooling.model import fit
from umbrella_review.synthesis.batch import batch_of
from umbrella_review.synthesis.document import document_of
from umbrella_review.synthesis.options import Options
from umbrella_review.synthesis.plain import plain, to_json
from umbrella_review.synthesis.read import StudyTable
from umbrella_review.synthesis.run import synthesise


def table_of(rows: list[tuple[str, float, float]]) -> StudyTable:
    names, yi, vi = zip(*rows, strict=True)
    unknown = np.full(len(rows), np.nan)
    places = tuple(f"row {number}" for number in range(2, len(rows) + 2))
    reasons = tuple("no yi, vi" if np.isnan(number) else "" for number in yi)
    effects = np.array(yi), np.array(vi)
    return StudyTable(
        "t.csv", "GEN", ("yi", "vi"), names, places, reasons, *effects, unknown, unknown
    )


MIXED = table_of(
    [
        ("B", 0.5, 0.2),
        ("A", 0.1, 0.1),
        ("B", np.nan, np.nan),
        ("B", 0.3, 0.3),
        ("A", 0.9, 0.1),
        ("C", np.nan, np.nan),
        ("B", -0.4, 0.2),
    ]
)


def test_a_batch_keeps_the_order_of_analyses_and_studies():
    batch, left_out = batch_of(MIXED)
    assert batch.names == ("B", "A", "C")
    assert batch.k.tolist() == [3, 2, 0]
    assert batch.yi[0].tolist() == [0.5, 0.3, -0.4]
    assert batch.studies(1)[0].tolist() == [0.1, 0.9]
    assert [(row.analysis, row.place) for row in left_out] == [("B", "row 4"), ("C", "row 7")]
    assert {row.reason for row in left_out} == {"no yi, vi"}
    assert batch.given[0][0].tolist()[0] == 0.5
    assert len(batch.given[0][0]) == 4


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.floats(-3, 3)), min_size=1, max_size=30))
def test_a_batch_gives_each_analysis_what_it_has_alone(rows):
    batch, _ = batch_of(table_of([(name, effect, 0.5) for name, effect in rows]))
    for place, name in enumerate(batch.names):
        alone = [effect for other, effect in rows if other == name]
        assert batch.studies(place)[0].tolist() == alone


def test_models_of_a_ragged_batch_are_those_of_each_analysis():
    synthesis = synthesise(MIXED, Options(method="DL", test="knha"))
    entries = document_of(synthesis)["analyses"]
    alone = fit([0.5, 0.3, -0.4], [0.2, 0.3, 0.2], method="DL", test="knha")
    assert entries["B"]["models"][0]["estimate"] == alone.estimate[0]
    assert entries["B"]["models"][0]["ci_ub"] == alone.ci_ub[0]


def test_all_methods_and_tests_make_the_grid():
    models = Options("all", "all").models
    assert len(models) == len(set(models)) == 28
    assert models[0] == ("FE", "z")
    assert [test for method, test in models if method == "FE"] == ["z"]
    assert Options("FE", "knha").models == (("FE", "knha"),)


def test_the_tidy_table_has_one_row_a_model():
    frame = synthesise(MIXED, Options("all", "z")).tidy()
    assert len(frame) == 3 * 10
    assert frame["analysis"].unique().tolist() == ["B", "A", "C"]
    assert {"method", "test", "estimate", "pi_lb", "Qp"} <= set(frame.columns)
    assert frame.loc[frame["analysis"] == "C", "estimate"].isna().all()


@pytest.mark.parametrize("studies", [0, 1, 2, 3])
def test_few_studies_give_a_document_of_every_part(studies):
    rows = [("A", 0.2 * place, 0.1 + place / 10) for place in range(studies)]
    table = table_of([*rows, ("A", np.nan, np.nan)])
    document = json.loads(to_json(document_of(synthesise(table, Options("all", "all", full=True)))))
    analysis = document["analyses"]["A"]
    assert analysis["k"] == studies
    assert len(analysis["models"]) == 28
    assert len(analysis["escalc_yi"]) == studies + 1
    assert all(len(entry["estimate"]) == studies for entry in analysis["leave1out"])
    assert all(len(entry["hat"]) == studies for entry in analysis["influence"])
    assert analysis["cumul"]["order"] == "data order"


def test_equal_effects_and_extreme_variances_make_valid_documents():
    rows = [("equal", 0.5, 0.1)] * 4
    rows += [("tiny", place / 10, 1e-12) for place in range(4)]
    rows += [("huge", place / 10, 1e12) for place in range(4)]
    text = to_json(document_of(synthesise(table_of(rows), Options("all", "all", full=True))))
    equal = json.loads(text)["analyses"]["equal"]
    assert {entry["estimate"] for entry in equal["models"]} == {0.5}
    assert {entry["tau2"] for entry in equal["models"]} == {0.0}


def test_numbers_that_json_lacks():
    values = {"a": [np.nan, np.inf, -np.inf, 1.5], "b": np.int64(3), "c": np.bool_(True)}
    assert plain(values) == {"a": [None, "Inf", "-Inf", 1.5], "b": 3, "c": True}
    assert to_json({"a": 0.1}) == '{\n "a": 0.1\n}\n'


def test_the_document_is_the_same_each_time(tmp_path: Path):
    first, second = (to_json(document_of(synthesise(MIXED))) for _ in range(2))
    assert first == second
