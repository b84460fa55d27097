"""A small project with everything that a manuscript may hold, for the tests of rendering."""

from __future__ import annotations

import base64
import json
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
import pypdf
from bs4 import BeautifulSoup

from umbrella_review.paths import Project
from umbrella_review.tables import TableView

ROOT = Path(__file__).parents[2]
BOOK = "build/notebooks/01_first.ipynb"
HOSTILE = [
    "<script>document.title='gone'</script>",
    "{{< var counts.reviews >}}",
    '#panic("x") #include "y"',
    "$x^2$ costs $5",
    "*a* _b_ **c** `d`",
    "@fig-flow and @smith_2020",
    "a | b || c",
    "C:\\new\\table \\",
    "= head",
    "- item",
    "1. item",
    "[link](https://example.org) <https://example.org>",
    "```{=html}",
    "--- -- ... \"quoted\" 'single' -5 x-? ~",
    "/ term: text // comment /* c */",
    "::: {.landscape}",
    "&amp; &lt;b&gt;",
]
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="520" height="220" viewBox="0 0 520 220">'
    '<rect x="20" y="20" width="480" height="180" fill="#56B4E9"/>'
    '<circle cx="260" cy="110" r="60" fill="#D55E00"/></svg>'
)
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()

QUARTO = f"""
project:
  type: manuscript
  output-dir: build/quarto
  render: [index.qmd]
manuscript:
  article: index.qmd
  notebooks:
    - notebook: {BOOK}
      title: First steps
    - notebook: build/notebooks/02_second.ipynb
      title: Second <steps> & more
lang: en-GB
bibliography: data/references.bib
csl: assets/numeric.csl
link-citations: true
number-sections: true
toc: true
toc-depth: 3
note: from the settings
format:
  html:
    theme: none
    css:
      - assets/tokens.css
      - assets/fonts.css
      - assets/report.css
      - assets/report_parts.css
      - assets/report_print.css
  typst:
    citeproc: true
    include-in-header: assets/header.typ
"""
VARIABLES = """
counts:
  reviews: "35"
  share: "94%"
  linked: "[12](#sec-methods)"
  markup: "<b>1</b> {{< var counts.reviews >}} `x`{=html}"
  empty: ""
"""
ARTICLE = f"""---
title: "A title with {{{{< var counts.reviews >}}}} reviews & *emphasis*"
subtitle: "A subtitle"
author:
  - name: Ann Smith
    affiliations: [University of Somewhere]
  - name: {{given: Bob, family: Jones}}
keywords: [one, "two \\"quoted\\""]
date: 2026-01-05
---

# Summary {{.unnumbered}}

In all, {{{{< var counts.reviews >}}}} reviews ({{{{< var counts.share >}}}}) were found;
see @sec-methods.

# Methods {{#sec-methods}}

{{{{< include sections/_methods.qmd >}}}}

# Results {{#sec-results}}

## Flow {{#sec-flow}}

The flow is in @fig-flow, the reviews in @tbl-reviews, [see @tbl-wide], [-@fig-flow]
and [@fig-flow; @tbl-reviews].

{{{{< embed {BOOK}#fig-flow >}}}}

{{{{< embed {BOOK}#tbl-reviews >}}}}

::: {{.landscape}}

## Sideways {{#sec-sideways}}

{{{{< embed build/notebooks/02_second.ipynb#tbl-wide >}}}}

:::

::: {{layout-ncol=2}}

Left side.

Right side.

:::

# References {{.unnumbered}}

::: {{#refs}}
:::

# Appendix {{#sec-appendix .unnumbered}}

Last words, with a note.[^n] See [the methods](#sec-methods).

[^n]: The note.
"""
METHODS = """We searched as told before [@smith_2020; @jones_2021].[^m]
The settings say {{< meta note >}}.

[^m]: A note in a section, with {{< var counts.linked >}} and {{< var counts.markup >}}.

<!-- a comment with {{< unknown >}} -->

::: {.callout-note title="Mind this"}
A callout with **bold** text.
:::

::: {.callout-warning}
## A heading as title

Take care.
:::

| Word | Meaning   |
|:-----|:----------|
| one  | authored  |

: A table of words {#tbl-words}

Escaped: {{{< var counts.reviews >}}} and `{{{< meta note >}}}`.

```text
plain code with @fig-none and {{{< var x >}}}
```

## Deeper {#sec-deeper}

As @smith_2020 wrote, see @tbl-words and <https://example.org/a/very/long/path/that/has/to/break/somewhere/because/it/is/longer/than/the/line_of_text?and=more&so=on>.
"""
BIBLIOGRAPHY = r"""
@article{smith_2020, author={Smith, Ann and Jones, Bob}, title={First of all}, journal={J Test},
  year=2020, volume=3, number=2, pages={1--9}, doi={10.1000/first}}
@article{jones_2021, author={A, A and B, B and C, C and D, D and E, E and F, F and G, G},
  title={A <script>alert(1)</script> {\#panic("x")} {{< var counts.reviews >}} *starred* title},
  journal={J <b>Bold</b>}, year=2021, note={`z`{=html}}}
@book{unused_2000, author={Nobody, N}, title={Not cited}, publisher={House}, year=2000}
"""


