"""How large a picture is, so that a page keeps its place free before it is loaded."""

from __future__ import annotations

import re
import struct

from umbrella_review.render.executed import Picture

_VIEW_BOX = re.compile(rb'<svg[^>]*\sviewBox="\S+ \S+ ([\d.]+) ([\d.]+)"')
_PNG = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">II")  # width and height, behind the name of the first chunk


def picture_size(picture: Picture) -> tuple[int, int] | None:
    """Return the size of a picture; of a drawing in its own units.

    Parameters
    ----------
    picture : Picture
        SVG or PNG.

    Returns
    -------
    tuple of int or None
        Width and height; None where the picture does not tell them.
    """
    if picture.content.startswith(_PNG) and len(picture.content) >= 24:
        width, height = _HEADER.unpack_from(picture.content, 16)
        return width, height
    found = _VIEW_BOX.search(picture.content)
    return (round(float(found[1])), round(float(found[2]))) if found else None
