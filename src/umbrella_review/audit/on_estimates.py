"""Operations on reported estimates: rules that need an effect, its interval, Q or k."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from umbrella_review.audit import statistics
from umbrella_review.audit.operation import Compute, Operation
from umbrella_review.audit.outcome import Outcome, Settings, one_number
from umbrella_review.audit.rows import Frames, select
from umbrella_review.audit.rules import Rule
from umbrella_review.audit.statistics import Bounded
from umbrella_review.effects.harmonise import RATIOS
from umbrella_review.schemas import TABLES


def _relative_fall(rule: Rule, frames: Frames, settings: Settings) -> Outcome:
    """Return by how many percent a ratio lies below 1."""
    figure, gap = one_number(rule, frames)
    if figure is None:
        return Outcome(gap=gap)
    ratio = statistics.rounded(figure, statistics.decimals(figure), settings.tolerance)
    return Outcome(statistics.relative_fall(ratio), exact=False)


def _count_excluding_no_effect(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    """Count rows with an interval on one side of no effect: 0 for differences, 1 for ratios."""
    rows = select(rule.table, rule.where, frames)
    known = rows.dropna(subset=["measure", "ci_lb", "ci_ub"])
    none = known["measure"].isin(RATIOS).astype(float)
    hits = int(((known["ci_lb"] > none) | (known["ci_ub"] < none)).sum())
    return Outcome(Bounded.exact(hits), known=len(known), needed=len(rows))


def _shared_figures(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    """Count the figures that all picked rows share, whatever their sign."""
    rows = select(rule.table, rule.where, frames)
    if len(rows) < 2:
        return Outcome(gap=f"{len(rows)} rows of {rule.table} match where two are needed")
    sizes = rows[["k", "n_participants", "q", "estimate"]].astype("float64").abs()
    ends = rows[["ci_lb", "ci_ub"]].astype("float64").abs()
    sizes["near"], sizes["far"] = ends.min(axis=1, skipna=False), ends.max(axis=1, skipna=False)
    known = sizes.loc[:, sizes.notna().all()]
    shared = int((known.nunique() == 1).sum())
    return Outcome(Bounded.exact(shared), known=known.shape[1], needed=sizes.shape[1])


def _row(rule: Rule, frames: Frames, needs: tuple[str, ...]) -> tuple[pd.Series | None, str]:
    """Return the only row that a rule picks, or what is missing in it."""
    rows = select(rule.table, rule.where, frames)
    if len(rows) != 1:
        return None, f"{len(rows)} rows of {rule.table} match where one is needed"
    row = rows.iloc[0]
    empty = [name for name in needs if pd.isna(row[name])]
    if empty:
        return None, f"{', '.join(empty)} of {row[TABLES[rule.table].key]} not known"
    return row, ""


def _z_from_interval(rule: Rule, frames: Frames, settings: Settings) -> Outcome:
    """Return the Z statistic that the printed interval implies."""
    row, gap = _row(rule, frames, ("measure", "estimate", "ci_lb", "ci_ub"))
    if row is None:
        return Outcome(gap=gap)
    figures = statistics.interval_figures(
        row["estimate"], row["ci_lb"], row["ci_ub"], settings.tolerance
    )
    ratio = row["measure"] in RATIOS
    try:
        z = statistics.z_from_interval(*figures, level=settings.level, ratio=ratio)
    except ValueError as error:
        return Outcome(gap=str(error))
    return Outcome(z, exact=False)


def _p_from_interval(rule: Rule, frames: Frames, settings: Settings) -> Outcome:
    """Return the p-value that the printed interval implies."""
    z = _z_from_interval(rule, frames, settings)
    return z if z.number is None else Outcome(statistics.p_from_z(z.number), exact=False)


def _i2_from_q(rule: Rule, frames: Frames, settings: Settings) -> Outcome:
    """Return I² from Q and its degrees of freedom, or the number of studies less one."""
    row, gap = _row(rule, frames, ("q",))
    if row is None:
        return Outcome(gap=gap)
    df = row["q_df"] if pd.notna(row["q_df"]) else row["k"] - 1
    if pd.isna(df):
        return Outcome(gap="neither the degrees of freedom nor the number of studies is known")
    figure = float(row["q"])
    q = statistics.rounded(figure, statistics.decimals(figure), settings.tolerance)
    return Outcome(statistics.i2_from_q(q, float(df)), exact=False)


def _df_from_k(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    """Return the degrees of freedom of Q."""
    row, gap = _row(rule, frames, ("k",))
    return Outcome(gap=gap) if row is None else Outcome(statistics.df_from_k(float(row["k"])))


def _on_estimates(compute: Compute, words: str, column: str = "none") -> Operation:
    return Operation(compute, words, column, table="estimates")


OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        "relative_fall_percent": _on_estimates(_relative_fall, "100 (1 − {column})", "number"),
        "count_excluding_no_effect": _on_estimates(
            _count_excluding_no_effect, "number of rows with an interval on one side of no effect"
        ),
        "shared_figures": _on_estimates(
            _shared_figures,
            "number of figures (k, participants, Q, estimate, both ends of the interval) that "
            "the rows share but for the sign",
        ),
        "z_from_interval": _on_estimates(_z_from_interval, "Z from estimate and interval"),
        "p_from_interval": _on_estimates(_p_from_interval, "p from estimate and interval"),
        "i2_from_q": _on_estimates(_i2_from_q, "I² from Q and its degrees of freedom"),
        "df_from_k": _on_estimates(_df_from_k, "k − 1"),
    }
)
