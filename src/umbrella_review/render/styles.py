"""The style sheets of the pages, and the files that they name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

_NAMED = re.compile(r"""url\(\s*["']?(?P<name>[^"')]+?)["']?\s*\)""")
_LICENCES = "*LICENSE*"  # fonts are passed on together with the text of their licence


def copy_sheets(sheets: Iterable[Path], target: Path) -> None:
    """Copy style sheets and the fonts and pictures that they name into one folder.

    Parameters
    ----------
    sheets : iterable of Path
        Style sheets; their own names stay, as do the places of what they name below them.
    target : Path
        An existing folder.
    """
    for sheet in sheets:
        shutil.copyfile(sheet, target / sheet.name)
        for name in _files_of(sheet):
            copy = target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(sheet.parent / name, copy)


def _files_of(sheet: Path) -> Iterator[PurePosixPath]:
    """Yield files below the folder of a style sheet: what it names, and licences beside that."""
    found = _NAMED.finditer(sheet.read_text(encoding="utf-8"))
    names = sorted({PurePosixPath(match["name"]) for match in found})
    local = [name for name in names if ".." not in name.parts and (sheet.parent / name).is_file()]
    yield from local
    for folder in sorted({name.parent for name in local} - {PurePosixPath()}):
        yield from (folder / path.name for path in sorted((sheet.parent / folder).glob(_LICENCES)))
