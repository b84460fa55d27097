"""Running pandoc: Markdown to a document tree, a tree to HTML or Typst."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from umbrella_review.errors import BuildError
from umbrella_review.render.nodes import para, plain
from umbrella_review.render.tree import Node, Nodes

# What authors write: pandoc's Markdown, as Quarto reads it.
PROSE = "markdown-yaml_metadata_block-pandoc_title_block"
# What data may hold: no markup of an output format, and quotation marks stay as they are.
DATA = (
    f"{PROSE}-raw_html-raw_attribute-raw_tex-latex_macros-native_divs-native_spans"
    "-fenced_divs-tex_math_dollars-smart"
)
# Abbreviations, templates and the like of the user must not change a report.
_NO_USER_DATA = f"--data-dir={os.devnull}"
API_VERSION = [1, 23, 1, 1]


@cache
def _executable() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def run(arguments: Sequence[str], text: str = "", cwd: Path | None = None) -> str:
    """Return what pandoc writes for `text`; it may read only the files named in `arguments`.

    Parameters
    ----------
    arguments : sequence of str
        Command line arguments of pandoc.
    text : str, optional
        The text.
    cwd : Path or None, optional
        Where pandoc runs; the working directory by default.

    Returns
    -------
    str
        What pandoc writes for `text`.

    Raises
    ------
    BuildError
        If pandoc fails, with what it says.
    """
    return run_bytes(arguments, text, cwd).decode("utf-8")


def run_bytes(arguments: Sequence[str], text: str = "", cwd: Path | None = None) -> bytes:
    """Return the bytes that pandoc writes for `text`, as `run` does for formats of text.

    Parameters
    ----------
    arguments : sequence of str
        Command line arguments of pandoc.
    text : str, optional
        The text.
    cwd : Path or None, optional
        Where pandoc runs; the working directory by default.

    Returns
    -------
    bytes
        What pandoc writes for `text`.

    Raises
    ------
    BuildError
        If pandoc fails, with what it says.
    """
    done = subprocess.run(
        [_executable(), "--sandbox", _NO_USER_DATA, *arguments],
        input=text.encode("utf-8"),
        capture_output=True,
        check=False,
        cwd=cwd,
    )
    if done.returncode:
        raise BuildError(f"pandoc failed: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout


def parse(text: str, fields: Mapping[str, str], reader: str) -> tuple[Nodes, dict[str, Nodes]]:
    """Parse a document and, each apart from all others, further pieces of Markdown.

    Parameters
    ----------
    text : str
        The body of the document.
    fields : mapping of str to str
        Pieces that must not reach into each other or into the body; one that ends with a line
        break is read as blocks, any other as running text.
    reader : str
        `PROSE` or `DATA`.

    Returns
    -------
    tuple of list and dict
        Blocks of the body, and the blocks of each piece.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "fields.json"
        # Pandoc parses each string of a metadata file as a document of its own.
        pieces = {f"f{index}": value for index, value in enumerate(fields.values())}
        source.write_text(json.dumps(pieces), encoding="utf-8")
        tree = json.loads(
            run(["-f", reader, "-t", "json", f"--metadata-file={source}"], text.replace("\r", ""))
        )
    meta = tree["meta"]
    found = {key: _blocks(meta.get(f"f{index}")) for index, key in enumerate(fields)}
    return tree["blocks"], found


def _blocks(value: Node | None) -> Nodes:
    if value is None:
        return []
    if value["t"] == "MetaBlocks":
        return list(value["c"])
    if value["t"] == "MetaInlines":
        return [plain(value["c"])] if value["c"] else []
    return [para([{"t": "Str", "c": str(value["c"])}])]


def document(blocks: Nodes, meta: Mapping[str, Any] | None = None) -> str:
    """Return a document tree as JSON text for pandoc.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.
    meta : mapping of str to object or None, optional
        Metadata as pandoc has them.

    Returns
    -------
    str
        A document tree as JSON text for pandoc.
    """
    tree = {"pandoc-api-version": API_VERSION, "meta": dict(meta or {}), "blocks": blocks}
    return json.dumps(tree)


def transform(blocks: Nodes, meta: Mapping[str, Any], arguments: Sequence[str]) -> Nodes:
    """Return blocks after pandoc has worked on them, e.g. set the citations.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.
    meta : mapping of str to object
        Metadata as pandoc has them.
    arguments : sequence of str
        Command line arguments of pandoc.

    Returns
    -------
    list of dict
        Blocks after pandoc has worked on them, e.g. set the citations.
    """
    tree = json.loads(run(["-f", "json", "-t", "json", *arguments], document(blocks, meta)))
    return list(tree["blocks"])
