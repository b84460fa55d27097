"""The data of an SVG path in fewer characters: relative steps from rounded places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"([A-Za-z])|(-?[0-9]*\.?[0-9]+(?:e-?[0-9]+)?)")
_PAIRS = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}  # pairs of coordinates that a command takes

Point = tuple[int, int]


def compact_path(data: str, unit: float, decimals: int) -> str:
    """Return the same path, its places rounded, written as steps from one to the next.

    Parameters
    ----------
    data : str
        As matplotlib writes it: absolute moves, lines and curves.
    unit : float
        The smallest step that is kept, in units of the path.
    decimals : int
        Digits behind the point in which such a step is written: the path grows or shrinks where
        its unit is another.

    Returns
    -------
    str
        Rounding errors do not add up: steps lead from one rounded place to the next. A path
        with other commands is returned as it is.
    """
    try:
        steps = list(_commands(data, unit))
    except KeyError:
        return data
    here, start, before = (0, 0), (0, 0), ""
    control: Point | None = None  # of the curve before
    written: list[str] = []
    for command, points in steps:
        if command == "Z":
            written.append("z")
            here, before, control = start, "z", None
            continue
        mirrored = control and (2 * here[0] - control[0], 2 * here[1] - control[1])
        if command == "Q" and mirrored and _near(points[0], mirrored):
            name, numbers, control = "t", _step(here, points[1]), mirrored
        else:
            name, numbers = _relative(command, points, here)
            control = points[0] if command == "Q" else None
        here = points[-1]
        start = here if command == "M" else start
        written.append(_joined(name, before, [_number(part, decimals) for part in numbers]))
        before = "l" if name == "m" else name  # pairs behind a move are lines
    return "".join(written)


def _commands(data: str, unit: float) -> Iterator[tuple[str, Sequence[Point]]]:
    """Yield each command with its places, as whole multiples of the smallest step."""
    tokens = _TOKEN.findall(data)
    place, command = 0, ""
    while place < len(tokens):
        if tokens[place][0]:
            command = tokens[place][0].replace("z", "Z")
            place += 1
        count = 2 * _PAIRS[command]
        values = [round(float(number) / unit) for _, number in tokens[place : place + count]]
        place += count
        yield command, list(zip(values[::2], values[1::2], strict=True))


def _near(one: Point, other: Point) -> bool:
    """Whether two places are as near as rounding leaves them: outlines are made of such curves."""
    return abs(one[0] - other[0]) <= 1 and abs(one[1] - other[1]) <= 1


def _step(start: Point, end: Point) -> list[int]:
    return [end[0] - start[0], end[1] - start[1]]


def _relative(command: str, points: Sequence[Point], here: Point) -> tuple[str, list[int]]:
    steps = [part for point in points for part in _step(here, point)]
    if command == "L" and not steps[1]:
        return "h", steps[:1]
    if command == "L" and not steps[0]:
        return "v", steps[1:]
    return command.lower(), steps


def _joined(name: str, before: str, numbers: Sequence[str]) -> str:
    text = "" if name == before else name
    for number in numbers:
        # A minus sign parts two numbers, and so does the letter of a command.
        glued = number.startswith("-") or text == name != ""
        text += number if glued else f" {number}"
    return text


def _number(value: int, decimals: int) -> str:
    if not decimals:
        return str(value)
    text = f"{value / 10**decimals:.{decimals}f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0\.", r"\1.", text)
