"""Labels and headings of a manuscript, read from its source."""

from __future__ import annotations

import pytest

from umbrella_review.paths import Project
from umbrella_review.qmd.outline import TITLE_PAGE, Target, outline_digest, outline_of, read_outline
from umbrella_review.qmd.syntax import read_lines

TEXT = """# Abstract {.unnumbered}

## The first & best {#sec-first}

Words with `{#sec-code}` and @sec-first.

{{< embed build/notebooks/01_a.ipynb#fig-a >}}

| a |
|---|
| 1 |

: A caption {#tbl-hand}

```
# Not a heading {#sec-none}
```

# Appendix {#sec-appendix .unnumbered}
"""


def outline(text=TEXT):
    return outline_of(read_lines(text, "index.qmd"))


def test_sections_figures_and_tables_are_found():
    assert list(outline().values()) == [
        Target(TITLE_PAGE, "Title page", numbered=False),
        Target("abstract", "Abstract", numbered=False),
        Target("sec-first", "The first & best", numbered=True),
        Target("fig-a", "", numbered=True),
        Target("tbl-hand", "", numbered=True),
        Target("sec-appendix", "Appendix", numbered=False),
    ]


@pytest.mark.parametrize(
    ("title", "label"),
    [("Costs", "costs"), ("What it is, and why", "what-it-is-and-why"), ("Long-term", "long-term")],
)
def test_headings_without_a_label_have_that_of_pandoc(title, label):
    assert list(outline(f"## {title}\n"))[1:] == [label]


def test_the_digest_changes_with_headings_alone():
    before = outline_digest(outline())
    assert outline_digest(outline(TEXT.replace("Words with", "Other words with"))) == before
    for old, new in (("first &", "second &"), ("sec-first}", "sec-one}"), ("#fig-a", "#fig-b")):
        assert outline_digest(outline(TEXT.replace(old, new))) != before


def test_includes_are_followed(tmp_path):
    (tmp_path / "part.qmd").write_text("## Part {#sec-part}\n", encoding="utf-8")
    project = Project(tmp_path)
    assert read_outline(project) == {}
    project.article.write_text("---\ntitle: x\n---\n\n{{< include part.qmd >}}\n", encoding="utf-8")
    assert list(read_outline(project)) == [TITLE_PAGE, "sec-part"]
