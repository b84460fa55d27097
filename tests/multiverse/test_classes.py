"""Grades of a subset are those of the grading command on the same studies."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from umbrella_review.grading.factors import Choices, factors_of
from umbrella_review.grading.profiles import grade
from umbrella_review.grading.table import read_studies
from umbrella_review.multiverse.classes import Grading, classes
from umbrella_review.multiverse.evaluate import Models, evaluate
from umbrella_review.multiverse.subsets import product, without_each

METHODS = ("REML", "DL", "FE")
N = 7


@pytest.fixture
def rows() -> list[dict[str, object]]:
    random = np.random.default_rng(20_260)
    return [
        {
            "factor": "f",
            "author": f"author {place}",
            "year": 2000 + place,
            "measure": "SMD",
            "value": round(float(random.normal(0.45, 0.1)), 3),
            "se": round(float(random.uniform(0.04, 0.2)), 3),
            "n_cases": int(random.integers(100, 400)),
            "n_controls": int(random.integers(100, 400)),
        }
        for place in range(N)
    ]


def table_of(rows: list[dict[str, object]], path: Path):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return read_studies(path)


@pytest.mark.parametrize("profile", ["ioannidis", "metaumbrella-ioannidis"])
def test_classes_are_those_of_the_same_studies_alone(rows, tmp_path, profile):
    whole = table_of(rows, tmp_path / "all.csv")
    yi, vi = whole.yi, whole.se**2
    subsets = product([without_each(N), [np.ones(N), whole.yi > 0.4, whole.cases > 200]])
    models = Models(METHODS, ("z",), ("t_k1",))
    grading = Grading(profile, "difference", whole.cases, whole.controls, whole.size)
    found = classes(yi, vi, subsets, evaluate(yi, vi, subsets, models), grading)
    assert len({*found.ravel()} - {None}) > 1
    compared = 0
    for s, chosen in enumerate(subsets):
        if chosen.sum() < 2:
            continue
        part = table_of(
            [row for row, keep in zip(rows, chosen, strict=True) if keep], tmp_path / "p.csv"
        )
        for m, method in enumerate(METHODS):
            (factor,) = factors_of(part, Choices(method=method))
            assert found[s, m, 0, 0] == grade(factor.evidence, profile).label
            compared += 1
    assert compared > 20
