"""A figure as a PDF of its own, for a journal to print."""

from __future__ import annotations

from umbrella_review.errors import BuildError
from umbrella_review.render.typst_pdf import font_folders

_PAGE = """\
#set document(title: sys.inputs.title, date: none)
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), alt: sys.inputs.alternative)
"""


def figure_pdf(svg: bytes, title: str, alternative: str) -> bytes:
    """Return a figure as PDF whose letters are those of fonts that the file holds.

    Parameters
    ----------
    svg : bytes
        The figure. What it holds as text can be selected, searched and edited; what it holds as
        outlines stays so.
    title : str
        Of the document.
    alternative : str
        What a screen reader says in place of the picture.

    Returns
    -------
    bytes
        One page of the figure's size; the same bytes for the same picture and words.

    Raises
    ------
    BuildError
        If the picture cannot be read.
    """
    import typst

    words = {"svg": svg.decode("utf-8"), "title": title, "alternative": alternative}
    try:
        with font_folders() as fonts:
            # The stubs want all arguments that are paths of one type with the input, here bytes.
            written = typst.compile(  # type: ignore[call-overload]
                _PAGE.encode(),
                font_paths=fonts,
                ignore_system_fonts=True,
                sys_inputs=words,
                format="pdf",
                timestamp=0,
            )
    except typst.TypstError as error:
        raise BuildError(f"a figure could not be drawn: {error}") from error
    return bytes(written)
