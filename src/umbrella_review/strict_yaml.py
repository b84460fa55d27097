"""YAML for people: plain values only, no key twice, and the line of everything."""

from __future__ import annotations

from typing import Any

import yaml

from umbrella_review.errors import Problem

Path = tuple[str, ...]
Lines = dict[Path, int]

_MAPPING, _LIST = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"


def read_yaml(text: str, where: str) -> tuple[Any, Lines, list[Problem]]:
    """Return the content of a YAML document, the line of each part, and what is wrong.

    Parameters
    ----------
    text : str
        The document.
    where : str
        Its file, for messages.

    Returns
    -------
    content : Any
        Mappings, lists and plain values; parts that could not be read are left out.
    lines : dict of tuple of str to int
        Line of each part of a mapping, by the keys that lead to it; the document itself is ``()``.
    problems : list of Problem
        Broken syntax, keys that occur twice or are not text, aliases, and tags of objects.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return None, {}, [_syntax(error, where)]
    reader = _Reader(where)
    content = reader.value(node, ()) if node is not None else None
    return content, reader.lines, reader.problems


def _syntax(error: yaml.YAMLError, where: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    place = f"{where}, line {mark.line + 1}" if mark else where
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Problem(
        place,
        f"this is not YAML ({what})",
        "lines of the form 'key: value', indented by spaces",
        "Look at this line and the one before it; put texts that hold ': ' or '#' in quotes.",
    )


class _Reader:
    """Turns YAML nodes into values and remembers lines and problems on the way."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.lines: Lines = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:
            self._problem(node, path, "an alias (*)", "the value itself", "Write it out.")
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode) and node.tag == _MAPPING:
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode) and node.tag == _LIST:
            return [self.value(part, (*path, str(i))) for i, part in enumerate(node.value)]
        return self._object(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for key_node, part in node.value:
            key = self._scalar(key_node, path)
            if not isinstance(key, str):
                self._problem(
                    key_node,
                    path,
                    f"the key {key_node.value!r}, which YAML does not read as text",
                    "a text as key",
                    "Put the key in quotation marks.",
                )
            elif key in content:
                self._problem(
                    key_node,
                    (*path, key),
                    f"the key {key!r} for the second time",
                    f"each key once; the first is in line {self.lines[(*path, key)]}",
                    "Remove one of the two.",
                )
            else:
                self.lines[(*path, key)] = key_node.start_mark.line + 1
                content[key] = self.value(part, (*path, key))
        return content

    def _scalar(self, node: yaml.Node, path: Path) -> Any:
        try:
            return yaml.SafeLoader("").construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError):
            return self._object(node, path)

    def _object(self, node: yaml.Node, path: Path) -> None:
        self._problem(
            node,
            path,
            f"a value of the kind {node.tag}",
            "text, a number, true or false",
            "Put the value in quotation marks.",
        )

    def _problem(self, node: yaml.Node, path: Path, found: str, expected: str, remedy: str) -> None:
        place = f"{self.where}, line {node.start_mark.line + 1}"
        name = ".".join(path)
        self.problems.append(
            Problem(f"{place}, {name}" if name else place, found, expected, remedy)
        )
