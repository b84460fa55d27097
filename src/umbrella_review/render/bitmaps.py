"""Figures as bitmaps, for formats that cannot show SVG."""

from __future__ import annotations

import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from umbrella_review.errors import BuildError
from umbrella_review.render.embeds import Embed
from umbrella_review.render.executed import Picture
from umbrella_review.render.few_colours import with_few_colours

if TYPE_CHECKING:
    from PIL.Image import Image

SCREEN_PPI = 108  # of bitmaps that pages offer: as wide as the page shows the figure
_PPI = 200  # on A4 a full-width figure is printed a little smaller: about 230 pixels an inch
PRINT_PPI = 300  # the least that journals take of a bitmap
_LINES_PPI = 600  # what they ask for of drawings with letters
_NEARLY = 251  # of 255: no ground of the palette is as light
_DRAWN, _COLOURS = 16, 256  # colours that are kept of a drawing, and of any other picture
_PACKED = 8  # of 9: the last step costs twice the time for a hundredth of the size


@dataclass(frozen=True)
class Bitmap:
    """A figure as PNG.

    Parameters
    ----------
    content : bytes
        The file.
    width, height : float
        In inches, as drawn.
    """

    content: bytes
    width: float
    height: float


def make_bitmaps(embeds: Mapping[str, Embed], ppi: int = _PPI) -> dict[str, Bitmap]:
    """Return the figures of a manuscript as PNG.

    Parameters
    ----------
    embeds : mapping of str to Embed
        What the manuscript embeds, by label.
    ppi : int, optional
        Pixels an inch into which an SVG is drawn.

    Returns
    -------
    dict of str to Bitmap
        The figures among them, by label.
    """
    pictures = {label: embed.cell.picture for label, embed in embeds.items() if embed.kind == "fig"}
    found = {label: picture for label, picture in pictures.items() if picture is not None}
    with ThreadPoolExecutor() as pool:
        drawn = pool.map(partial(make_bitmap, ppi=ppi), found.values())
        return dict(zip(found, drawn, strict=True))


def make_bitmap(picture: Picture, ppi: int = _PPI) -> Bitmap:
    """Return a figure as PNG with a palette; its white ground is opaque.

    Parameters
    ----------
    picture : Picture
        SVG or PNG.
    ppi : int, optional
        Pixels an inch into which an SVG is drawn.

    Returns
    -------
    Bitmap
        The same bytes for the same picture.

    Raises
    ------
    BuildError
        If the picture cannot be read.
    """
    from PIL import UnidentifiedImageError

    is_svg = picture.suffix == ".svg"
    try:
        flat, stated = _on_white(_drawn(picture.content, ppi) if is_svg else picture.content)
    except UnidentifiedImageError as error:
        raise BuildError(f"a figure is no {picture.suffix[1:].upper()} picture: {error}") from error
    own = ppi if is_svg else stated or ppi
    small = with_few_colours(flat, _DRAWN) if is_svg else _with_palette(flat)
    target = io.BytesIO()
    small.save(target, "PNG", compress_level=_PACKED, dpi=(own, own))
    return Bitmap(target.getvalue(), flat.width / own, flat.height / own)


def make_tiff(svg: bytes) -> bytes:
    """Return a figure as TIFF for print: RGB, 600 pixels an inch, packed by LZW.

    Parameters
    ----------
    svg : bytes
        The figure.

    Returns
    -------
    bytes
        The same bytes for the same picture.

    Raises
    ------
    BuildError
        If the picture cannot be read.
    """
    flat, _ = _on_white(_drawn(svg, _LINES_PPI))
    target = io.BytesIO()
    flat.save(target, "TIFF", compression="tiff_lzw", dpi=(_LINES_PPI, _LINES_PPI))
    return target.getvalue()


def _with_palette(picture: Image) -> Image:
    from PIL import Image

    small = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.putpalette(_whitened(small.getpalette() or []))
    return small


def _whitened(palette: list[int]) -> list[int]:
    """Return a palette in which white is white again, not the mean of all that is nearly white."""
    colours = [palette[place : place + 3] for place in range(0, len(palette), 3)]
    return [255 if min(colour) > _NEARLY else part for colour in colours for part in colour]


def _on_white(content: bytes) -> tuple[Image, float | None]:
    """Return a bitmap without transparency, and the pixels an inch that its file states."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as image:
        flat = Image.new("RGB", image.size, "white")
        shown = image.convert("RGBA")
        flat.paste(shown, mask=shown.getchannel("A"))
        stated = image.info.get("dpi")
    return flat, float(stated[0]) if stated else None


def _drawn(svg: bytes, ppi: int) -> bytes:
    """Return the pixels of an SVG; Typst draws it as it does in the PDF."""
    import typst

    source = "#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg))"
    try:
        result = typst.compile(
            source.encode(),
            ignore_system_fonts=True,
            sys_inputs={"svg": svg.decode("utf-8")},
            format="png",
            ppi=ppi,
        )
    except typst.TypstError as error:
        raise BuildError(f"a figure could not be drawn: {error}") from error
    return bytes(result)
