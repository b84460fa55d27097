"""What a notebook computed for the options of a cell, such as the alternative text of a figure.

Options are written before anything runs, so numbers typed there would be wrong after the next edit
of the data. What is computed travels in the metadata of the cell's output; the executed notebook
gets it behind the typed words, where both engines read it. The lines as they were written are kept
in the metadata of the notebook, so that an executed notebook can still be held against its source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from umbrella_review.words import sentence

COMPUTED = "umbrella_review"  # key in the metadata of outputs, and of executed notebooks
_MARK = "#|"
_KEY = re.compile(r"#\| ?([A-Za-z][A-Za-z0-9-]*) *:")


def take_computed(outputs: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Remove from outputs what they carry for the options of their cell, and return it.

    Parameters
    ----------
    outputs : iterable of dict
        Outputs of a cell; their metadata change.

    Returns
    -------
    dict of str to str
        Text per option; empty where no output carries any.
    """
    found: dict[str, str] = {}
    for output in outputs:
        found |= output.get("metadata", {}).pop(COMPUTED, {})
    return found


def extend_options(source: str, computed: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Put computed text behind the typed text of options.

    Parameters
    ----------
    source : str
        Of a code cell; the lines that begin with ``#|`` are its options, in YAML.
    computed : mapping of str to str
        Text per option; one that was not there comes after the others.

    Returns
    -------
    source : str
        With the same code.
    written : dict of str to str
        Per changed option the lines as they were, for `restore_options`.
    """
    entries, code = _parts(source)
    written = {key: "\n".join(entries.get(key, ())) for key in computed}
    for key, text in computed.items():
        typed = sentence(_value(written[key], key))
        entries[key] = [f"{_MARK} {key}: {_quoted(f'{typed} {text}')}"]
    return _joined(entries, code), written


def restore_options(source: str, written: Mapping[str, str]) -> str:
    """Undo `extend_options`.

    Parameters
    ----------
    source : str
        Of a code cell of an executed notebook.
    written : mapping of str to str
        Per option the lines as they were; empty for one that was not there.

    Returns
    -------
    str
        As it was written.
    """
    entries, code = _parts(source)
    for key, lines in written.items():
        entries[key] = lines.split("\n") if lines else []
    return _joined(entries, code)


def _parts(source: str) -> tuple[dict[str, list[str]], list[str]]:
    """Return the lines of each option by its name, and the lines of code."""
    lines = source.split("\n")
    count = next((n for n, line in enumerate(lines) if not line.startswith(_MARK)), len(lines))
    entries: dict[str, list[str]] = {}
    key = ""
    for line in lines[:count]:  # a text may go over several lines
        match = _KEY.match(line)
        key = match[1] if match else key
        entries.setdefault(key, []).append(line)
    return entries, lines[count:]


def _joined(entries: Mapping[str, list[str]], code: list[str]) -> str:
    return "\n".join([line for entry in entries.values() for line in entry] + code)


def _value(lines: str, key: str) -> str:
    text = "\n".join(line.removeprefix(_MARK).removeprefix(" ") for line in lines.split("\n"))
    return str((yaml.safe_load(text) or {}).get(key) or "")


def _quoted(text: str) -> str:
    """Return a text as YAML on one line: a string of JSON without control characters is both."""
    # Quarto resolves shortcodes everywhere; a label of the data must not look like one.
    plain = " ".join(text.split()).replace("{{<", "{ {<")
    return json.dumps(plain, ensure_ascii=False)
