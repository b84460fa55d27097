"""Results as plain values for JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it.

    Parameters
    ----------
    value : object
        Numbers and arrays of numpy, mappings, sequences and plain values in any depth.

    Returns
    -------
    object
        Numbers that do not exist (NaN) are None, infinite ones ``"Inf"`` and ``"-Inf"``.
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else "Inf" if value > 0 else "-Inf"
    return value


def to_json(document: Any) -> str:
    """Return a document as JSON text, the same on every machine.

    Parameters
    ----------
    document : object
        As `plain` takes it.

    Returns
    -------
    str
        With indents, the shortest decimals that give each number back, and a final newline.
    """
    return json.dumps(plain(document), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def write_document(document: Any, path: Path) -> None:
    """Write a document as JSON, into a folder that is made if need be.

    Parameters
    ----------
    document : object
        As `plain` takes it.
    path : Path
        Where it goes; what stands there is replaced.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_json(document), encoding="utf-8", newline="\n")
