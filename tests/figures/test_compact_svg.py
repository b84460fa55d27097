"""Compacting an SVG leaves the picture, tested on its pixels."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET

import pytest
import typst
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from PIL import Image, ImageChops

from umbrella_review.figures.compact_path import compact_path
from umbrella_review.figures.compact_style import compact_style
from umbrella_review.figures.compact_svg import compact
from umbrella_review.figures.style import new_figure


def drawn() -> str:
    figure = new_figure(height=2)
    axes = figure.add_subplot(title="A title with numbers 0.12345")
    axes.plot([1, 2, 3], [0.1, 0.123456, -0.4], "o-", label="bold", gid="mine")
    axes.scatter([1.5, 2.5], [0, 0.05], marker="s", alpha=0.5)
    axes.text(1.2, -0.2, "turned", rotation=33, weight="bold")
    axes.legend()
    return saved(figure)


def saved(figure: Figure) -> str:
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


def test_curves_that_mirror_the_one_before_need_no_control_point() -> None:
    assert compact_path("M 0 0 Q 1 2 2 0 Q 3 -2 4 0", 1, 0) == "m0 0q1 2 2 0t2 0"
    assert compact_path("M 0 0 Q 1 2 2 0 Q 3 -4 4 0", 1, 0) == "m0 0q1 2 2 0 1-4 2 0"


@pytest.mark.parametrize(
    ("style", "short"),
    [
        ("fill:#ffffff;stroke:#000000;stroke-opacity:0;stroke-linejoin:miter", "fill:#fff"),
        ("fill:#e3e6ea;opacity:0.7", "fill:#e3e6ea;fill-opacity:.7"),
        ("fill:none;stroke:#112233;opacity:0.5", "fill:none;stroke:#123;stroke-opacity:.5"),
        ("fill:#e3e6ea;stroke:#e3e6ea;opacity:0.7", "fill:#e3e6ea;stroke:#e3e6ea;opacity:.7"),
    ],
)
def test_styles_say_what_can_be_seen(style: str, short: str) -> None:
    assert compact_style(style) == short


def test_words_and_shapes_that_come_again_are_written_once() -> None:
    figure = new_figure(height=2)
    axes = figure.add_subplot()
    axes.set_axis_off()
    for row in range(5):
        axes.text(0, row, f"{row} systematic reviews", size=6 + row)
        axes.add_patch(Circle((0.5, row), 0.2, color="#123456"))
    axes.set_ylim(-1, 5)
    root = ET.fromstring(compact(saved(figure)))
    words = [one for one in root.iter() if (one.get("id") or "").startswith("w")]
    shapes = [one for one in root.iter() if (one.get("id") or "").startswith("s")]
    assert sorted(len(word) for word in words) == [len("reviews"), len("systematic")]
    assert len(shapes) == 1
    assert_used([*words, *shapes], root, times=5)


def assert_used(elements: list[ET.Element], root: ET.Element, times: int) -> None:
    references = [one.get("href") for one in root.iter()]
    for element in elements:
        assert references.count(f"#{element.get('id')}") == times
