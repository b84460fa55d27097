"""The date that documents and archives carry: never that of the clock."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

VARIABLE = "SOURCE_DATE_EPOCH"
_CITATION = "CITATION.cff"
_KEY = "date-released"


def source_date(root: Path) -> date | None:
    """Return the day of a project's sources.

    It is that of ``SOURCE_DATE_EPOCH`` (seconds since 1970 in UTC, see
    https://reproducible-builds.org/specs/source-date-epoch/), else the day of the release in
    ``CITATION.cff``.

    Parameters
    ----------
    root : Path
        The project's folder.

    Returns
    -------
    date or None
        None where neither says a day.
    """
    given = os.environ.get(VARIABLE, "")
    if given.isascii() and given.isdigit():
        return datetime.fromtimestamp(int(given), UTC).date()
    return _released(root / _CITATION)


def _released(file: Path) -> date | None:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    value = content.get(_KEY) if isinstance(content, dict) else None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
