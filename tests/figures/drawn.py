"""What a reader sees of a figure: its texts, and those that collide or are cut."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SLACK = 0.5  # pixels
POINTS = 72  # an inch
ROUND = 0.8  # of the half width of a marker: corners of its box are empty
CLEAR = 1.4  # points between two markers
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


def crowded_marks(figure: Figure) -> list[tuple[float, float]]:
    """Return the places, in inches, of markers that nearly touch another one.

    Markers that stand in one place are one mark: a disc in its ring.
    """
    boxes = np.array([box.extents for box in _outlines(figure)]).reshape(-1, 4)
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    beyond = np.abs(middles[:, None] - middles)  # shape (marks, marks, 2)
    room = beyond - (boxes[:, None, 2:] - boxes[:, None, :2] + boxes[:, 2:] - boxes[:, :2]) / 2
    near = (room.max(axis=2) < CLEAR * figure.dpi / POINTS) & (beyond.max(axis=2) > SLACK)
    return [tuple(middle) for middle in (middles[near.any(axis=1)] / figure.dpi).round(2).tolist()]


def _outlines(figure: Figure) -> list[Bbox]:
    """Return the boxes of single markers as they are drawn, with their edges."""
    found = []
    for line in {line for line, _ in marks(figure)}:
        style, scale = MarkerStyle(line.get_marker()), figure.dpi / POINTS
        shape = style.get_path().transformed(style.get_transform()).get_extents()
        edge = line.get_markeredgewidth() if line.get_markeredgecolor() != "none" else 0.0
        for place in line.get_transform().transform(line.get_xydata()):
            size = line.get_markersize() * scale
            box = Bbox(place + size * shape.get_points())
            found.append(box.padded(edge * scale / 2))
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
