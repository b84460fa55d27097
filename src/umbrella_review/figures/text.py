"""Fitting text into figures by its measured width, not by a guess."""

from __future__ import annotations

from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from umbrella_review.figures import fonts

POINTS = 72  # an inch


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of one line of text in inches.

    Parameters
    ----------
    text : str
        One line.
    size : float
        In points.
    weight : {'normal', 'bold'}
        Of the type.
    """
    fonts.register()
    font = FontProperties(family=list(fonts.FAMILIES), weight=weight, size=size)
    # Spaces at the ends have no outline, so the advance is measured between two strokes.
    marked, strokes = (
        text_to_path.get_text_width_height_descent(line, font, ismath=False)[0]
        for line in (f"|{text}|", "||")
    )
    return float(marked - strokes) / POINTS


def wrap(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Break text between words so that no line is wider than `width` inches.

    A single word that is too wide keeps a line of its own. Line breaks in `text` stay.

    Parameters
    ----------
    text : str
        What to break.
    width : float
        In inches.
    size : float
        In points.
    weight : {'normal', 'bold'}
        Of the type.

    Returns
    -------
    str
        Lines joined by line breaks.
    """
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and text_width(longer, size, weight) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return "\n".join(lines)


def wrap_evenly(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Break text as `wrap` does, into as few lines, with no short last line.

    Parameters
    ----------
    text : str
        What to break.
    width : float
        In inches.
    size : float
        In points.
    weight : {'normal', 'bold'}
        Of the type.

    Returns
    -------
    str
        Lines joined by line breaks.
    """
    even = wrap(text, width, size, weight)
    for percent in range(95, 50, -5) if "\n" in even else ():
        narrower = wrap(text, width * percent / 100, size, weight)
        if narrower.count("\n") > even.count("\n"):
            break
        even = narrower
    return even
