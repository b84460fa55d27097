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

    pixels = np.asarray(image, dtype=np.uint32)
    packed = pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]
    found, inverse, times = np.unique(packed, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1).astype(np.int64)
    chosen = [int(np.argmax(times))]
    nearest = np.zeros(len(found), dtype=np.uint8)
    distance = _distance(colours, colours[chosen[0]])
    for place in range(1, min(count, len(found))):
        chosen.append(int(np.argmax(np.sqrt(times) * distance)))
        new = _distance(colours, colours[chosen[-1]])
        nearest[new < distance] = place
        distance = np.minimum(distance, new)
    result = Image.fromarray(nearest[inverse].reshape(packed.shape), mode="P")
    result.putpalette(colours[chosen].astype(np.uint8).tobytes())
    return result


def _distance(colours: np.ndarray, one: np.ndarray) -> np.ndarray:
    """Return the squared distances of colours, shape (n, 3), from one of them."""
    squared: np.ndarray = ((colours - one) ** 2).sum(axis=1)
    return squared
