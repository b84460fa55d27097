"""Grades of the analyses of a synthesis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from umbrella_review.criteria import Profile
from umbrella_review.grading.factors import Choices, factors_of
from umbrella_review.grading.profiles import grade
from umbrella_review.grading.table import Table
from umbrella_review.grading.trail import NOT_ASSESSABLE, Grade
from umbrella_review.synthesis.results import tidy

#: Measures of a synthesis by the name that grading has for them.
MEASURES: Mapping[str, str] = {
    "SMD": "G", "SMDH": "G", "RR": "logRR", "OR": "logOR", "HR": "logHR", "IRR": "logIRR",
    "ZCOR": "Z",
}  # fmt: skip
# Words of grading by the columns that they stand in.
_WORDS = {name: name for name in ("rob", "indirectness", "multiple_es")} | {"report": "rob1_report"}
# Columns that add up to the people with and without what is studied, the first that are there.
_CASES = (("n_cases",), ("ai", "ci"), ("x1i", "x2i"), ("n1i",))
_CONTROLS = (("n_controls",), ("bi", "di"), ("n2i",))


def grade_studies(
    studies: pd.DataFrame, profile: Profile = "ioannidis", choices: Choices | None = None
) -> dict[str, Grade]:
    """Grade the evidence of each analysis.

    Parameters
    ----------
    studies : DataFrame
        As ``tidy("studies")`` gives them; the columns `n_cases`, `n_controls` (or counts and
        sizes of groups to derive them from), `rob`, `rob1_report`, `indirectness` and `amstar`
        are used where they are there.
    profile : Profile, default "ioannidis"
        As in `umbrella_review.grading.profiles.grade`.
    choices : Choices, optional
        How factors are computed; by default REML.

    Returns
    -------
    dict of str to Grade
        By analysis. Those whose measure the rules do not know are not assessable.
    """
    name = profile if isinstance(profile, str) else profile.name
    known = studies[studies["measure"].isin(MEASURES)]
    found = {
        str(analysis): Grade(name, NOT_ASSESSABLE, f"the rules know no effects as {measure}", ())
        for analysis, measure in zip(studies["analysis"], studies["measure"], strict=True)
    }
    if known.empty:
        return found
    factors = factors_of(_table(known), choices)
    return found | {factor.name: grade(factor.evidence, profile) for factor in factors}


def grade_frame(grades: Mapping[str, Grade]) -> pd.DataFrame:
    """Return grades as a table.

    Parameters
    ----------
    grades : mapping of str to Grade
        By analysis.

    Returns
    -------
    DataFrame
        One row an analysis: `analysis`, `profile`, `class` and `reason`.
    """
    return pd.DataFrame(
        [
            {"analysis": name, "profile": one.profile, "class": one.label, "reason": one.reason}
            for name, one in grades.items()
        ]
    )


def trail_frame(grades: Mapping[str, Grade]) -> pd.DataFrame:
    """Return the trails of grades as a table.

    Parameters
    ----------
    grades : mapping of str to Grade
        By analysis.

    Returns
    -------
    DataFrame
        One row per analysis and criterion: `analysis`, `profile`, `class`, `part`, `name`,
        `value`, `threshold`, `status` and `reason`.
    """
    trails = [tidy(one).assign(analysis=name) for name, one in grades.items()]
    frame = pd.concat(trails, ignore_index=True)
    return frame[["analysis", *(name for name in frame if name != "analysis")]]


def _table(studies: pd.DataFrame) -> Table:
    """Return the studies as grading reads them; studies of one name are told apart."""
    count = studies.groupby(["analysis", "study"]).cumcount()
    names = studies["study"].where(count.eq(0), studies["study"] + " " + count.add(1).astype(str))
    unknown = np.full(len(studies), np.nan)
    cases, controls = _sum(studies, _CASES), _sum(studies, _CONTROLS)
    size = np.where(np.isnan(cases + controls), studies["ni"], cases + controls)
    amstar = studies["amstar"].to_numpy(dtype=float) if "amstar" in studies else unknown
    return Table(
        "studies",
        tuple(studies["analysis"]),
        tuple(names),
        tuple(studies["measure"].map(MEASURES)),
        {word: _column(studies, column) for word, column in _WORDS.items()},
        studies["yi"].to_numpy(dtype=float),
        studies["se"].to_numpy(dtype=float),
        cases,
        controls,
        size,
        amstar,
        unknown,
    )


def _sum(studies: pd.DataFrame, groups: tuple[tuple[str, ...], ...]) -> Any:
    """Return the sum of the first columns that a study has, NaN where it has none."""
    found = np.full(len(studies), np.nan)
    for group in groups:
        if set(group) <= set(studies):
            total = studies[[*group]].sum(axis=1, skipna=False).to_numpy(dtype=float)
            found = np.where(np.isnan(found), total, found)
    return found


def _column(studies: pd.DataFrame, name: str) -> tuple[str, ...]:
    if name not in studies:
        return ("",) * len(studies)
    return tuple(studies[name].fillna("").astype(str).str.casefold())
