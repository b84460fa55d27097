"""The page: plain figures and tables, and beside them what its scripts draw from."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from umbrella_review.paths import Project
from umbrella_review.render.embeds import Embed
from umbrella_review.render.explore.document import document, embedded, keeper, read_explored
from umbrella_review.render.explore.tables import estimates_table, findings_table
from umbrella_review.render.fields import text
from umbrella_review.render.html import Page
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.nodes import (
    details,
    div,
    header,
    image,
    link,
    para,
    raw,
    string,
    words,
)
from umbrella_review.render.page_blocks import lay_out
from umbrella_review.render.tree import Node, Nodes
from umbrella_review.review import Review

NAME = "explore"
TITLE = "Explore the evidence"
# In the order in which they are loaded: each adds to what the ones before have begun.
SCRIPTS = ("model", "state", "card", "map", "axis", "forest", "filters", "page")
STYLE = "explore.css"
_ASSETS = resources.files("umbrella_review.render.explore") / "assets"
_UNNUMBERED = ("unnumbered",)
_MAP, _FOREST = "fig-evidence-map", "fig-forest"
_INTRODUCTION = (
    "Every result that the reviews report, and every finding in words. Choose a question, an"
    " outcome, a rating, a population or a format, or a mark of the map: what is shown follows,"
    " and the address of the page keeps the choice."
)
_PLAIN = "Without scripts this page shows the figures of the article and all rows in two tables."


def explore_page(project: Project, manuscript: Manuscript) -> Page | None:
    """Return the page on which readers explore.

    Parameters
    ----------
    project : Project
        The project; its notebooks have been executed.
    manuscript : Manuscript
        Its manuscript, checked.

    Returns
    -------
    Page or None
        None where no notebook keeps rows for it.
    """
    kept_by = keeper(project, [notebook.name for notebook in manuscript.notebooks])
    if kept_by is None:
        return None
    content = document(read_explored(project, kept_by), Review.read(project.review_file))
    source = link(words("the notebook that keeps these rows"), f"notebooks/{kept_by}.html")
    blocks: Nodes = [
        para(words(_INTRODUCTION)),
        div([], "explore-filters"),
        raw("html", "<noscript>"),
        para(words(_PLAIN)),
        raw("html", "</noscript>"),
        *_part("Evidence map", "explore-map", _embeds(manuscript, _MAP)),
        *_part("Reported estimates", "explore-forest", _embeds(manuscript, _FOREST)),
        header(2, words("All rows"), "explore-rows", _UNNUMBERED),
        para([string("From "), source, string(".")]),
        div(
            [
                *details("Results of analyses", [estimates_table(content)]),
                *details("Findings in words", [findings_table(content)]),
            ],
            "explore-tables",
        ),
        raw(
            "html",
            f'<script type="application/json" id="explore-data">{embedded(content)}</script>',
        ),
        *(
            raw("html", f'<script src="assets/explore-{name}.js" defer></script>')
            for name in SCRIPTS
        ),
    ]
    meta = {"kicker": text("Interactive")}
    return Page(TITLE, words(TITLE), lay_out(blocks), meta, kind=NAME, styles=(STYLE,))


def copy_assets(target: Path) -> None:
    """Copy the scripts and the style sheet of the page into a report.

    Parameters
    ----------
    target : Path
        The report's folder.
    """
    names = [STYLE, *(f"explore-{name}.js" for name in SCRIPTS)]
    for name in names:
        (target / "assets" / name).write_bytes((_ASSETS / name).read_bytes())


def _part(title: str, identifier: str, embeds: Iterable[Embed]) -> Nodes:
    still = [block for embed in embeds for block in _still(embed)]
    return [
        header(2, words(title), f"{identifier}-title", _UNNUMBERED),
        div(still, identifier, ["explore-part"]),
    ]


def _embeds(manuscript: Manuscript, prefix: str) -> list[Embed]:
    return [embed for label, embed in manuscript.embeds.items() if label.startswith(prefix)]


def _still(embed: Embed) -> list[Node]:
    """Return a figure of the article, with a link to its place there."""
    picture = image(embed.cell.alternative, embed.image)
    place = link(words("This figure in the article"), f"index.html#{embed.label}")
    file = link(words("at full size"), embed.image)
    return [para([link([picture], embed.image)]), para([place, string(" · "), file])]
