"""A sheet to draw on in inches from the top left, for figures that mix text, marks and plots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from umbrella_review.appraisal.amstar2 import UNKNOWN
from umbrella_review.figures import style
from umbrella_review.figures.text import text_width

_FIRST = 0.145  # inches to the middle of a legend's first mark, whose edge is that of the text


def new_sheet(height: float, width: float = style.FULL_WIDTH) -> tuple[Figure, Axes]:
    """Return an empty figure that is covered by invisible axes, one unit an inch.

    Parameters
    ----------
    height, width : float
        In inches.

    Returns
    -------
    figure : Figure
        Without automatic layout: everything stays where it is put.
    sheet : Axes
        Coordinates are inches from the lower left.
    """
    figure = style.new_figure(width, height)
    figure.set_layout_engine(None)
    sheet = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(0, height))
    sheet.set_axis_off()
    return figure, sheet


@dataclass(frozen=True)
class Page:
    """A figure with an invisible sheet whose coordinates are inches from the top left.

    Parameters
    ----------
    figure : Figure
        The figure.
    sheet : Axes
        Axes that cover it.
    width, height : float
        In inches.
    """

    figure: Figure
    sheet: Axes
    width: float
    height: float

    @classmethod
    def new(cls, height: float, width: float = style.FULL_WIDTH) -> Page:
        """Return an empty page."""
        figure, sheet = new_sheet(height, width)
        sheet.set_ylim(height, 0)
        return cls(figure, sheet, width, height)

    def plot(self, left: float, top: float, width: float, height: float) -> Axes:
        """Return axes for data whose frame is given in inches."""
        bounds = (
            left / self.width,
            1 - (top + height) / self.height,
            width / self.width,
            height / self.height,
        )
        return self.figure.add_axes(bounds)

    def text(self, x: float, y: float, words: str, size: float = 7.5, **options: Any) -> None:
        """Write one line; vertically centred unless told otherwise."""
        settings: dict[str, Any] = {"va": "center", "fontsize": size, **options}
        self.sheet.text(x, y, words, **settings)

    def band(
        self, left: float, top: float, width: float, height: float, *, alpha: float = 0.7
    ) -> None:
        """Draw a pale band behind a heading, or a fainter one behind a row."""
        shape = Rectangle((left, top), width, height, color=style.PALE, alpha=alpha, lw=0)
        self.sheet.add_patch(shape)

    def mark(self, x: float, y: float, marker: Any, face: str, edge: str = style.INK) -> None:
        """Draw a small marker."""
        self.sheet.plot(x, y, marker=marker, ms=8, mfc=face, mec=edge, mew=0.8, ls="")

    def rating(self, x: float, y: float, rating: str, letter: str) -> None:
        """Draw the mark of an overall rating: a coloured disc with a letter."""
        colour = style.RATING[rating]
        edge = style.GREY if rating == UNKNOWN else colour
        self.sheet.plot(x, y, "o", ms=9.5, mfc=colour, mec=edge, mew=0.6)
        # The disc is round, letters sit on a baseline: a hair lower looks centred.
        self.text(
            x, y + 0.005, letter, 6.5, ha="center", color=style.ink_on(colour), fontweight="bold"
        )


def rating_letter(rating: str, label: str) -> str:
    """Return the letter that stands for a rating.

    Parameters
    ----------
    rating : str
        Value of the rating.
    label : str
        Its printed label.

    Returns
    -------
    str
        The initial of the label, or a question mark where the rating is not known.
    """
    return "?" if rating == UNKNOWN else label[:1].upper()


@dataclass(frozen=True)
class Item:
    """An entry of a legend: a mark and its meaning.

    Parameters
    ----------
    words : str
        What the mark means.
    rating : str, optional
        Show the disc of this rating.
    letter : str, optional
        The letter in the disc; without a rating it stands alone.
    marker : str or Path, optional
        Show this matplotlib marker.
    face : str, optional
        Its face colour, or that of the letter.
    edge : str, optional
        Colour of its outline, and of markers that are nothing but lines.
    """

    words: str
    rating: str = ""
    letter: str = ""
    marker: Any = ""
    face: str = style.INK
    edge: str = style.INK


def legend_lines(items: Sequence[Item], width: float, size: float = 7.0) -> list[list[Item]]:
    """Spread the entries of a legend over lines.

    Parameters
    ----------
    items : sequence of Item
        Entries in their order.
    width : float
        Of a line, in inches.
    size : float, default 7
        Of the type, in points.

    Returns
    -------
    list of list of Item
        One list a line, none empty; an entry that is too wide has a line of its own.
    """
    lines: list[list[Item]] = [[]]
    used = 0.0
    for item in items:
        needed = _item_width(item, size)
        if lines[-1] and used + needed > width:
            lines.append([])
            used = 0.0
        lines[-1].append(item)
        used += needed
    return [line for line in lines if line]


def _item_width(item: Item, size: float = 7.0) -> float:
    """Return the room that an entry of a legend takes, in inches."""
    return 0.2 + text_width(item.words, size) + 0.18


def draw_legend(page: Page, top: float, lines: Sequence[Sequence[Item]]) -> None:
    """Draw the lines of a legend from `top` downwards, each 0.2 inches high.

    Parameters
    ----------
    page : Page
        Where to draw.
    top : float
        Upper end of the first line, in inches from the top.
    lines : sequence of sequence of Item
        As `legend_lines` gives them.
    """
    for number, line in enumerate(lines):
        x, y = _FIRST, top + 0.1 + 0.2 * number
        for item in line:
            if item.rating:
                page.rating(x, y, item.rating, item.letter)
            elif item.letter:
                page.text(x, y, item.letter, 7.5, ha="center", color=item.face)
            else:
                page.mark(x, y, item.marker, item.face, item.edge)
            page.text(x + 0.12, y, item.words, 7.0)
            x += _item_width(item)
