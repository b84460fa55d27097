"""Parameters as users write them: ``-P name=value`` and a YAML file."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

import yaml

from umbrella_review.errors import ParameterError, Problem
from umbrella_review.parameters import Given

_SHAPE = "`name: value`, or `notebook:` with such lines below it"


class _TextLoader(yaml.BaseLoader):
    """Reads every scalar as the text that stands there: no dates, no `no` that means false."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key, (mark, _) in zip(keys, node.value, strict=True):
            if keys.count(key) > 1:
                raise yaml.MarkedYAMLError(
                    problem=f"{key!r} stands there twice", problem_mark=mark.start_mark
                )
        return super().construct_mapping(node, deep=deep)


def from_options(options: Iterable[str]) -> list[Given]:
    """Return what ``-P`` options say.

    Parameters
    ----------
    options : iterable of str
        Each ``name=value`` or ``notebook.name=value``.

    Returns
    -------
    list of Given
        In the same order; values are texts.

    Raises
    ------
    ParameterError
        With one problem for every option without a name or an equals sign.
    """
    given, problems = [], []
    for option in options:
        target, sign, value = option.partition("=")
        notebook, _, name = target.strip().rpartition(".")
        if sign and name:
            given.append(Given(name, value, f"-P {option}", notebook or None))
        else:
            problems.append(
                Problem(
                    f"-P {option}",
                    "this is not name=value",
                    "-P name=value or -P notebook.name=value",
                    "Write name and value with an equals sign between them.",
                )
            )
    if problems:
        raise ParameterError(problems)
    return given


def from_file(path: Path) -> list[Given]:
    """Return what a YAML file says.

    Parameters
    ----------
    path : Path
        The file: a mapping of parameters to values, or of notebooks to such mappings.

    Returns
    -------
    list of Given
        In the order of the file; values are texts, or lists of texts.

    Raises
    ------
    ParameterError
        If the file cannot be read or is not such a mapping.
    """
    where = path.as_posix()
    try:
        content = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_TextLoader)  # noqa: S506
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        found = " ".join(str(error).split())
        problem = Problem(where, f"the file cannot be read: {found}", "a YAML file", "Mend it.")
        raise ParameterError([problem]) from None
    if content in (None, ""):
        return []
    if not isinstance(content, dict):
        raise ParameterError([_misshapen(where, content)])
    given, problems = [], []
    for key, value in content.items():
        entries = value.items() if isinstance(value, dict) else [(key, value)]
        notebook = str(key) if isinstance(value, dict) else None
        for name, entry in entries:
            place = f"{where}, {notebook}.{name}" if notebook else f"{where}, {name}"
            if _is_value(entry):
                given.append(Given(str(name), entry, place, notebook))
            else:
                problems.append(_misshapen(place, entry))
    if problems:
        raise ParameterError(problems)
    return given


def _is_value(entry: object) -> bool:
    return isinstance(entry, str) or (
        isinstance(entry, list) and all(isinstance(item, str) for item in entry)
    )


def _misshapen(where: str, content: object) -> Problem:
    return Problem(where, f"there stands {content!r}", _SHAPE, "Write it in this shape.")
