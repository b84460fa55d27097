"""Taking the shortcodes out of a manuscript: a mark stands for each until it is parsed.

What a shortcode stands for is never put into the text, so it can neither be read as markup of
the text around it nor hold shortcodes that are resolved in their turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from umbrella_review.errors import Problem
from umbrella_review.qmd.includes import stands_alone
from umbrella_review.qmd.syntax import Line, Shortcode, shortcodes, without_code

#: A mark in parsed text; its characters are from Unicode's private use area.
MARK = re.compile("\ue000([0-9]+)\ue001")
_CELL = re.compile(r"[\w./ -]+\.ipynb#(?P<label>[A-Za-z0-9_-]+)")


@dataclass(frozen=True)
class Slot:
    """What a mark stands for.

    Parameters
    ----------
    kind : {'value', 'literal', 'embed'}
        Markdown of a value, text shown as it is, or a labelled cell of a notebook.
    content : str
        The Markdown, the text, or ``path.ipynb#label``.
    where : str
        File and line.
    """

    kind: Literal["value", "literal", "embed"]
    content: str
    where: str


@dataclass
class Resolver:
    """Replaces shortcodes by marks and remembers what they stand for.

    Parameters
    ----------
    variables : mapping
        Values for ``var``.
    metadata : mapping
        Values for ``meta``.
    problems : list of Problem
        Gets what has to be mended.
    slots : list of Slot, optional
        What the marks stand for, in order; grows.
    """

    variables: Mapping[str, Any]
    metadata: Mapping[str, Any]
    problems: list[Problem]
    slots: list[Slot] = field(default_factory=list)

    def text(self, lines: Sequence[Line]) -> str:
        """Return the lines as one text in which marks stand for shortcodes."""
        return "\n".join(
            self.line(line, alone=stands_alone(lines, index)) for index, line in enumerate(lines)
        )

    def line(self, line: Line, *, alone: bool = False) -> str:
        """Return one line with marks."""
        parts, end = [], 0
        for code in shortcodes(line):
            parts += [line.text[end : code.start], self._replacement(code, line, alone)]
            end = code.end
        rest = line.text[end:]
        if "{{<" in (rest if line.code else without_code(rest)) and not line.verbatim:
            self._report(line, "a shortcode without its end", "{{< … >}} on one line")
        return "".join([*parts, rest])

    def _replacement(self, code: Shortcode, line: Line, alone: bool) -> str:
        if code.escaped:
            return code.literal if code.code else self._mark("literal", code.literal, line)
        if code.code:
            if not line.verbatim:
                self._report(line, f"{code.literal} in code", "{{{< … >}}} there, to show it")
            return line.text[code.start : code.end]
        if code.name in ("var", "meta"):
            return self._value(code, line)
        if code.name == "embed":
            return self._embed(code, line, alone)
        self._report(
            line,
            f"the shortcode {code.literal}",
            "include, var, meta or embed, which both engines know",
            "Replace it, or write {{{< … >}}} to show it.",
        )
        return ""

    def _value(self, code: Shortcode, line: Line) -> str:
        if len(code.arguments) != 1:
            self._report(line, code.literal, "one name such as rq1.n_reviews")
            return ""
        name = code.arguments[0]
        value: Any = self.variables if code.name == "var" else self.metadata
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        if value is None or isinstance(value, Mapping | list):
            source = "_variables.yml" if code.name == "var" else "_quarto.yml or the front matter"
            self._report(
                line,
                f"{code.literal}, but there is no such value",
                f"a name in {source}",
                "Correct the name, or record the value in a notebook and build again.",
            )
            return ""
        if not str(value).strip():
            self._report(line, f"{code.literal}, whose value is empty", "a value to print")
            return ""
        return self._mark("value", str(value), line)

    def _embed(self, code: Shortcode, line: Line, alone: bool) -> str:
        target = " ".join(code.arguments)
        if not alone:
            self._report(
                line, f"{code.literal} within text", "a line of its own between blank lines"
            )
        if not _CELL.fullmatch(target):
            self._report(line, code.literal, "{{< embed folder/notebook.ipynb#label >}}")
            return ""
        return self._mark("embed", target, line)

    def _mark(self, kind: Literal["value", "literal", "embed"], content: str, line: Line) -> str:
        self.slots.append(Slot(kind, content, line.where))
        return f"\ue000{len(self.slots) - 1}\ue001"

    def _report(self, line: Line, found: str, expected: str, remedy: str = "") -> None:
        self.problems.append(Problem(line.where, found, expected, remedy or "Correct the line."))


def check_marks(blocks: object, slots: Sequence[str]) -> list[Problem]:
    """Report shortcodes that stand where nothing can take their place.

    Parameters
    ----------
    blocks : tree
        The document after all other shortcodes have been replaced.
    slots : sequence of str
        File and line of each shortcode.

    Returns
    -------
    list of Problem
        What is wrong.
    """
    left = [number for text in _strings(blocks) for number in MARK.findall(text)]
    return [
        Problem(
            slots[int(index)],
            "a shortcode in mathematics, in an address or in attributes",
            "shortcodes in running text",
            "Move it into the text.",
        )
        for index in left
    ]


def _strings(node: object) -> Iterator[str]:
    waiting = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list | tuple):
            waiting.extend(item)
