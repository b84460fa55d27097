"""Writing the report as a Word document: pandoc's tree to DOCX."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from umbrella_review.render import pandoc
from umbrella_review.render.bitmaps import Bitmap
from umbrella_review.render.docx_blocks import lay_out
from umbrella_review.render.docx_package import finish
from umbrella_review.render.docx_styles import reference_document
from umbrella_review.render.fields import inlines, listed, text
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.nodes import words
from umbrella_review.render.titles import Cover
from umbrella_review.render.tree import Nodes

_CONTENTS = "Contents"


def docx_document(
    manuscript: Manuscript,
    cited: Nodes,
    cover: Cover,
    bitmaps: Mapping[str, Bitmap],
    day: date | None,
) -> bytes:
    """Return the report as a Word document.

    Parameters
    ----------
    manuscript : Manuscript
        The manuscript.
    cited : list of dict
        Its blocks after the citations have been set.
    cover : Cover
        What stands on the title page.
    bitmaps : mapping of str to Bitmap
        The figures as PNG, by label.
    day : date or None
        The date that the document's properties name, if any.

    Returns
    -------
    bytes
        The same bytes for the same manuscript.
    """
    settings = manuscript.settings
    version = f"Version {cover.version}" * bool(cover.version)
    meta = {
        "title": inlines(cover.title),
        "subtitle": inlines(cover.subtitle),
        "author": listed(text(name) for name in cover.authors),
        "date": text(" · ".join(filter(None, (version, cover.date)))),
        "keywords": listed(inlines(words(word)) for word in cover.keywords),
        "lang": text(settings.language),
        "version": text(cover.version),
        "toc-title": text(_CONTENTS),
    }
    blocks = lay_out(cited, manuscript.embeds, bitmaps, manuscript.numbers)
    arguments = ["-f", "json", "-t", "docx", "-o", "-"]
    if settings.option("docx", "toc", True):
        arguments += ["--toc", f"--toc-depth={settings.option('docx', 'toc-depth', 3)}"]
    if settings.option("docx", "number-sections", False):
        arguments.append("--number-sections")
    with tempfile.TemporaryDirectory() as folder:
        styles = Path(folder) / "reference.docx"
        styles.write_bytes(reference_document(settings.language))
        written = pandoc.run_bytes(
            [*arguments, f"--reference-doc={styles}"], pandoc.document(blocks, meta)
        )
    return finish(written, day)
