"""The frame round a figure: its words are whole, and the drawing inside keeps its size."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.figures.drawn import assert_readable, words
from umbrella_review import palette
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.page import Page
from umbrella_review.figures.style import new_figure
from umbrella_review.figures.text import text_width, wrap, wrap_evenly

LONG = "This message has so many words that no line of a printed page could ever hold them all, "
FRAME = Frame(LONG * 2, LONG, ("estimates", "reviews"), LONG * 2)


def on_a_sheet() -> Figure:
    page = Page.new(2.0)
    page.text(0.1, 0.01, "at the upper end", va="top")
    page.text(0.1, 1.99, "at the lower end", va="bottom")
    page.plot(3, 0.5, 2, 1)
    return page.figure


def laid_out() -> Figure:
    figure = new_figure(height=2.5)
    first, second = figure.subplots(1, 2)
    first.plot([0, 1], label="above")
    first.set(xlabel="across", ylabel="upwards")
    second.plot([0, 1])
    figure.legend(loc="outside upper left")
    return figure


def heights(figure: Figure) -> list[float]:
    figure.draw_without_rendering()
    return [axes.get_position().height * figure.get_figheight() for axes in figure.axes]


@pytest.mark.parametrize("draw", [on_a_sheet, laid_out])
def test_long_words_are_whole_and_the_drawing_keeps_its_size(draw):
    before, after = heights(draw()), framed(draw(), FRAME)
    assert_readable(after)
    assert heights(after) == pytest.approx(before)
    written = " ".join(words(after))
    assert " ".join((LONG * 2).split()) in written
    assert "Data: estimates.csv, reviews.csv. This message" in written


def test_a_frame_without_source_has_no_foot():
    plain, sourced = (
        framed(on_a_sheet(), Frame("Title", "What", tables)) for tables in ((), ("reviews",))
    )
    assert plain.get_figheight() < sourced.get_figheight()
    assert not [text for text in words(plain) if text.startswith("Data")]


def test_letters_are_legible_on_every_colour():
    families = (palette.RATING, palette.DIRECTION, palette.ANSWER)
    colours = {colour for family in families for colour in family.values()}
    for colour in colours | set(palette.OVERLAP_BANDS) | set(palette.DOMAINS):
        assert palette.contrast(palette.ink_on(colour), colour) >= 4.5, colour
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_lines_of_a_message_are_even_and_no_more_than_needed():
    message = "15 of 29 results favour it, 3 show no effect, 11 are mixed and none favours control"
    lines = wrap_evenly(message, 5.0, 10.5, "bold").split("\n")
    assert " ".join(lines) == message
    assert wrap(message, 5.0, 10.5, "bold").split("\n")[1] == "control"
    first, second = (text_width(line, 10.5, "bold") for line in lines)
    assert second > 0.8 * first
    assert wrap_evenly("short", 5.0, 10.5) == "short"