def notebook(*cells: dict[str, object]) -> str:
    """Return an executed notebook as JSON."""
    meta = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": cells, "metadata": meta, "nbformat": 4, "nbformat_minor": 5})


def markdown(text: str) -> dict[str, object]:
    return {"cell_type": "markdown", "id": "m", "metadata": {}, "source": text}


def code(source: str, *outputs: dict[str, object], tags: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "cell_type": "code",
        "id": "c",
        "metadata": {"tags": list(tags)},
        "source": source.splitlines(keepends=True),
        "outputs": list(outputs),
        "execution_count": 1,
    }


def shown(**data: str) -> dict[str, object]:
    names = {"svg": "image/svg+xml", "png": "image/png", "md": "text/markdown"}
    names |= {"html": "text/html", "text": "text/plain"}
    return {
        "output_type": "execute_result",
        "data": {names[key]: value for key, value in data.items()},
        "metadata": {},
        "execution_count": 1,
    }


def hostile_table() -> TableView:
    frame = pd.DataFrame(
        {
            "Review": [f"Review {n} [@smith_2020]" for n in range(len(HOSTILE))],
            "Text": HOSTILE,
            "Number": range(len(HOSTILE)),
        }
    )
    view = TableView(frame, {"Text": 3}, {"Number": "right"}, markdown=["Review"])
    return view.with_notes("A note with *stars* and <b>.")


def wide_table(rows: int = 60) -> TableView:
    words = "many words about antidisestablishmentarianism/hospitalisation_rates"
    frame = pd.DataFrame({f"Column {n}": [words] * rows for n in range(9)})
    return TableView(frame.assign(**{"Column 0": [f"Row {n}" for n in range(rows)]}))


def first_notebook() -> str:
    table, picture = hostile_table().to_markdown(), {"svg": SVG, "png": PNG, "text": "<figure>"}
    stream = {"output_type": "stream", "name": "stdout", "text": ["printed <b>text</b>\n"]}
    return notebook(
        markdown("# First steps\n\nWhat is counted, see @fig-flow. <script>alert(1)</script>"),
        code(
            'minimum = "low"  # lowest rating that is kept\nformats = []  # formats that are kept',
            tags=("parameters",),
        ),
        code('minimum = "high"', tags=("injected-parameters",)),
        code("session.load()", stream),
        markdown("## The flow\n\nText before."),
        code(
            '#| label: fig-flow\n#| fig-cap: "Flow of <b>records</b> [@smith_2020]"\n'
            '#| fig-alt: "Boxes \\"joined\\" by lines"\nsession.figure(draw(), "fig-flow")',
            shown(**picture),
        ),
        code(
            '#| label: tbl-reviews\n#| tbl-cap: "All *reviews*"\nsession.table(view)',
            shown(md=table, html="<script>alert(2)</script>", text=table),
        ),
        code("view", shown(html="<script>alert(3)</script>", text="a <b>frame</b>")),
    )


def second_notebook() -> str:
    table = wide_table().to_markdown()
    return notebook(
        markdown("# Second steps"),
        code('#| label: tbl-wide\n#| tbl-cap: "Wide"\nview', shown(md=table, text=table)),
        code(
            '#| label: fig-spare\n#| fig-cap: "Not embedded"\n#| fig-alt: "A disc"\nfigure',
            shown(svg=SVG, text="<figure>"),
        ),
        code('#| label: tbl-bare\n#| tbl-cap: "No output"\nview'),
    )


def make_project(folder: Path) -> Project:
    """Write the project into a folder."""
    files = {
        "_quarto.yml": QUARTO,
        "_variables.yml": VARIABLES,
        "index.qmd": ARTICLE,
        "sections/_methods.qmd": METHODS,
        "data/references.bib": BIBLIOGRAPHY,
        BOOK: first_notebook(),
        "build/notebooks/02_second.ipynb": second_notebook(),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "assets", folder / "assets")
    shutil.copyfile(ROOT / "review.yml", folder / "review.yml")
    return Project(folder)


@dataclass(frozen=True)
class Report:
    """A rendered report."""

    project: Project
    folder: Path
    said: tuple[str, ...]

    def page(self, name: str = "index.html") -> BeautifulSoup:
        return BeautifulSoup((self.folder / name).read_text(encoding="utf-8"), "html.parser")

    @cached_property
    def pdf(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(self.folder / "index.pdf")

    @cached_property
    def pdf_text(self) -> str:
        return "\n".join(page.extract_text() for page in self.pdf.pages)
