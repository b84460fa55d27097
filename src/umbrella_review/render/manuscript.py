"""A manuscript read whole: text, values, figures and tables in place, and all that is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from umbrella_review.errors import ManuscriptError, Problem
from umbrella_review.paths import Project
from umbrella_review.qmd.includes import read_article
from umbrella_review.qmd.syntax import Line
from umbrella_review.render import check, crossref, pandoc
from umbrella_review.render.citations import read_keys
from umbrella_review.render.config import Settings, read_settings, read_variables
from umbrella_review.render.embeds import Embed, find_embeds
from umbrella_review.render.executed import Notebook, read_notebook
from umbrella_review.render.nodes import div, plain
from umbrella_review.render.shortcodes import Resolver, Slot, check_marks
from umbrella_review.render.side_page import SidePage, read_side_page
from umbrella_review.render.slots import fill, slot_contents, used, without_comments
from umbrella_review.render.tree import Node, Nodes, elements, inlines_of, walk

DASHBOARD = "sections/_dashboard.qmd"  # Quarto renders no file whose name begins like this
_FIELDS = ("title", "subtitle", "abstract")


@dataclass(frozen=True)
class Manuscript:
    """All that an engine needs.

    Parameters
    ----------
    settings : Settings
        Of the project and the article.
    fields : mapping of str to list
        Title, subtitle and abstract as blocks.
    blocks : list of dict
        The text; figures and tables are divisions of class ``embed`` whose first block is the
        caption. References are links; citations are not yet set.
    embeds : mapping of str to Embed
        Those of notebooks, by label.
    numbers : mapping of str to str
        Printed numbers by identifier.
    notebooks : tuple of Notebook
        Those listed in ``_quarto.yml`` in their order, then others that are embedded.
    places : mapping of str to str
        File and line of each recorded value in the text, by the identifier of its link.
    notice : tuple of str
        Lines about notebooks whose results do not match their inputs, to be shown.
    dashboard : SidePage or None
        The page for readers in a hurry, where the project has one.
    changes : tuple of str
        Lines about what changed since the last version; none for the first.
    """

    settings: Settings
    fields: Mapping[str, Nodes]
    blocks: Nodes
    embeds: Mapping[str, Embed]
    numbers: Mapping[str, str]
    notebooks: tuple[Notebook, ...]
    places: Mapping[str, str]
    notice: tuple[str, ...] = ()
    dashboard: SidePage | None = None
    changes: tuple[str, ...] = ()


def read_manuscript(project: Project) -> Manuscript:
    """Read and check the manuscript of a project.

    Parameters
    ----------
    project : Project
        The project; its notebooks have been executed.

    Returns
    -------
    Manuscript
        The manuscript, free of problems.

    Raises
    ------
    ManuscriptError
        With every problem of the manuscript, its settings, bibliography and notebooks.
    """
    problems: list[Problem] = []
    front, lines = read_article(project.root, project.article, problems)
    settings = read_settings(project, front, problems)
    values = read_variables(project.variables_file, problems)
    resolver = Resolver(values, settings.metadata, problems)
    text = resolver.text(lines)
    fields = _fields(settings, front, project.article.name, resolver)
    notebooks = _notebooks(project, settings, resolver.slots, problems)
    embeds = find_embeds(
        (slot for slot in resolver.slots if slot.kind == "embed"), notebooks, problems
    )
    locate = check.locator([*front, *lines], project.article.name)
    problems += check.check_lines(lines)

    prose, parsed = pandoc.parse(text, fields, pandoc.PROSE)
    prose = without_comments(prose)
    problems += check.check_syntax([*prose, *parsed.get("abstract", [])], locate)
    captions = {content: _caption(embed, resolver) for content, embed in embeds.items()}
    contents = slot_contents(resolver.slots, embeds, captions)
    blocks = fill(_written_tables(prose), resolver.slots, contents)
    parsed = {key: fill(value, resolver.slots, contents) for key, value in parsed.items()}
    numbers = crossref.number(blocks)
    problems += check_marks([blocks, *parsed.values()], [s.where for s in resolver.slots])
    problems += check.check_identifiers(blocks, locate)
    known = {*_identifiers(blocks), *(label for n in notebooks.values() for label in n.labels)}
    keys = read_keys(settings.bibliography, problems)
    whole = [blocks, *parsed.values()]
    places = _with_notebooks(locate, resolver.slots, embeds)
    problems += check.check_references(whole, numbers, known, places)
    problems += check.check_citations(whole, keys, places)
    beside = Resolver(values, settings.metadata, problems)
    dashboard = read_side_page(
        project,
        DASHBOARD,
        beside,
        numbers=numbers,
        identifiers=_identifiers(blocks),
        keys=keys,
    )
    if problems:
        raise ManuscriptError(dict.fromkeys(problems))
    return Manuscript(
        settings,
        {key: crossref.resolve(value, numbers) for key, value in parsed.items()},
        crossref.resolve(blocks, numbers),
        {embed.label: embed for embed in embeds.values()},
        numbers,
        tuple(notebooks.values()),
        {used(index): slot.where for index, slot in enumerate(resolver.slots)},
        dashboard=dashboard,
    )


def _fields(settings: Settings, front: list[Line], file: str, resolver: Resolver) -> dict[str, str]:
    found = {}
    for key in _FIELDS:
        value = settings.metadata.get(key)
        if value is None:
            continue
        number = next((line.number for line in front if line.text.startswith(f"{key}:")), 1)
        text = "\n".join(
            resolver.line(Line(part, file, number + shift))
            for shift, part in enumerate(str(value).splitlines())
        )
        found[key] = text + "\n" * (key == "abstract")
    return found


def _caption(embed: Embed, resolver: Resolver) -> str:
    """Return the caption of an embed, which may cite values as the text does."""
    where = f"{embed.notebook.path}, cell {embed.label}"
    return resolver.line(Line(embed.cell.caption, where, 1))


def _notebooks(
    project: Project, settings: Settings, slots: list[Slot], problems: list[Problem]
) -> dict[str, Notebook]:
    titles = {listed.path: listed.title for listed in settings.notebooks}
    for slot in slots:
        if slot.kind == "embed":
            path = slot.content.partition("#")[0]
            titles.setdefault(path, path.rpartition("/")[2].removesuffix(".ipynb"))
    read = {
        path: read_notebook(project.root, path, title, problems) for path, title in titles.items()
    }
    return {path: notebook for path, notebook in read.items() if notebook is not None}


def _written_tables(blocks: Nodes) -> Nodes:
    """Treat tables that authors write, where they have a label, as those that are embedded."""

    def visit(element: Node) -> Nodes | None:
        if element["t"] != "Table" or not element["c"][0][0].startswith("tbl-"):
            return None
        (label, classes, pairs), (short, caption), *rest = element["c"]
        table = {"t": "Table", "c": [["", classes, pairs], [short, []], *rest]}
        return [div([plain(inlines_of(caption)), table], label, ["embed"])]

    result: Nodes = walk(blocks, visit)
    return result


def _identifiers(blocks: Nodes) -> set[str]:
    return {element["c"][1][0] for element in elements(blocks) if element["t"] == "Header"}


def _with_notebooks(
    locate: check.Locate, slots: list[Slot], embeds: Mapping[str, Any]
) -> check.Locate:
    """Extend a search to captions and tables, which stand in notebooks."""

    def find(expression: str) -> list[str]:
        pattern = re.compile(expression)
        inside = [
            f"{embed.notebook.path}, cell {embed.label}"
            for embed in embeds.values()
            if pattern.search(f"{embed.cell.caption}\n{embed.cell.markdown or ''}")
        ]
        outside = [place for place in locate(expression) if ", line " in place]
        return outside + inside or locate(expression)

    return find
