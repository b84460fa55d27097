"""A page of the author's own beside the article: text with recorded values, without figures.

Its file is plain Quarto, as those of the sections are. The name begins with an underscore, so that
Quarto makes no page of it; both engines get the page from this package.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import yaml

from umbrella_review.errors import Problem
from umbrella_review.paths import Project
from umbrella_review.qmd.includes import read_article
from umbrella_review.qmd.syntax import Line
from umbrella_review.render import check, crossref, pandoc
from umbrella_review.render.shortcodes import Resolver, check_marks
from umbrella_review.render.slots import fill, slot_contents, used, without_comments
from umbrella_review.render.tree import Nodes

# What the text of such a page may hold beside what an article may.
CARD, BARS, CHANGES = "card", "bars", "changes"


@dataclass(frozen=True)
class SidePage:
    """A page beside the article.

    Parameters
    ----------
    name : str
        Stem of its file in the report.
    title : str
        As its front matter says.
    blocks : list of dict
        The text; references are links into the article, citations are not yet set.
    places : mapping of str to str
        File and line of each recorded value in the text, by the identifier of its link.
    """

    name: str
    title: str
    blocks: Nodes
    places: Mapping[str, str]

    @property
    def file(self) -> str:
        """Its file in the report's folder."""
        return f"{self.name}.html"


def read_side_page(
    project: Project,
    path: str,
    resolver: Resolver,
    *,
    numbers: Mapping[str, str],
    identifiers: Collection[str],
    keys: Collection[str],
) -> SidePage | None:
    """Read and check a page beside the article.

    Parameters
    ----------
    project : Project
        The project.
    path : str
        Its source, from the project's root.
    resolver : Resolver
        Knows the values; takes what is wrong.
    numbers : mapping of str to str
        Printed numbers of the article's sections, figures and tables by identifier.
    identifiers : collection of str
        Those of its sections, which links may name.
    keys : collection of str
        Keys of the references.

    Returns
    -------
    SidePage or None
        None where there is no such file.
    """
    file = project.root / path
    if not file.is_file():
        return None
    problems = resolver.problems
    front, lines = read_article(project.root, file, problems)
    locate = check.locator(lines, path)
    problems += check.check_lines(lines)
    blocks, _ = pandoc.parse(resolver.text(lines), {}, pandoc.PROSE)
    blocks = without_comments(blocks)
    problems += check.check_syntax(blocks, locate, also=(CARD, BARS, CHANGES))
    problems += [
        Problem(
            slot.where, "a figure or table", "values in text", "Refer to it by @ and its label."
        )
        for slot in resolver.slots
        if slot.kind == "embed"
    ]
    blocks = fill(blocks, resolver.slots, slot_contents(resolver.slots, {}, {}))
    problems += check_marks(blocks, [slot.where for slot in resolver.slots])
    problems += check.check_identifiers(blocks, locate, identifiers)
    problems += check.check_references(blocks, numbers, (), locate)
    problems += check.check_citations(blocks, keys, locate)
    places = {used(index): slot.where for index, slot in enumerate(resolver.slots)}
    name = PurePosixPath(path).stem.removeprefix("_")
    return SidePage(name, _title(front, path, problems), crossref.resolve(blocks, numbers), places)


def _title(front: list[Line], path: str, problems: list[Problem]) -> str:
    try:
        found = yaml.safe_load("\n".join(line.text for line in front)) or {}
        title = found.get("title") if isinstance(found, dict) else None
    except yaml.YAMLError:
        title = None
    if not isinstance(title, str) or not title.strip():
        remedy = 'Begin the file with three lines: ---, title: "…", ---.'
        problems.append(
            Problem(f"{path}, line 1", "no title", "a title in the front matter", remedy)
        )
        return ""
    return title.strip()
