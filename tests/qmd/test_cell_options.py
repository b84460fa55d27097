"""Computed text in the options of executed cells, and the way back to the cell as written."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
import yaml

from umbrella_review.build.published import publish
from umbrella_review.build.source import read_notebook
from umbrella_review.qmd.cell_options import COMPUTED, extend_options, restore_options

CODE = "session.figure(draw(), 'fig-a', finding=said)"


def options(source: str) -> dict[str, str]:
    lines = [line[2:].strip() for line in source.split("\n") if line.startswith("#|")]
    return yaml.safe_load("\n".join(lines))


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ('#| fig-alt: "A \\"plot\\" of k"', 'A "plot" of k. 3 of 4.'),
        ("#| fig-alt: A plot.", "A plot. 3 of 4."),
        ("#| fig-alt: >\n#|   A plot\n#|   of k", "A plot of k. 3 of 4."),
        ("#| echo: false", "3 of 4."),
    ],
)
def test_computed_text_stands_behind_the_typed_one(typed: str, whole: str) -> None:
    source = f"#| label: fig-a\n{typed}\n#| fig-cap: Caption\n{CODE}"
    extended, written = extend_options(source, {"fig-alt": "3 of 4."})
    assert options(extended)["fig-alt"] == whole
    assert options(extended)["fig-cap"] == "Caption"
    assert extended.endswith(f"\n{CODE}")
    assert restore_options(extended, written) == source


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('"quoted" \\ back', '"quoted" \\ back'),
        ("two\nlines\u2028here", "two lines here"),
        ("# no: comment {a}", "# no: comment {a}"),
        ("{{< meta x >}}", "{ {< meta x >}}"),
        ("−0.4 × 10³ “é”", "−0.4 × 10³ “é”"),
    ],
)
def test_any_text_is_quoted_safely(text: str, read: str) -> None:
    extended, _ = extend_options(f"#| label: fig-a\n{CODE}", {"fig-alt": text})
    assert options(extended) == {"label": "fig-a", "fig-alt": read}


def test_nothing_computed_changes_nothing() -> None:
    source = f"#| label: fig-a\n#| fig-alt: A plot\n{CODE}"
    assert extend_options(source, {}) == (source, {})


def test_an_executed_notebook_says_what_was_computed_and_is_read_as_written(tmp_path: Path) -> None:
    source = f'#| label: fig-a\n#| fig-alt: "A plot"\n{CODE}'
    cell = nbformat.v4.new_code_cell(source, id="a")
    parameters = nbformat.v4.new_code_cell("", id="p", metadata={"tags": ["parameters"]})
    plain = nbformat.v4.new_notebook(cells=[parameters, cell])
    nbformat.write(plain, tmp_path / "written.ipynb")
    data = {"image/svg+xml": "<svg/>"}
    carried = {COMPUTED: {"fig-alt": "3 of 4."}}
    cell.outputs = [nbformat.v4.new_output("execute_result", data=data, metadata=carried)]
    publish(plain, [["parameters"], []], tmp_path, tmp_path / "executed.ipynb")

    content = json.loads((tmp_path / "executed.ipynb").read_text(encoding="utf-8"))
    shown = content["cells"][1]
    assert options("".join(shown["source"]))["fig-alt"] == "A plot. 3 of 4."
    assert shown["outputs"][0]["metadata"] == {}
    assert shown["metadata"] == {}  # Quarto would make attributes of it
    written, _ = read_notebook(tmp_path / "written.ipynb", tmp_path)
    executed, problems = read_notebook(tmp_path / "executed.ipynb", tmp_path)
    assert not problems
    assert executed.identity == written.identity
