"""Putting a manuscript together from its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from umbrella_review.errors import Problem
from umbrella_review.qmd.syntax import (
    Line,
    read_lines,
    shortcodes,
    split_front_matter,
    strip_comments,
)


def read_article(
    root: Path, article: Path, problems: list[Problem]
) -> tuple[list[Line], list[Line]]:
    """Return the lines of the front matter, and those of the text with all includes in place.

    Parameters
    ----------
    root : Path
        The project's folder; paths of includes start there, as the article does.
    article : Path
        The manuscript's main file.
    problems : list of Problem
        Gets what has to be mended.

    Returns
    -------
    tuple of list of Line and list of Line
        Front matter and text.
    """
    name = article.relative_to(root).as_posix()
    text = _read(article, name, name, problems)
    front, body = split_front_matter(read_lines(text, name))
    return front, _expand(root, strip_comments(body), (name,), problems)


def _expand(
    root: Path, lines: Sequence[Line], chain: tuple[str, ...], problems: list[Problem]
) -> list[Line]:
    result: list[Line] = []
    for index, line in enumerate(lines):
        wanted = [code for code in shortcodes(line) if code.name == "include" and not code.escaped]
        if not wanted:
            result.append(line)
        elif stands_alone(lines, index) and not line.code and len(wanted[0].arguments) == 1:
            result += _include(root, line, wanted[0].arguments[0], chain, problems)
        else:
            problems.append(
                Problem(
                    line.where,
                    f"the include {wanted[0].literal} is not by itself",
                    "one path, on a line of its own, outside code, with blank lines around it",
                    "Put it on a line of its own, or write {{{< … >}}} to show it.",
                )
            )
    return result


def _include(
    root: Path, line: Line, path: str, chain: tuple[str, ...], problems: list[Problem]
) -> list[Line]:
    name = path.strip("\"'").lstrip("/")
    if name in chain:
        problems.append(
            Problem(
                line.where,
                f"{name} includes itself ({' → '.join([*chain, name])})",
                "files that include other files only",
                "Remove one of these includes.",
            )
        )
        return []
    text = _read(root / name, name, line.where, problems)
    front, body = split_front_matter(read_lines(text, name))
    if front:
        problems.append(
            Problem(
                f"{name}, line 1",
                "front matter in an included file",
                "front matter in the main file alone",
                "Move these settings to the main file.",
            )
        )
    return _expand(root, strip_comments(body), (*chain, name), problems)


def _read(path: Path, name: str, where: str, problems: list[Problem]) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        found, expected = f"{name} is not UTF-8", "a text file in UTF-8"
    except OSError:
        found, expected = f"{name} does not exist or cannot be read", "a path from the project"
    problems.append(Problem(where, found, expected, "Correct the path or save the file anew."))
    return ""


def stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Return whether a line holds one shortcode and nothing else, with blank lines around it.

    Parameters
    ----------
    lines : sequence of Line
        Lines of the manuscript, in order.
    index : int
        Position of the line.

    Returns
    -------
    bool
        Whether a line holds one shortcode and nothing else, with blank lines around it.
    """
    text = lines[index].text.strip()
    around = [lines[near] for near in (index - 1, index + 1) if 0 <= near < len(lines)]
    single = text.startswith("{{<") and text.count("{{<") == 1 and text.endswith(">}}")
    return single and all(line.blank for line in around)
