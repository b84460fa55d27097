"""What a reader sees of a figure: its texts, and those that collide or are cut."""

from __future__ import annotations

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SLACK = 0.5  # pixels


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


def assert_readable(figure: Figure) -> None:
    assert len(drawn_texts(figure)) > 3
    assert collisions(figure) == []
    assert cut_off(figure) == []
