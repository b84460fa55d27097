"""What stands round every figure: its message above the drawing, its source below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matplotlib.figure import Figure

from umbrella_review.figures.style import FAINT, INK
from umbrella_review.figures.text import POINTS, wrap_evenly
from umbrella_review.words import sentence

EDGE = 0.08  # inches on each side, like all lengths here
TITLE_SIZE, SHOWN_SIZE, SOURCE_SIZE = 10.5, 8.0, 7.0  # points
_LEADING = 1.3  # of a line, in sizes of its type
_BETWEEN, _BELOW_HEAD, _ABOVE_FOOT = 0.025, 0.12, 0.10


@dataclass(frozen=True)
class Frame:
    """The words round a drawing.

    Parameters
    ----------
    title : str
        The message as one sentence, without a full stop; its numbers come from the data.
    shown : str
        What is shown: of what, in which unit, how many reviews or results.
    tables : tuple of str, optional
        Names of the tables in ``data/`` that the drawing rests on.
    notes : str, optional
        Meaning of marks that the legend leaves out.
    told : str, optional
        Sentences for those who do not see the drawing: what else it shows, with its numbers.
    """

    title: str
    shown: str
    tables: tuple[str, ...] = ()
    notes: str = ""
    told: str = ""

    @property
    def finding(self) -> str:
        """What the drawing says, in sentences, for its alternative text."""
        return " ".join(sentence(part) for part in (self.title, self.shown, self.told) if part)

    @property
    def source(self) -> str:
        """The words at the foot; empty if neither tables nor notes are given."""
        data = "Data: " + ", ".join(f"{name}.csv" for name in self.tables) if self.tables else ""
        return ". ".join(part.rstrip(".") for part in (data, self.notes) if part)


@dataclass(frozen=True)
class _Line:
    """One line of type, its foot in inches from where its block begins."""

    words: str
    size: float
    colour: str
    weight: str
    role: str
    foot: float


def framed(figure: Figure, frame: Frame) -> Figure:
    """Put a frame round a finished drawing; the figure grows in height, the drawing does not.

    Parameters
    ----------
    figure : Figure
        With automatic layout, or with axes whose places are fixed.
    frame : Frame
        Title, line below it, source.

    Returns
    -------
    Figure
        The same figure; its label is the finding, which becomes part of the alternative text.
    """
    figure.set_label(frame.finding)
    if figure.get_layout_engine() is not None:
        figure.draw_without_rendering()  # lets automatic layout find its places, which then stay
        figure.set_layout_engine(None)  # without one a figure is drawn once each time it is kept
    width, drawn = figure.get_size_inches()
    room = float(width) - 2 * EDGE
    head = list(
        _lines(
            [
                (frame.title, TITLE_SIZE, INK, "bold", "title"),
                (frame.shown, SHOWN_SIZE, FAINT, "normal", "shown"),
            ],
            room,
        )
    )
    foot = list(_lines([(frame.source, SOURCE_SIZE, FAINT, "normal", "source")], room))
    above = EDGE / 2 + head[-1].foot + _BELOW_HEAD if head else 0.0
    below = _ABOVE_FOOT + foot[-1].foot + EDGE if foot else 0.0
    height = above + float(drawn) + below
    figure.set_figheight(height)
    _move(figure, below / height, float(drawn) / height)
    for lines, top in ((head, EDGE / 2), (foot, height - below + _ABOVE_FOOT)):
        for line in lines:
            _write(figure, line, EDGE / float(width), 1 - (top + line.foot) / height)
    return figure


def _lines(blocks: Iterable[tuple[str, float, str, str, str]], room: float) -> Iterator[_Line]:
    foot = 0.0
    for words, size, colour, weight, role in blocks:
        for line in wrap_evenly(words, room, size, weight).split("\n") if words else ():
            foot += size * _LEADING / POINTS
            yield _Line(line, size, colour, weight, role, foot)
        foot += _BETWEEN


def _write(figure: Figure, line: _Line, x: float, y: float) -> None:
    figure.text(
        x, y, line.words, va="baseline", gid=f"frame-{line.role}",
        fontsize=line.size, color=line.colour, fontweight=line.weight,
    )  # fmt: skip


def _move(figure: Figure, low: float, share: float) -> None:
    """Move all that is drawn into a part of the height, from `low` upwards."""
    for axes in figure.axes:
        left, bottom, width, height = axes.get_position(original=True).bounds
        axes.set_position((left, low + bottom * share, width, height * share))
    for legend in figure.legends:
        legend.set_bbox_to_anchor((0, low, 1, share), figure.transFigure)
