"""What a reader sees of a figure: its texts, and those that collide or are cut."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SLACK = 0.5  # pixels
POINTS = 72  # an inch
ROUND = 0.8  # of the half width of a marker: corners of its box are empty
LETTER = 0.25  # of the width of a marker: how far its letter may lie from its middle


@lru_cache(maxsize=1)  # one figure is asked for its texts several times in a row
def drawn_texts(figure: Figure) -> dict[Text, Bbox]:
    """Return every visible text with its box in pixels, after a draw."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    hidden = {
        label
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not axes.axison
        or not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
        for label in (tick.label1, tick.label2)
    }  # matplotlib keeps these ticks but does not draw them
    return {
        text: text.get_window_extent(renderer)
        for text in figure.findobj(Text)
        if text not in hidden and text.get_visible() and text.get_text().strip()
    }


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in drawn_texts(figure)]


def collisions(figure: Figure) -> list[set[str]]:
    def overlap(one: Bbox, other: Bbox) -> bool:
        shared = Bbox.intersection(one, other)
        return shared is not None and min(shared.width, shared.height) > SLACK

    pairs = combinations(drawn_texts(figure).items(), 2)
    return [{a.get_text(), b.get_text()} for (a, one), (b, other) in pairs if overlap(one, other)]


def cut_off(figure: Figure) -> list[str]:
    width, height = figure.bbox.width + SLACK, figure.bbox.height + SLACK
    return [
        text.get_text()
        for text, box in drawn_texts(figure).items()
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > width or box.y1 > height
    ]


def marks(figure: Figure) -> list[tuple[Line2D, Bbox]]:
    """Return the markers that stand alone, not on a line, each with its box in pixels."""
    found = []
    for line in figure.findobj(Line2D):
        alone = line.get_linestyle() in {"None", "", " "} and line.get_visible()
        if not alone or line.axes is None or line.get_marker() in {"None", "", ".", None}:
            continue
        half = line.get_markersize() * figure.dpi / POINTS / 2 * ROUND
        for x, y in line.get_transform().transform(line.get_xydata()):
            found.append((line, Bbox.from_extents(x - half, y - half, x + half, y + half)))
    return found


def covered_marks(figure: Figure) -> list[str]:
    """Return texts that lie on a marker without being its letter, which stands in its middle."""
    found = []
    standing = [box for _, box in marks(figure)]
    for text, box in drawn_texts(figure).items():
        for mark in standing:
            shared = Bbox.intersection(box, mark)
            if shared is None or min(shared.width, shared.height) <= SLACK:
                continue
            apart = abs(box.x0 + box.x1 - mark.x0 - mark.x1) / 2
            if apart > LETTER * mark.width:
                found.append(text.get_text())
    return found


def assert_readable(figure: Figure) -> None:
    assert len(drawn_texts(figure)) > 3
    assert collisions(figure) == []
    assert cut_off(figure) == []
