"""Bitmaps of drawings in few colours, each of them one of the drawing's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image


def with_few_colours(image: Image, count: int) -> Image:
    """Return an image with a palette.

    The colours of a figure mean something, so that none may be mixed with another: the first is
    the most frequent one; each that follows is the one that the palette so far would spoil most,
    over all its pixels. What is left over, edges of letters and lines, gets the nearest colour.

    Parameters
    ----------
    image : Image
        In RGB.
    count : int
        Of colours at most; 256 at the most.

    Returns
    -------
    Image
        Of the same size; the same pixels for the same image.
    """
    from PIL import Image

    counted = sorted((_packed(colour), times) for times, colour in _counts(image))
    found, times = np.array(counted, dtype=np.int64).T
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    chosen = [int(np.argmax(times))]
    nearest = np.zeros(len(found), dtype=np.uint8)
    distance = _distance(colours, colours[chosen[0]])
    for place in range(1, min(count, len(found))):
        chosen.append(int(np.argmax(np.sqrt(times) * distance)))
        new = _distance(colours, colours[chosen[-1]])
        nearest[new < distance] = place
        distance = np.minimum(distance, new)
    # A place for each colour there is takes no room but for those that are used, and no search.
    places = np.zeros(1 << 24, dtype=np.uint8)
    places[found] = nearest
    pixels = np.frombuffer(image.tobytes("raw", "BGRX"), dtype="<u4")
    result = Image.fromarray(places[pixels].reshape(image.height, image.width), mode="P")
    result.putpalette(colours[chosen].astype(np.uint8).tobytes())
    return result


def _counts(image: Image) -> list[tuple[int, tuple[int, int, int]]]:
    """Return how often each colour occurs."""
    return image.getcolors(image.width * image.height) or []  # type: ignore[return-value]


def _packed(colour: tuple[int, int, int]) -> int:
    red, green, blue = colour
    return red << 16 | green << 8 | blue


def _distance(colours: np.ndarray, one: np.ndarray) -> np.ndarray:
    """Return the squared distances of colours, shape (n, 3), from one of them."""
    squared: np.ndarray = ((colours - one) ** 2).sum(axis=1)
    return squared
