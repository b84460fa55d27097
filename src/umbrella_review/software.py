"""The software behind a report, with its versions."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib import metadata

import pandas as pd

#: What each distribution does for a report; the order is that of the table.
ROLES: Mapping[str, str] = {
    "umbrella-review": "this package",
    "numpy": "arrays",
    "pandas": "tables",
    "pandera": "contracts of the tables",
    "scipy": "statistics",
    "matplotlib": "figures",
    "seaborn": "figures",
    "jupyter": "notebooks",
    "papermill": "running notebooks",
    "pytask": "running only what changed",
    "pypandoc_binary": "HTML pages, with pandoc inside",
    "typst": "PDF, with the typesetter inside",
}


def software_versions(roles: Mapping[str, str] = ROLES) -> pd.DataFrame:
    """Return the installed version of Python and of each distribution.

    Parameters
    ----------
    roles : mapping of str to str, optional
        Distribution name to what it does.

    Returns
    -------
    DataFrame
        Columns `name`, `version` and `role`, Python first.

    Raises
    ------
    importlib.metadata.PackageNotFoundError
        If one of them is not installed.
    """
    python = ("Python", platform.python_version(), "language")
    rows = [python, *((name, metadata.version(name), role) for name, role in roles.items())]
    return pd.DataFrame(rows, columns=["name", "version", "role"])
