"""Media types by the end of a file's name; tables of the operating system differ."""

from __future__ import annotations

from pathlib import PurePosixPath

_TYPES = {
    ".bib": "application/x-bibtex",
    ".cff": "application/yaml",
    ".csl": "application/xml",
    ".css": "text/css",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".qmd": "text/markdown",
    ".ris": "application/x-research-info-systems",
    ".svg": "image/svg+xml",
    ".tiff": "image/tiff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yml": "application/yaml",
    ".zip": "application/zip",
}
_OTHER = "text/plain"  # all else in a bundle is text: licence, lock, checksums, style headers


def media_type(name: str) -> str:
    """Return the media type of a file.

    Parameters
    ----------
    name : str
        Its name or path.

    Returns
    -------
    str
        E.g. ``text/csv``.
    """
    return _TYPES.get(PurePosixPath(name).suffix, _OTHER)
