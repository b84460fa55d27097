"""Compacting an SVG leaves the picture, tested on its pixels."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET

import typst
from PIL import Image, ImageChops

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
