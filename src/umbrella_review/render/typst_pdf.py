"""Writing the report as PDF: pandoc's tree to Typst, Typst to pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from umbrella_review.errors import BuildError
from umbrella_review.figures.fonts import fallback_folder, sans_files
from umbrella_review.render import pandoc
from umbrella_review.render.fields import inlines, listed, text
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.notice import notice_fields
from umbrella_review.render.pdf_row_heads import with_row_heads
from umbrella_review.render.pdf_streams import packed, read_document
from umbrella_review.render.titles import Cover
from umbrella_review.render.tokens import typst_tokens
from umbrella_review.render.tree import Nodes
from umbrella_review.render.typst_blocks import lay_out, literal
from umbrella_review.render.typst_errors import explained

_TEMPLATE = resources.files("umbrella_review.render") / "templates" / "report.typ"
_ALOUD, _ARCHIVED = "ua-1", "a-2a"  # PDF/UA-1; PDF/A-2a, which wants the day of a document


def typst_source(manuscript: Manuscript, cited: Nodes, cover: Cover, day: date | None) -> str:
    """Return the report as Typst.

    Parameters
    ----------
    manuscript : Manuscript
        The manuscript.
    cited : list of dict
        Its blocks after the citations have been set.
    cover : Cover
        What stands on the title page.
    day : date or None
        That the file carries.

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
        "document": _raw(_document(cover, day)),
        **notice_fields(manuscript.notice),
        "tokens": _raw(typst_tokens()),
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


def write_pdf(
    source: str, target: Path, *, dated: bool, printed: Mapping[str, str] | None = None
) -> None:
    """Typeset a report.

    Parameters
    ----------
    source : str
        Typst that names figures by their paths in the report's folder.
    target : Path
        The report's folder, out of which nothing can be read.
    dated : bool
        Whether the document says its day, without which it cannot be PDF/A.
    printed : mapping of str to str, optional
        SVG that takes the place of a figure's file, by the path of that file.

    Raises
    ------
    BuildError
        If Typst fails or a standard is not met, with what lacks and where.
    """
    import typst

    try:
        with font_folders() as fonts:
            # The stubs want all arguments that are paths of one type with the input, here bytes.
            written = typst.compile(  # type: ignore[call-overload]
                source.encode("utf-8"),
                root=target,
                font_paths=fonts,
                sys_inputs=dict(printed or {}),
                ignore_system_fonts=True,  # the same pages on every machine
                format="pdf",
                timestamp=0,
                pdf_standards=[_ALOUD, _ARCHIVED] if dated else [_ALOUD],
            )
    except typst.TypstError as error:
        said = str(getattr(error, "diagnostic", "") or error)
        raise BuildError(f"Typst failed:\n{explained(said, source)}") from error
    document = read_document(bytes(written))
    complete = replace(document, plain=with_row_heads(document.plain))
    (target / "index.pdf").write_bytes(packed(complete))


@contextmanager
def font_folders() -> Iterator[list[Path]]:
    """Give the folders of fonts that Typst takes besides its own.

    Yields
    ------
    list of Path
        One holds each weight of the sans serif once, of which its package has two files; Typst
        would take either.
    """
    with TemporaryDirectory() as folder:
        for path in sans_files():
            shutil.copy(path, folder)
        yield [Path(folder), fallback_folder()]


def _document(cover: Cover, day: date | None) -> str:
    authors = ", ".join(literal(name) for name in cover.authors)
    keywords = ", ".join(literal(word) for word in cover.keywords)
    moment = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})" if day else "none"
    return (
        f"title: {literal(cover.plain_title)}, author: ({authors}{',' * bool(authors)}), "
        f"keywords: ({keywords}{',' * bool(keywords)}), date: {moment}"
    )


def _raw(code: str) -> dict[str, Any]:
    return {"t": "MetaBlocks", "c": [{"t": "RawBlock", "c": ["typst", code]}]}
