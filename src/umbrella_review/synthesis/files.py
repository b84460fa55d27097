"""Several tables of studies, each with its measure, as one review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from umbrella_review.errors import InputError, Problem
from umbrella_review.synthesis.document import document_of
from umbrella_review.synthesis.options import Options
from umbrella_review.synthesis.read import StudyTable, read_table
from umbrella_review.synthesis.run import Synthesis, synthesise

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Syntheses:
    """The results of several tables.

    Parameters
    ----------
    parts : tuple of Synthesis
        In the order of the tables; no two have an analysis of the same name.
    """

    parts: tuple[Synthesis, ...]

    def tidy(self, section: str = "models") -> pd.DataFrame:
        """Return a part of the results of all tables as one table.

        Parameters
        ----------
        section : str, default "models"
            As in `Synthesis.tidy`.

        Returns
        -------
        DataFrame
            Cells of a column that a table lacks are missing.
        """
        import pandas as pd  # slow to import

        return pd.concat([part.tidy(section) for part in self.parts], ignore_index=True)

    def document(self) -> dict[str, Any]:
        """Return all results as one document.

        Returns
        -------
        dict
            As `document_of` makes it, with the analyses of all tables.
        """
        documents = [document_of(part) for part in self.parts]
        analyses = {name: one for part in documents for name, one in part["analyses"].items()}
        return {
            "software": documents[0]["software"],
            "source": ", ".join(part["source"] for part in documents),
            "left_out": [row for part in documents for row in part["left_out"]],
            "analyses": analyses,
        }


def synthesise_files(files: Mapping[str | Path, str], options: Options | None = None) -> Syntheses:
    """Read tables of studies and pool the studies of each of their analyses.

    Parameters
    ----------
    files : mapping of str or Path to str
        For each file its measure, empty where effects are given as such.
    options : Options, optional
        As in `synthesise`, the same for all.

    Returns
    -------
    Syntheses
        All results.

    Raises
    ------
    InputError
        With all problems of all files; or if there is no file, or two have an analysis in common.
    """
    tables: list[StudyTable] = []
    problems: list[Problem] = []
    for path, measure in files.items():
        try:
            tables.append(read_table(path, measure))
        except InputError as error:
            problems.extend(error.problems)
    problems += _shared(tables)
    if not files:
        words = "no file", "a file of studies for each measure", "Name the files."
        problems.append(Problem("files", *words))
    if problems:
        raise InputError(problems)
    return Syntheses(tuple(synthesise(table, options) for table in tables))


def _shared(tables: list[StudyTable]) -> list[Problem]:
    """Return the analyses that stand in more than one table."""
    first: dict[str, str] = {}
    found = []
    for table in tables:
        for name in dict.fromkeys(table.analyses):
            other = first.setdefault(name, table.where)
            if other != table.where:
                words = f"the analysis {name!r}, as in {other}", "a name of its own", "Rename it."
                found.append(Problem(table.where, *words))
    return found
