"""The type of figures: files that come with packages, so that it is the same on every machine."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import fontManager

SANS, FALLBACK = "Source Sans Pro", "DejaVu Sans"  # the second has the signs that the first lacks
FAMILIES = (SANS, FALLBACK)
_WEIGHTS = ("Regular", "It", "Semibold", "Bold")


def sans_folder() -> Path:
    """Return the folder of the sans serif's files.

    Returns
    -------
    Path
        Inside the package that brings them.

    Raises
    ------
    ModuleNotFoundError
        If that package is not installed.
    """
    found = find_spec("font_source_sans_pro")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("the package font-source-sans-pro is not installed")
    return Path(found.origin).parent / "files"


def fallback_folder() -> Path:
    """Return the folder of the fonts that matplotlib brings.

    Returns
    -------
    Path
        Inside matplotlib.
    """
    return Path(mpl.get_data_path()) / "fonts" / "ttf"


def sans_files() -> list[Path]:
    """Return the files of the weights and the italic that figures use.

    Returns
    -------
    list of Path
        In a fixed order.
    """
    return [sans_folder() / f"SourceSansPro-{weight}.ttf" for weight in _WEIGHTS]


@cache
def register() -> None:
    """Let matplotlib find our fonts, and none of the same name that a machine has besides.

    Its list of fonts comes from a cache of the user's; only what packages bring stays in it under
    our two names.
    """
    bundled = fallback_folder()
    fontManager.ttflist = [
        entry
        for entry in fontManager.ttflist
        if entry.name != SANS and (entry.name != FALLBACK or bundled in Path(entry.fname).parents)
    ]
    for path in sans_files():
        fontManager.addfont(path)
