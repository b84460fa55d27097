"""What Typst says of a report that it could not typeset, in words for an author."""

from __future__ import annotations

import re

_ERROR = re.compile(r"^error: (?P<what>.+?)$(?P<rest>.*?)(?=^error: |\Z)", re.MULTILINE | re.DOTALL)
_STANDARD = re.compile(r"(?P<standards>PDF/.+?) error: (?P<what>.+)")
_PLACE = re.compile(r"┌─ \S+:(?P<line>\d+):(?P<column>\d+)")
_HINT = re.compile(r"hint: (.+)")
_SHOWN = 90  # characters of the place that is told


def explained(diagnostic: str, source: str) -> str:
    """Return each error of Typst with the text that it is about.

    Parameters
    ----------
    diagnostic : str
        Typst's own report.
    source : str
        The Typst code.

    Returns
    -------
    str
        One line an error; what Typst said as it is, where it has another shape.
    """
    lines = [
        _line(match["what"], match["rest"], source.splitlines())
        for match in _ERROR.finditer(diagnostic)
    ]
    return "\n".join(dict.fromkeys(lines)) or diagnostic


def _line(what: str, rest: str, source: list[str]) -> str:
    standard = _STANDARD.fullmatch(what)
    told = f"{standard['what']} ({standard['standards']} asks for it)" if standard else what
    place = _PLACE.search(rest)
    if place and int(place["line"]) <= len(source):
        near = source[int(place["line"]) - 1][int(place["column"]) :][:_SHOWN].strip()
        told += f" at: {near}"
    hints = "; ".join(_HINT.findall(rest))
    return f"  {told}" + (f"\n    remedy: {hints}" if hints else "")
