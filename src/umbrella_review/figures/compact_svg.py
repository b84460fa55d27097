"""SVG as matplotlib writes it, without what no reader sees: a report holds each figure twice."""

from __future__ import annotations

import re

from umbrella_review.figures.compact_path import compact_path
from umbrella_review.figures.compact_tree import compact_tree
from umbrella_review.figures.fonts import SANS

_UNSEEN = re.compile(r"<!--.*?-->|<metadata>.*?</metadata>|<!DOCTYPE[^>]*>", re.DOTALL)
_BETWEEN_TAGS = re.compile(r">\s+<")
_COORDINATES = re.compile(r'(?<= )(d|x|y|points|transform)="([^"]*)"')
_LONG = re.compile(r"-?[0-9]*\.[0-9]{3,}")
_SHIFT = re.compile(r"translate\([^)]*\)")
_COUNTED = re.compile(r'(?<=<g) id="[a-zA-Z0-9]+_[0-9]+"')  # matplotlib's own names of groups
_GLYPH = re.compile(r'(?<=["#])([A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]+)*)-([0-9a-f]+)(?=")')
_OUTLINE = re.compile(r'd="([^"]*)" transform="scale\(0\.015625\)"')  # 64 units of matplotlib
_OUTLINE_UNIT, _OUTLINE_SCALE = 32, "scale(.5)"  # a 25th of a point in type of 8 points
_FAMILY = SANS.replace(" ", "") + "-"
_BREAKS = re.compile(r"\s*\n\s*(?=[^<>]*>)")  # inside a tag
_STYLE = re.compile(r'(?<= )style="([^"]*)"')
# Letters are placed in hundredths of the size of the type: whole ones are exact enough.
_PLACED = re.compile(r'transform="translate\((-?[0-9.]+) 0\)"/>')
_DECIMALS = 2  # of a point, 0.35 mm: a hundredth is far below what print resolves


def compact(svg: str) -> str:
    """Return the same picture in about half the characters.

    Comments, metadata, automatic names of groups and space between elements go; coordinates keep
    two decimals; glyphs get short names, the same in every figure; shapes that come again are
    drawn once, and what neighbours share is said once.

    Parameters
    ----------
    svg : str
        Written by matplotlib with text as outlines.

    Returns
    -------
    str
        SVG that ends with a line break.
    """
    text = _BREAKS.sub(" ", _COUNTED.sub("", _UNSEEN.sub("", svg)))
    text = _OUTLINE.sub(_outline, text)
    text = _COORDINATES.sub(_shorter, text)
    text = _GLYPH.sub(lambda found: f"{_initials(found[1])}{found[2]}", text)
    text = _STYLE.sub(_style, text)
    text = _PLACED.sub(_letter, text).replace("xlink:href", "href")
    return compact_tree(_BETWEEN_TAGS.sub("><", text))


def _shorter(found: re.Match[str]) -> str:
    name, value = found[1], " ".join(found[2].split())
    if name == "d":
        return f'd="{compact_path(value, 10**-_DECIMALS, _DECIMALS)}"'
    if name == "transform":  # factors of scales and rotations keep all their digits
        return f'{name}="{_SHIFT.sub(lambda shift: _LONG.sub(_rounded, shift[0]), value)}"'
    return f'{name}="{_LONG.sub(_rounded, value)}"'


def _outline(found: re.Match[str]) -> str:
    """Return the outline of a letter, which needs less than the places of the figure."""
    return f'd="{compact_path(found[1], _OUTLINE_UNIT, 0)}" transform="{_OUTLINE_SCALE}"'


def _letter(found: re.Match[str]) -> str:
    return f'x="{float(found[1]):.0f}"/>'


def _style(found: re.Match[str]) -> str:
    return f'style="{found[1].replace(": ", ":").replace("; ", ";")}"'


def _rounded(found: re.Match[str]) -> str:
    number = f"{float(found[0]):.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if number in {"-0", ""} else number


def _initials(font: str) -> str:
    # Nearly all letters are of one family, of which the style is enough.
    return "".join(sign for sign in font.removeprefix(_FAMILY) if sign.isupper())
