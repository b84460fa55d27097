"""Shapes of nested settings, as data, and what differs from them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from umbrella_review.errors import Problem
from umbrella_review.strict_yaml import Lines, Path


@dataclass(frozen=True)
class Text:
    """Words; `pattern` must match the whole, `expected` says so.

    Parameters
    ----------
    pattern : str, optional
        Regular expression; by default anything but blanks alone.
    expected : str, optional
        The condition in words.
    """

    pattern: str = r"[\s\S]*\S[\s\S]*"
    expected: str = "a text"


@dataclass(frozen=True)
class Choice:
    """One of some words.

    Parameters
    ----------
    values : tuple of str
        The words.
    """

    values: tuple[str, ...]


@dataclass(frozen=True)
class Number:
    """A number between `minimum` and `maximum`, both of them left out if `open_ends`.

    Parameters
    ----------
    minimum, maximum : float
        Ends of the range.
    whole : bool, optional
        Whether it must be an integer.
    open_ends : bool, optional
        Whether the ends are left out.
    """

    minimum: float
    maximum: float = float("inf")
    whole: bool = False
    open_ends: bool = False

    @property
    def expected(self) -> str:
        """The condition in words."""
        kind = "a whole number" if self.whole else "a number"
        if self.maximum == float("inf"):
            return f"{kind} of at least {self.minimum:g}"
        between = " (both excluded)" if self.open_ends else ""
        return f"{kind} between {self.minimum:g} and {self.maximum:g}{between}"

    def holds(self, value: float) -> bool:
        """Return whether `value` lies in the range."""
        if self.whole and not isinstance(value, int):
            return False
        if self.open_ends:
            return self.minimum < value < self.maximum
        return self.minimum <= value <= self.maximum


@dataclass(frozen=True)
class Fields:
    """A mapping with these keys and no others.

    Parameters
    ----------
    required : mapping of str to Shape
        Keys that must be there.
    optional : mapping of str to Shape, optional
        Keys that may be there.
    """

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)


@dataclass(frozen=True)
class MappingOf:
    """A mapping whose keys are free and whose values have one shape; not empty.

    Parameters
    ----------
    shape : Shape
        Of the values.
    """

    shape: Shape


@dataclass(frozen=True)
class ListOf:
    """A list of parts of one shape, each of them once; not empty.

    Parameters
    ----------
    shape : Shape
        Of the parts.
    """

    shape: Shape


Shape = Text | Choice | Number | Fields | MappingOf | ListOf


def nearest(word: str, words: Iterable[str], otherwise: str) -> str:
    """Return ``Did you mean …?`` where one of `words` is near, else `otherwise`.

    Parameters
    ----------
    word : str
        What was written.
    words : iterable of str
        What could have been meant.
    otherwise : str
        Remedy where none is near.

    Returns
    -------
    str
        A remedy.
    """
    close = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"Did you mean {close[0]!r}?" if close else otherwise


def differences(value: Any, shape: Shape, lines: Lines, where: str) -> list[Problem]:
    """Return all in which `value` differs from `shape`.

    Parameters
    ----------
    value : Any
        What `umbrella_review.strict_yaml.read_yaml` returned.
    shape : Shape
        What it should be.
    lines : dict of tuple of str to int
        Line of each part.
    where : str
        The file, for messages.

    Returns
    -------
    list of Problem
        Empty where it has the shape.
    """
    return list(_compare(value, shape, (), lines, where))


def place(path: Path, lines: Lines, where: str) -> str:
    """Return file, line and dotted name of a part of a file.

    Parameters
    ----------
    path : tuple of str
        Keys that lead to the part.
    lines : dict of tuple of str to int
        Line of each part.
    where : str
        The file.

    Returns
    -------
    str
        For messages.
    """
    known = path
    while known and known not in lines:
        known = known[:-1]
    parts = [where, f"line {lines[known]}" if known in lines else "", ".".join(path)]
    return ", ".join(part for part in parts if part)


def _compare(value: Any, shape: Shape, path: Path, lines: Lines, where: str) -> Iterator[Problem]:
    at = place(path, lines, where)
    if isinstance(shape, Fields):
        yield from _fields(value, shape, path, lines, where)
    elif isinstance(shape, MappingOf):
        if not isinstance(value, dict) or not value:
            yield _wrong(at, value, "one or more lines 'key: value' below it", "Add them.")
            return
        for key, part in value.items():
            yield from _compare(part, shape.shape, (*path, key), lines, where)
    elif isinstance(shape, ListOf):
        yield from _list(value, shape, path, lines, where)
    elif isinstance(shape, Choice):
        if value not in shape.values:
            remedy = nearest(str(value), shape.values, "Write one of these words.")
            yield _wrong(at, value, f"one of {', '.join(shape.values)}", remedy)
    elif isinstance(shape, Number):
        if isinstance(value, bool) or not isinstance(value, int | float) or not shape.holds(value):
            yield _wrong(at, value, shape.expected, "Write such a number.")
    elif not isinstance(value, str):
        remedy = "Write it." if value is None else "Put it in quotation marks."
        yield _wrong(at, value, shape.expected, remedy)
    elif not re.fullmatch(shape.pattern, value):
        yield _wrong(at, value, shape.expected, "Change it.")


def _fields(value: Any, shape: Fields, path: Path, lines: Lines, where: str) -> Iterator[Problem]:
    at = place(path, lines, where)
    known = {**shape.required, **shape.optional}
    if not isinstance(value, dict):
        yield _wrong(at, value, f"the keys {', '.join(known)} below it", "Add them.")
        return
    missing = [key for key in shape.required if key not in value]
    for key, part in value.items():
        if key in known:
            yield from _compare(part, known[key], (*path, key), lines, where)
            continue
        near = difflib.get_close_matches(key, missing, n=1)
        missing = [name for name in missing if name not in near]
        yield Problem(
            place((*path, key), lines, where),
            f"the unknown key {key!r}",
            f"one of {', '.join(known)}",
            f"Did you mean {near[0]!r}?" if near else nearest(key, known, "Remove it."),
        )
    for key in missing:
        yield Problem(at, f"the key {key!r} is missing", _what(known[key]), f"Add '{key}: …'.")


def _list(value: Any, shape: ListOf, path: Path, lines: Lines, where: str) -> Iterator[Problem]:
    at = place(path, lines, where)
    if not isinstance(value, list) or not value:
        yield _wrong(at, value, "a list, e.g. [2, 4]", "Write one, or leave the key out.")
        return
    for position, part in enumerate(value):
        yield from _compare(part, shape.shape, (*path, str(position)), lines, where)
        if part in value[:position]:
            yield _wrong(at, part, "each part of the list once", "Remove it.")


def _what(shape: Shape) -> str:
    if isinstance(shape, Fields):
        return f"a section with {', '.join(shape.required)}"
    if isinstance(shape, MappingOf):
        return "a section with one or more lines 'key: value'"
    if isinstance(shape, ListOf):
        return "a list"
    if isinstance(shape, Choice):
        return f"one of {', '.join(shape.values)}"
    return shape.expected


def _wrong(at: str, value: Any, expected: str, remedy: str) -> Problem:
    if value is None:
        found = "nothing"
    elif isinstance(value, dict):
        found = f"a section with {', '.join(value)}" if value else "an empty section"
    elif isinstance(value, list):
        found = "a list" if value else "an empty list"
    elif isinstance(value, str):
        found = repr(value)
    else:
        found = f"{str(value).lower() if isinstance(value, bool) else value} ({_kind(value)})"
    return Problem(at, found, expected, remedy)


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    return "a number" if isinstance(value, int | float) else "a date"
