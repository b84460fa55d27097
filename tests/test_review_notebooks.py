"""The notebooks on the included reviews, run cell by cell on a copy of the project."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from umbrella_review.ledger import read_values
from umbrella_review.paths import Project

PROJECT = Project(Path(__file__).parents[1])


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    shutil.copy(PROJECT.review_file, tmp_path)
    shutil.copytree(PROJECT.data, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


def cells(notebook: str) -> list[dict]:
    text = (PROJECT.notebooks / f"{notebook}.ipynb").read_text(encoding="utf-8")
    return [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]


def run(notebook: str, **parameters: object) -> None:
    """Run the code cells as papermill does: given parameters come after the defaults."""
    names: dict[str, object] = {}
    for cell in cells(notebook):
        exec("".join(cell["source"]), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names.update(parameters)


def recorded(project: Project, notebook: str) -> dict[str, str]:
    values = read_values(project.results / notebook / "values.json")
    return {key: value.text for key, value in values.items()}


@pytest.mark.parametrize(
    ("parameters", "n_reviews"),
    [
        ({"review_types": ["scoping"]}, "6"),
        ({"questions": ["rq2"]}, "9"),
        ({"population_groups": ["perinatal"]}, "3"),
        ({"intervention_formats": ["group"]}, "3"),
        ({"minimum_rating": "low"}, "3"),
        ({"minimum_rating": "high"}, "1"),
        ({"review_types": ["sr_qualitative"], "questions": ["rq2"]}, "0"),
    ],
)
def test_parameters_change_which_reviews_are_described(
    copy: Project, parameters: dict[str, object], n_reviews: str
) -> None:
    run("02_characteristics", **parameters)
    values = recorded(copy, "02_characteristics")
    assert values["characteristics.n_reviews"] == n_reviews


def test_parameters_change_which_ratings_are_counted(copy: Project) -> None:
    run("03_quality", questions=["rq2"])
    values = recorded(copy, "03_quality")
    assert values["quality.n_critically_low"] == "9"
    assert values["quality.n_weak_item_7"] == "28"  # published over all reviews only


@pytest.mark.parametrize(
    ("certainties", "known"), [([], "33"), (["stated"], "26"), (["inferred"], "0")]
)
def test_the_certainty_asked_for_changes_what_counts_as_known(
    copy: Project, certainties: list[str], known: str
) -> None:
    run("04_overlap", certainties=certainties)
    assert recorded(copy, "04_overlap")["overlap.n_inclusions_known"] == known


def test_credibility_runs_when_no_result_is_left(copy: Project) -> None:
    run("13_credibility", outcome_groups=["cost"])
    values = recorded(copy, "13_credibility")
    assert values["credibility.n_results"] == "0"
    assert values["credibility.subgroup.n_tests"] == "4"  # whatever the parameters


def test_the_kind_of_prediction_interval_changes_what_it_includes(copy: Project) -> None:
    run("13_credibility", prediction_kind="z", fewest_results=2)
    values = recorded(copy, "13_credibility")
    assert values["credibility.n_prediction"] == "30"
    assert int(values["credibility.n_significant_pi_excludes"]) > 1
