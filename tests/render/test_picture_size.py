"""Pages keep the place of a picture free: they know its size."""

from __future__ import annotations

import pytest

from umbrella_review.render.executed import Picture
from umbrella_review.render.picture_size import picture_size

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (48).to_bytes(4, "big")


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (
            b'<svg xmlns="x" viewBox="0 0 518.4 462.6" version="1.1"><g/></svg>',
            (518, 463),
        ),
        (b'<svg width="1pt"><g viewBox="0 0 1 1"/></svg>', None),
        (PNG, (640, 48)),
        (PNG[:12], None),
        (b"", None),
    ],
)
def test_pictures_tell_their_size(content: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(Picture(content, "")) == size
