"""Writing the report as PDF: pandoc's tree to Typst, Typst to pages."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from umbrella_review.errors import BuildError
from umbrella_review.figures.fonts import fallback_folder, sans_folder
from umbrella_review.render import pandoc
from umbrella_review.render.html import inlines, listed, text
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.notice import notice_fields
from umbrella_review.render.pdf_streams import packed
from umbrella_review.render.titles import Cover
from umbrella_review.render.tree import Nodes
from umbrella_review.render.typst_blocks import lay_out, literal

_TEMPLATE = resources.files("umbrella_review.render") / "templates" / "report.typ"


def typst_source(manuscript: Manuscript, cited: Nodes, cover: Cover) -> str:
    """Return the report as Typst.

    Parameters
    ----------
    manuscript : Manuscript
        The manuscript.
    cited : list of dict
        Its blocks after the citations have been set.
    cover : Cover
        What stands on the title page.

    Returns
    -------
    str
        Typst code.
    """
    settings = manuscript.settings
    language, _, region = settings.language.partition("-")
    contents = settings.option("typst", "toc", True)
    meta = {
        "title": inlines(cover.title),
        "subtitle": inlines(cover.subtitle),
        "short-title": text(cover.short_title),
        "version": text(cover.version),
        "date": text(cover.date),
        "author": listed(text(name) for name in cover.authors),
        "affiliation": listed(text(name) for name in cover.affiliations),
        "document": _raw(_document(cover)),
        **notice_fields(manuscript.notice),
        "language": _raw(f"lang: {literal(language)}, region: {literal(region or language)}"),
        "header": _raw(settings.typst_header),
        "toc": {"t": "MetaBool", "c": bool(contents)},
        "depth": text(str(settings.option("typst", "toc-depth", 3))),
        "numbered": {
            "t": "MetaBool",
            "c": bool(settings.option("typst", "number-sections", False)),
        },
    }
    blocks = lay_out(cited, dict(manuscript.embeds))
    arguments = ["-f", "json", "-t", "typst-citations", "--standalone", "--wrap=none"]
    with resources.as_file(_TEMPLATE) as template:
        return pandoc.run([*arguments, f"--template={template}"], pandoc.document(blocks, meta))


def write_pdf(source: str, target: Path) -> None:
    """Typeset a report.

    Parameters
    ----------
    source : str
        Typst that names figures by their paths in the report's folder.
    target : Path
        The report's folder, out of which nothing can be read.

    Raises
    ------
    BuildError
        If Typst fails, with what it says.
    """
    import typst

    try:
        # The stubs want all arguments that are paths of one type with the input, here bytes.
        written = typst.compile(  # type: ignore[call-overload]
            source.encode("utf-8"),
            root=target,
            font_paths=[sans_folder(), fallback_folder()],
            ignore_system_fonts=True,  # the same pages on every machine
            format="pdf",
            timestamp=0,
        )
    except typst.TypstError as error:
        raise BuildError(f"Typst failed: {getattr(error, 'diagnostic', '') or error}") from error
    (target / "index.pdf").write_bytes(packed(bytes(written)))


def _document(cover: Cover) -> str:
    authors = ", ".join(literal(name) for name in cover.authors)
    keywords = ", ".join(literal(word) for word in cover.keywords)
    return (
        f"title: {literal(cover.plain_title)}, author: ({authors}{',' * bool(authors)}), "
        f"keywords: ({keywords}{',' * bool(keywords)}), date: none"
    )


def _raw(code: str) -> dict[str, Any]:
    return {"t": "MetaBlocks", "c": [{"t": "RawBlock", "c": ["typst", code]}]}
