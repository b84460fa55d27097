"""One synthesis: a table of studies, the models and the diagnostics of each analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from umbrella_review.synthesis.batch import Batch, LeftOut, batch_of
from umbrella_review.synthesis.diagnostics import diagnostics_of
from umbrella_review.synthesis.models import Model, fit_models
from umbrella_review.synthesis.options import Options
from umbrella_review.synthesis.read import StudyTable

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Synthesis:
    """The results of a synthesis.

    Parameters
    ----------
    table : StudyTable
        What was read.
    options : Options
        What was asked for.
    batch : Batch
        Effects of the studies.
    left_out : tuple of LeftOut
        Rows whose effect is not known.
    models : tuple of Model
        Fitted to all analyses.
    diagnostics : tuple of dict
        Of each analysis by name; empty where they were not asked for.
    """

    table: StudyTable
    options: Options
    batch: Batch
    left_out: tuple[LeftOut, ...]
    models: tuple[Model, ...]
    diagnostics: tuple[dict[str, Any], ...]

    def tidy(self, section: str = "models") -> pd.DataFrame:
        """Return a part of the results as a table.

        Parameters
        ----------
        section : str, default "models"
            ``models``, ``studies`` or, where they were asked for, the name of a diagnostic.

        Returns
        -------
        DataFrame
            One row per analysis and computation, under the names that the JSON document uses;
            of ``studies``, ``leave1out``, ``cumul`` and ``influence`` one row a study.

        Raises
        ------
        StatisticsError
            If there is no such section.
        """
        from umbrella_review.synthesis.frames import frame_of  # brings pandas, slow to import

        return frame_of(self, section)


def synthesise(table: StudyTable, options: Options | None = None) -> Synthesis:
    """Pool the studies of each analysis of a table.

    Parameters
    ----------
    table : StudyTable
        From `read_table`.
    options : Options, optional
        By default REML with normal intervals.

    Returns
    -------
    Synthesis
        All results.
    """
    options = options or Options()
    batch, left_out = batch_of(table)
    models = fit_models(batch, options.models)
    diagnostics = diagnostics_of(batch) if options.full else ()
    return Synthesis(table, options, batch, left_out, models, diagnostics)
