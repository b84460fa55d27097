"""An executed notebook without anything that differs between two runs or two machines."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from umbrella_review.qmd.cell_options import COMPUTED, extend_options, take_computed

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_ADDRESS = re.compile(r"(?<= at )0x[0-9a-fA-F]{6,}\b")
_TEMPORARY = re.compile(r"\S*ipykernel_\d+[/\\]\d+\.py")
_ERROR_MARK = "papermill-error-cell-tag"  # of cells that papermill adds after a failure
_TEXTS = ("text/plain", "text/markdown", "text/html")


def publish(notebook: Any, tags: list[list[str]], root: Path, target: Path) -> None:
    """Write an executed notebook for readers.

    Parameters
    ----------
    notebook : NotebookNode
        As papermill left it.
    tags : list of list of str
        Tags of its cells, in order.
    root : Path
        The project's root; its place on this machine is removed from outputs.
    target : Path
        The file to write.
    """
    executed = [cell for cell in notebook.cells if _ERROR_MARK not in cell.metadata.get("tags", ())]
    cells = [
        _cell(cell, place, tagged, root)
        for place, (cell, tagged) in enumerate(zip(executed, tags, strict=True), start=1)
    ]
    written = {cell["id"]: lines for cell in cells if (lines := _extend(cell))}
    kept = {COMPUTED: {"written": written}} if written else {}
    clean = nbformat.from_dict(  # type: ignore[no-untyped-call]
        {
            "cells": cells,
            "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}, **kept},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    text: str = nbformat.writes(  # type: ignore[no-untyped-call]
        clean, version=nbformat.NO_CONVERT, indent=1
    )
    target.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def neutral(text: str, root: Path) -> str:
    """Return a text without places, addresses and process numbers of this machine.

    Parameters
    ----------
    text : str
        Of an output or an error.
    root : Path
        The project's root.

    Returns
    -------
    str
        With ``<project>``, ``<python>``, ``~``, ``<cell>`` and ``0x…`` in their stead.
    """
    for place, word in ((root, "<project>"), (Path(sys.prefix), "<python>"), (Path.home(), "~")):
        if len(place.parts) > 1:
            text = re.sub(rf"(?<![\w/\\]){re.escape(str(place))}(?![\w.-])", word, text)
    return _ADDRESS.sub("0x…", _TEMPORARY.sub("<cell>", text))


def _cell(cell: Mapping[str, Any], place: int, tags: list[str], root: Path) -> dict[str, Any]:
    injected = "injected-parameters" in tags
    clean = {
        "cell_type": cell["cell_type"],
        "id": "injected-parameters" if injected else cell.get("id", f"cell-{place}"),
        "metadata": {"tags": tags} if tags else {},
        "source": cell["source"],
    }
    if cell["cell_type"] == "code":
        clean["execution_count"] = cell.get("execution_count")
        clean["outputs"] = [_output(output, root) for output in cell.get("outputs", [])]
    return clean


def _extend(cell: dict[str, Any]) -> dict[str, str]:
    """Put what a cell computed for its options there; return the options as they were written."""
    computed = take_computed(cell.get("outputs", ()))
    cell["source"], written = extend_options(cell["source"], computed)
    return written


def _output(output: Mapping[str, Any], root: Path) -> dict[str, Any]:
    clean = {key: value for key, value in output.items() if key != "transient"}
    if "metadata" in clean:
        clean["metadata"] = dict(clean["metadata"])
    if "text" in clean:
        clean["text"] = neutral(clean["text"], root)
    if "traceback" in clean:
        clean["traceback"] = [neutral(line, root) for line in clean["traceback"]]
        clean["evalue"] = neutral(clean["evalue"], root)
    if "data" in clean:
        clean["data"] = {
            kind: neutral(value, root) if kind in _TEXTS and isinstance(value, str) else value
            for kind, value in clean["data"].items()
        }
    return clean
