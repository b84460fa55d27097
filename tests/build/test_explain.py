"""Reasons, worded from states."""

from __future__ import annotations

import pytest

from umbrella_review.build.explain import LastRun, reasons
from umbrella_review.build.nodes import INPUTS, FileNode, FolderNode, Input, make_step


@pytest.fixture
def step(tmp_path):
    (tmp_path / "made").write_text("made")
    names = {"data/x.csv": "1", "environment": "numpy==2.1 python==3.11", "parameter k": "2"}
    inputs = [Input(task="a", name=name, content=content) for name, content in names.items()]
    return make_step("a", print, None, inputs, [FileNode(name="made", file=tmp_path / "made")])


def last(step, **changes):
    inputs = {node.name: node.state() for node in step.depends_on["inputs"]}
    inputs = {name: state for name, state in (inputs | changes).items() if state is not None}
    return LastRun(inputs, {"made": step.produces["products"][0].state()})


def test_nothing_to_say_when_nothing_changed(step):
    assert reasons(step, last(step), forced=False) == []
    assert reasons(step, last(step), forced=True) == ["forced"]
    assert reasons(step, None, forced=False) == ["first run"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"data/x.csv": "0"}, "data/x.csv changed"),
        ({"data/x.csv": None}, "data/x.csv is new"),
        ({"data/y.csv": "1"}, "data/y.csv is gone"),
        ({"parameter k": "1"}, "parameter k: 1 -> 2"),
        (
            {"environment": "numpy==2.0 python==3.11 scipy==1.1"},
            "environment changed: numpy 2.0 -> 2.1, scipy 1.1 -> none",
        ),
        ({INPUTS: "other"}, None),
    ],
)
def test_changes_are_named(step, changes, told):
    assert reasons(step, last(step, **changes), forced=False) == ([told] if told else [])


def test_products_are_named(step, tmp_path):
    before = last(step)
    (tmp_path / "made").write_text("edited")
    assert reasons(step, before, forced=False) == ["made was changed by hand or left unfinished"]
    (tmp_path / "made").unlink()
    assert reasons(step, before, forced=False) == ["made is missing"]


def test_a_folder_is_known_by_names_and_contents(tmp_path):
    folder = tmp_path / "folder"
    node = FolderNode(name="folder", file=folder)
    assert node.state() is None
    folder.mkdir()
    empty = node.state()
    (folder / "a").write_text("1")
    one = node.state()
    (folder / "a").rename(folder / "b")
    assert len({empty, one, node.state()}) == 3
