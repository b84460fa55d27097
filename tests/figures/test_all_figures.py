"""All figures of the project, drawn from its data: legible, whole, framed, and as they were."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from tests.figures.drawn import collisions, covered_marks, crowded_marks, cut_off, drawn_texts
from tests.figures.real import DRAWING, ROOT, figures_of, source
from tests.figures.snapshot import FOLDER, IMAGES, picture, snapshot
from umbrella_review.schemas import TABLES

SMALLEST = 6.5  # points
NEAR = 0.03  # inches that a text or mark may move before a snapshot has to be renewed
RENEW = "look at the figure, then: python -m tests.figures.snapshot"


def notebook(name: str) -> object:
    # Its figures are drawn once, by the worker that gets all tests of the notebook.
    return pytest.param(name, marks=pytest.mark.xdist_group(f"figures-{name}"))


each_notebook = pytest.mark.parametrize("name", [notebook(name) for name in DRAWING])


def roles(figure: Figure) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in figure.texts:
        role = text.get_gid() or ""
        found[role] = f"{found.get(role, '')} {text.get_text()}".strip()
    return found


@each_notebook
def test_texts_are_whole_apart_and_large_enough(name):
    for label, figure in figures_of(name).items():
        small = [t.get_text() for t in drawn_texts(figure) if t.get_fontsize() < SMALLEST]
        found = (small, cut_off(figure), collisions(figure), covered_marks(figure))
        assert found == ([], [], [], []), label
        assert crowded_marks(figure) == [], label


@each_notebook
def test_every_figure_has_its_message_what_is_shown_and_its_data(name):
    for label, figure in figures_of(name).items():
        words = roles(figure)
        assert words.get("frame-title"), label
        assert words.get("frame-shown"), label
        source = words.get("frame-source", "")
        named = source.removeprefix("Data: ").split(". ")[0].split(", ")
        assert {file.removesuffix(".csv") for file in named} <= set(TABLES), f"{label}: {source}"
        assert words["frame-title"] in figure.get_label(), label


def parts(line: str) -> tuple[list[float], str]:
    """Return the places of a line of a snapshot in inches, and the rest."""
    kind, *words = line.split(" ")
    count = 4 if kind == "bar" else 2
    return [float(word) for word in words[:count]], " ".join([kind, *words[count:]])


@each_notebook
def test_figures_are_as_they_were(name):
    for label, figure in figures_of(name).items():
        file = FOLDER / f"{label}.txt"
        assert file.is_file(), f"{label} has no snapshot; {RENEW} {label}"
        before = [parts(line) for line in file.read_text(encoding="utf-8").splitlines()]
        after = [parts(line) for line in snapshot(figure)]
        assert [look for _, look in after] == [look for _, look in before], f"{label}; {RENEW}"
        moved = [
            (look, old, new)
            for (old, look), (new, _) in zip(before, after, strict=True)
            if np.abs(np.subtract(old, new)).max() > NEAR
        ]
        assert not moved, f"{label}; {RENEW}"


def test_no_snapshot_is_left_over():
    named = {label for name in DRAWING for label in labels(name)}
    assert {file.stem for file in FOLDER.iterdir()} == named


def labels(name: str) -> list[str]:
    cells = source(ROOT / "notebooks" / f"{name}.ipynb")
    lines = [line for cell in cells for line in cell.splitlines()]
    return [line.removeprefix("#| label: ") for line in lines if line.startswith("#| label: fig-")]


@each_notebook
def test_some_figures_look_as_they_did(name):
    for label, figure in figures_of(name).items():
        if label not in IMAGES:
            continue
        with Image.open(FOLDER / f"{label}.png") as image:
            before = np.asarray(image, dtype=float)
        after = picture(figure)
        assert after.shape == before.shape, f"{label}; {RENEW}"
        # Edges of letters may differ by a shade; a shape that moved differs in many pixels.
        assert (np.abs(after - before) > 64).mean() < 0.002, f"{label}; {RENEW}"
