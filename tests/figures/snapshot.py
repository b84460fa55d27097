"""Figures as data: what is written and marked where, in a form that a reader can compare.

``python -m tests.figures.snapshot`` draws the figures of all notebooks and renews what is kept in
``tests/figures/snapshots``; with names of figures it renews these. Look at the changes before they
are committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle
from PIL import Image

from tests.figures.drawn import drawn_texts
from tests.figures.real import DRAWING, figures_of

FOLDER = Path(__file__).parent / "snapshots"
IMAGES = ("fig-prisma", "fig-overlap", "fig-ratings")
_DPI = 50


def snapshot(figure: Figure) -> list[str]:
    """Return a line for each text, marker, disc and bar: kind, place in inches, look, words."""
    width, height = figure.get_size_inches()
    lines = [f"size {width:.2f} {height:.2f}"]
    for text, box in drawn_texts(figure).items():
        place = f"{box.x0 / figure.dpi:.2f} {box.y0 / figure.dpi:.2f}"
        words = " / ".join(text.get_text().split("\n"))
        lines.append(f"text {place} {text.get_fontsize():g} {words}")
    for axes in figure.axes:
        for artist in axes.get_children():
            lines += [] if artist is axes.patch else _marks(artist, figure)
    return lines


def _marks(artist: object, figure: Figure) -> list[str]:
    if isinstance(artist, Line2D) and artist.get_marker() not in {"None", "", None}:
        points = artist.get_transform().transform(artist.get_xydata()) / figure.dpi
        shape, face = artist.get_marker(), artist.get_markerfacecolor()
        shown = shape if isinstance(shape, str) else "path"
        look = f"{shown} {'none' if face == 'none' else to_hex(face)}"
        return [f"mark {x:.2f} {y:.2f} {look}" for x, y in points]
    if isinstance(artist, PathCollection):
        points = artist.get_offset_transform().transform(artist.get_offsets()) / figure.dpi
        faces = artist.get_facecolors()
        face = to_hex(faces[0]) if len(faces) else "none"
        return [f"mark {x:.2f} {y:.2f} dot {face}" for x, y in points]
    if isinstance(artist, Circle):
        x, y = artist.get_transform().transform((0, 0)) / figure.dpi
        look = f"{to_hex(artist.get_facecolor())} {to_hex(artist.get_edgecolor())}"
        return [f"disc {x:.2f} {y:.2f} {artist.get_radius():.2f} {look}"]
    if isinstance(artist, Rectangle):
        box = artist.get_window_extent()
        x, y, width, height = (part / figure.dpi for part in box.bounds)
        look = f"{to_hex(artist.get_facecolor())}{artist.get_hatch() or ''}"
        return [f"bar {x:.2f} {y:.2f} {width:.2f} {height:.2f} {look}"]
    return []


def picture(figure: Figure) -> np.ndarray:
    """Return a figure as small picture in grey, its values from 0 to 255."""
    before = figure.dpi
    figure.set_dpi(_DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[:, :, :3].astype(float).mean(axis=2)
    figure.set_dpi(before)
    return pixels


def main(names: list[str]) -> None:
    """Renew the snapshots of some figures, or of all."""
    FOLDER.mkdir(exist_ok=True)
    drawn = {name: one for book in DRAWING for name, one in figures_of(book).items()}
    if not names:
        for old in FOLDER.iterdir():
            old.unlink()
    for name in names or drawn:
        text = "\n".join(snapshot(drawn[name])) + "\n"
        (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
        if name in IMAGES:
            image = Image.fromarray(picture(drawn[name]).round().astype("uint8"))
            image.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
