"""Meta-regressions and subgroups of studies that stand in a data frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from umbrella_review.pooling.regression import regress
from umbrella_review.pooling.subgroups import subgroups
from umbrella_review.synthesis.results import tidy


def regressions(
    studies: pd.DataFrame,
    moderators: Mapping[str, Sequence[str]],
    *,
    method: str = "REML",
    test: str = "z",
) -> pd.DataFrame:
    """Regress the effects of analyses on columns of their studies.

    Parameters
    ----------
    studies : DataFrame
        With `analysis`, `yi` and `vi`, as ``tidy("studies")`` gives them.
    moderators : mapping of str to sequence of str
        For each analysis the columns of numbers; others have no regression. A study that lacks
        one of them is left out.
    method, test : str
        As in `umbrella_review.pooling.regression.regress`.

    Returns
    -------
    DataFrame
        One row a coefficient: `analysis`, `term`, `beta`, `se`, `stat`, `pval`, `ci_lb`, `ci_ub`,
        and for the whole model `k`, `tau2`, `i2`, `qe`, `qm` with their p values.
    """
    frames = []
    for analysis, columns in moderators.items():
        rows = studies[studies["analysis"].eq(analysis)].dropna(subset=[*columns])
        model = regress(rows["yi"], rows["vi"], rows[[*columns]], method=method, test=test)
        frame = tidy(model, ["intercept", *columns], by="term")
        frame.insert(0, "analysis", analysis)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def subgroup_results(
    studies: pd.DataFrame, groups: Mapping[str, str], *, method: str = "REML", test: str = "z"
) -> pd.DataFrame:
    """Pool the subgroups of analyses.

    Parameters
    ----------
    studies : DataFrame
        With `analysis`, `measure`, `yi` and `vi`, as ``tidy("studies")`` gives them.
    groups : mapping of str to str
        For each analysis the column that names the group of a study; others have no subgroups.
    method, test : str
        As in `umbrella_review.pooling.subgroups.subgroups`.

    Returns
    -------
    DataFrame
        One row a subgroup: `analysis`, `measure`, `by`, `group`, the columns of the model, and
        `q_between`, `df_between` and `between_pval` of the test that groups differ.
    """
    return pd.concat(list(_subgroups(studies, groups, method, test)), ignore_index=True)


def _subgroups(
    studies: pd.DataFrame, groups: Mapping[str, str], method: str, test: str
) -> Iterator[pd.DataFrame]:
    for analysis, column in groups.items():
        rows = studies[studies["analysis"].eq(analysis)]
        found = subgroups(rows["yi"], rows["vi"], list(rows[column]), method=method, test=test)
        frame = tidy(found.fits, [str(group) for group in found.groups], by="group")
        frame.insert(0, "by", column)
        frame.insert(0, "measure", rows["measure"].iloc[0])
        frame.insert(0, "analysis", analysis)
        yield frame.assign(
            q_between=found.between.q[0],
            df_between=found.between.df[0],
            between_pval=found.between.pval[0],
        )
