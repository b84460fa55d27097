"""Figures of the PDF have the letters of its fonts."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from sample import SVG, make_project

from tests.pdf_tags import fonts_of
from umbrella_review.figures.style import new_figure
from umbrella_review.figures.svg_file import draw_svg
from umbrella_review.paths import PRINTED, Project
from umbrella_review.render.manuscript import Manuscript, read_manuscript
from umbrella_review.render.printed import printed_figures
from umbrella_review.render.titles import read_cover
from umbrella_review.render.typst_pdf import typst_source, write_pdf

HEAD = '#set document(title: "A title", date: datetime(year: 2026, month: 1, day: 5))\n= One\n'


def test_words_of_a_figure_can_be_found_in_the_pdf(tmp_path: Path) -> None:
    figure = new_figure(height=1.5)
    axes = figure.add_subplot(title="Depression & hope")
    axes.plot([-1, 1], [0, 1])
    axes.text(0, 0.5, "turned", rotation=90, style="italic")
    axes.set_xticks([-1, 1], ["−1", "10²"])
    shown = '#image(bytes(sys.inputs.at("a.svg")), alt: "A line")'
    printed = {"a.svg": draw_svg(figure, letters=True)}
    write_pdf(f"{HEAD}{shown}", tmp_path, dated=True, printed=printed)
    page = pypdf.PdfReader(tmp_path / "index.pdf").pages[0]
    words = page.extract_text().split()
    assert {"Depression", "&", "hope", "turned", "−1", "10²"} <= set(words)
    names = {font.name for font in fonts_of(page) if font.is_inside}
    assert names >= {"SourceSansPro-Regular", "SourceSansPro-Bold", "SourceSansPro-It"}


@pytest.fixture
def manuscript(tmp_path: Path) -> Manuscript:
    manuscript = read_manuscript(make_project(tmp_path))
    for name, content in (("figures", SVG), (PRINTED, SVG.replace("#56B4E9", "#123456"))):
        folder = tmp_path / "build" / "results" / "01_first" / name
        folder.mkdir(parents=True)
        (folder / "fig-flow.svg").write_text(content, encoding="utf-8")
    return manuscript


def test_figures_that_were_drawn_for_print_are_found(
    manuscript: Manuscript, tmp_path: Path
) -> None:
    found = printed_figures(Project(tmp_path), manuscript.embeds)
    assert list(found) == ["figures/fig-flow.svg"]
    assert "#123456" in found["figures/fig-flow.svg"]


def test_a_figure_of_another_run_is_not_printed(manuscript: Manuscript, tmp_path: Path) -> None:
    kept = tmp_path / "build" / "results" / "01_first" / "figures" / "fig-flow.svg"
    kept.write_text(SVG.replace("520", "521"), encoding="utf-8")
    assert printed_figures(Project(tmp_path), manuscript.embeds) == {}


def test_print_shows_what_was_drawn_for_it(manuscript: Manuscript, tmp_path: Path) -> None:
    source = typst_source(manuscript, manuscript.blocks, read_cover(manuscript, "S", "1"), None)
    letters = SVG.replace("</svg>", '<text x="9" y="9">drawnforprint</text></svg>')
    write_pdf(source, tmp_path, dated=False, printed={"figures/fig-flow.svg": letters})
    pages = pypdf.PdfReader(tmp_path / "index.pdf").pages
    assert any("drawnforprint" in page.extract_text() for page in pages)
