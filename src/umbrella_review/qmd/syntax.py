"""The lines of a manuscript: where each comes from, what is code, where shortcodes stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_FENCE = re.compile(r"^\s*(?:>\s*)*(`{3,}|~{3,})(.*)$")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_SHORTCODE = re.compile(r"\{\{\{<\s*(?P<escaped>.*?)\s*>\}\}\}|\{\{<\s*(?P<plain>.*?)\s*>\}\}")
_UNPROCESSED = re.compile(r"shortcodes\s*=\s*[\"']?false")


@dataclass(frozen=True)
class Line:
    """One line of a source file.

    Parameters
    ----------
    text : str
        The line without its end.
    file : str
        Path from the project's root, with forward slashes.
    number : int
        Counted from 1.
    code : bool
        Whether it belongs to a fenced code block.
    verbatim : bool
        Whether that block has ``shortcodes=false``.
    """

    text: str
    file: str
    number: int
    code: bool = False
    verbatim: bool = False

    @property
    def where(self) -> str:
        """The place as it is named in messages."""
        return f"{self.file}, line {self.number}"

    @property
    def blank(self) -> bool:
        """Whether nothing stands on the line."""
        return not self.text.strip()


@dataclass(frozen=True)
class Shortcode:
    """One shortcode on a line.

    Parameters
    ----------
    content : str
        What stands between the brackets, e.g. ``var a.b``.
    start, end : int
        Its span on the line.
    escaped : bool
        Whether it has three braces and is to be shown, not resolved.
    code : bool
        Whether it stands in a code span or a code block.
    """

    content: str
    start: int
    end: int
    escaped: bool
    code: bool

    @property
    def name(self) -> str:
        """The first word."""
        return self.content.split(" ", 1)[0]

    @property
    def arguments(self) -> tuple[str, ...]:
        """The further words."""
        return tuple(self.content.split()[1:])

    @property
    def literal(self) -> str:
        """The shortcode as it is shown when escaped."""
        return "{{< " + self.content + " >}}"


def read_lines(text: str, file: str) -> list[Line]:
    """Split a source file into lines and mark those of fenced code blocks.

    Parameters
    ----------
    text : str
        The whole file.
    file : str
        Its name in messages.

    Returns
    -------
    list of Line
        The lines.
    """
    lines: list[Line] = []
    fence, verbatim = "", False
    for number, content in enumerate(text.splitlines(), start=1):
        match = _FENCE.match(content)
        inside = bool(fence)
        if match and not fence and "`" not in match[2]:
            fence, verbatim = match[1], bool(_UNPROCESSED.search(match[2]))
            inside = True
        elif match and fence and _closes(match, fence):
            fence = ""
        lines.append(Line(content, file, number, code=inside, verbatim=inside and verbatim))
    return lines


def _closes(match: re.Match[str], fence: str) -> bool:
    return match[1][0] == fence[0] and len(match[1]) >= len(fence) and not match[2].strip()


def split_front_matter(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines between the leading pair of ``---`` rules, and the lines after them.

    Parameters
    ----------
    lines : list of Line
        Lines of the manuscript, in order.

    Returns
    -------
    tuple of list of Line and list of Line
        Front matter without its rules, and text.
    """
    if not lines or lines[0].text.rstrip() != "---":
        return [], lines
    for index, line in enumerate(lines[1:], start=1):
        if line.text.rstrip() in ("---", "..."):
            body = read_lines("\n".join(rest.text for rest in lines[index + 1 :]), line.file)
            moved = [replace(rest, number=rest.number + index + 1) for rest in body]
            return lines[1:index], moved
    return [], lines


def strip_comments(lines: list[Line]) -> list[Line]:
    """Empty what stands in HTML comments outside code.

    Parameters
    ----------
    lines : list of Line
        Lines of the manuscript, in order.

    Returns
    -------
    list of Line
        As many lines, with their numbers.
    """
    result, inside = [], False
    for line in lines:
        if line.code and not inside:
            result.append(line)
            continue
        text, rest = "", line.text
        while rest:
            mark = "-->" if inside else "<!--"
            before, found, rest = rest.partition(mark)
            text += "" if inside else before
            inside = inside != bool(found)
        result.append(replace(line, text=text, code=line.code and not inside))
    return result


def shortcodes(line: Line) -> Iterator[Shortcode]:
    """Yield the shortcodes of a line from left to right.

    Parameters
    ----------
    line : Line
        The line.
    """
    spans = [match.span() for match in _CODE_SPAN.finditer(line.text)]
    for match in _SHORTCODE.finditer(line.text):
        escaped = match["escaped"] is not None
        inside = any(start < match.start() and match.end() < end for start, end in spans)
        content = match["escaped"] if escaped else match["plain"]
        yield Shortcode(content, match.start(), match.end(), escaped, line.code or inside)


def without_code(text: str) -> str:
    """Return a line with its code spans blanked out.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    str
        A line with its code spans blanked out.
    """
    return _CODE_SPAN.sub(lambda match: " " * len(match[0]), text)
