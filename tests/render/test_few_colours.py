"""A bitmap in few colours shows the colours that mean something as they are."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from umbrella_review.render.few_colours import with_few_colours

MARKS = ["#01665e", "#d8b365", "#8c510a", "#2166ac", "#b2182b"]


def drawing() -> Image.Image:
    image = Image.new("RGB", (200, 120), "white")
    pen = ImageDraw.Draw(image)
    for step in range(100):  # tones between ink and paper, as at the edges of letters
        pen.line([(step, 0), (step, 40)], fill=(27 + 2 * step, 30 + 2 * step, 35 + 2 * step))
    for place, colour in enumerate(MARKS):
        pen.rectangle([10 + 30 * place, 60, 18 + 30 * place, 68], fill=colour)
    return image


def test_colours_of_marks_are_not_mixed() -> None:
    before, small = drawing(), with_few_colours(drawing(), 12)
    assert small.mode == "P"
    after = small.convert("RGB")
    assert len(after.getcolors()) == 12
    for place in range(len(MARKS)):
        spot = (14 + 30 * place, 64)
        assert after.getpixel(spot) == before.getpixel(spot)
    assert after.getpixel((199, 119)) == (255, 255, 255)


def test_other_colours_become_the_nearest() -> None:
    before = np.asarray(drawing(), dtype=int)
    after = np.asarray(with_few_colours(drawing(), 12).convert("RGB"), dtype=int)
    palette = np.unique(after.reshape(-1, 3), axis=0)
    chosen = ((before - after) ** 2).sum(axis=2)
    best = ((before[:, :, None] - palette) ** 2).sum(axis=3).min(axis=2)
    assert (chosen == best).all()


def test_an_image_of_one_colour_keeps_it() -> None:
    small = with_few_colours(Image.new("RGB", (3, 2), "#123456"), 24)
    assert small.convert("RGB").getcolors() == [(6, (0x12, 0x34, 0x56))]
