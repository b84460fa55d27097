"""Figures for print: those whose letters are text."""

from __future__ import annotations

from collections.abc import Mapping

from umbrella_review.paths import PRINTED, Project
from umbrella_review.render.embeds import Embed


def printed_figures(project: Project, embeds: Mapping[str, Embed]) -> dict[str, str]:
    """Return the figures that notebooks have drawn for print too.

    Parameters
    ----------
    project : Project
        The project.
    embeds : mapping of str to Embed
        What the manuscript embeds, by label.

    Returns
    -------
    dict of str to str
        SVG by the figure's path in the report. A figure is left out where the cell shows another
        picture than the one that the notebook kept under its label.
    """
    found = {}
    for label, embed in embeds.items():
        folder = project.results / embed.notebook.name
        kept = folder / "figures" / f"{label}.svg"
        printed = folder / PRINTED / kept.name
        picture = embed.cell.picture
        if picture is None or not (kept.is_file() and printed.is_file()):
            continue
        if kept.read_bytes() == picture.content:
            found[embed.image] = printed.read_text(encoding="utf-8")
    return found
