"""Compacting an SVG leaves the picture, tested on its pixels."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET

import pytest
import typst
from PIL import Image, ImageChops

from umbrella_review.figures.compact_path import compact_path
from umbrella_review.figures.compact_svg import compact
from umbrella_review.figures.style import new_figure


def drawn() -> str:
    figure = new_figure(height=2)
    axes = figure.add_subplot(title="A title with numbers 0.12345")
    axes.plot([1, 2, 3], [0.1, 0.123456, -0.4], "o-", label="bold", gid="mine")
    axes.scatter([1.5, 2.5], [0, 0.05], marker="s", alpha=0.5)
    axes.text(1.2, -0.2, "turned", rotation=33, weight="bold")
    axes.legend()
    target = io.StringIO()
    figure.savefig(target, format="svg", metadata={"Date": None})
    return target.getvalue()


def pixels(svg: str) -> Image.Image:
    source = "#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg))"
    png = typst.compile(source.encode(), format="png", ppi=200, sys_inputs={"svg": svg})
    return Image.open(io.BytesIO(bytes(png))).convert("L")


def test_the_picture_stays_and_half_of_the_text_goes() -> None:
    svg = drawn()
    small = compact(svg)
    assert len(small) < 0.75 * len(svg)
    before, after = pixels(svg), pixels(small)
    assert before.size == after.size
    different = ImageChops.difference(before, after).point(lambda value: 255 * (value > 64))
    share = sum(different.tobytes()) / 255 / (before.width * before.height)
    assert share < 0.0005
    assert len(set(after.tobytes())) > 10, "nothing was drawn"


def test_names_that_are_used_or_given_stay() -> None:
    small = compact(drawn())
    root = ET.fromstring(small)
    names = {element.get("id") for element in root.iter()} - {None}
    used = set(re.findall(r'(?:href="|url\()#([^")]+)', small))
    assert used
    assert used <= names
    assert "mine" in names
    assert not [name for name in names if re.fullmatch(r"(text|line2d|patch)_\d+", str(name))]


def test_twice_is_as_good_as_once() -> None:
    small = compact(drawn())
    assert compact(small) == small


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M 30.4421 244.4 L 515.4 244.4 L 515.4 72.7 z", "m30.44 244.4h484.96v-171.7z"),
        ("M 0 0 L 0.5 -0.25 L 1 1", "m0 0 .5-.25 .5 1.25"),
        ("M 1 1 L 2 2 z M 3 3 L 4 2", "m1 1 1 1zm2 2 1-1"),
        ("M 0 0 Q 1 1 2 0 C 3 0 4 1 5 5", "m0 0q1 1 2 0c1 0 2 1 3 5"),
        ("M 0 0 A 1 1 0 0 0 2 2", "M 0 0 A 1 1 0 0 0 2 2"),
    ],
)
def test_paths_are_written_in_steps(path: str, short: str) -> None:
    assert compact_path(path, 0.01, 2) == short


def test_rounding_of_steps_does_not_add_up() -> None:
    points = [(0.004 * n, 0.006 * n) for n in range(1, 400)]
    path = "M 0 0 " + " ".join(f"L {x} {y}" for x, y in points)
    assert end_of(compact_path(path, 0.01, 2)) == pytest.approx((1.6, 2.39), abs=0.006)


def end_of(path: str) -> tuple[float, float]:
    x = y = 0.0
    for command, found in re.findall(r"([mlhv])([^mlhv]*)", path):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", found)]
        if command in "hv":
            x, y = (x + sum(numbers), y) if command == "h" else (x, y + sum(numbers))
        else:
            x, y = x + sum(numbers[::2]), y + sum(numbers[1::2])
    return x, y
