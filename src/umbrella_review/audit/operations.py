"""What a rule can compute from the rows that it picks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from umbrella_review.audit import statistics
from umbrella_review.audit.rows import Frames, cells, parts, select
from umbrella_review.audit.rules import Rule
from umbrella_review.audit.statistics import Bounded
from umbrella_review.schemas import TABLES

RATIOS = frozenset({"RR", "OR"})


@dataclass(frozen=True)
class Settings:
    """What recomputing needs to know besides the tables.

    Parameters
    ----------
    level : float, default 0.95
        Confidence level of reported intervals.
    tolerance : float, default 0.5
        Half-width of the interval that a printed figure stands for, in units of its last digit.
    """

    level: float = 0.95
    tolerance: float = 0.5


@dataclass(frozen=True)
class Outcome:
    """What an operation gives.

    Parameters
    ----------
    number : Bounded or None
        The recomputed number; none where an input is missing.
    exact : bool
        Whether the number must equal the published one, or only agree with it after rounding.
    known, needed : int
        In how many of the rows the input is known, where rows without it were left out.
    gap : str
        What is missing, where there is no number.
    """

    number: Bounded | None = None
    exact: bool = True
    known: int = 0
    needed: int = 0
    gap: str = ""

    @property
    def complete(self) -> bool:
        """Whether no row was left out."""
        return self.known == self.needed


Compute = Callable[[Rule, Frames, Settings], Outcome]


@dataclass(frozen=True)
class Operation:
    """An operation of the rule language.

    Parameters
    ----------
    compute : callable
        Rule, tables and settings to `Outcome`.
    words : str
        What is computed, with ``{column}`` and ``{argument}`` where the rule fills them in.
    column : {'none', 'any', 'number', 'optional'}
        Whether the rule must name a column, and of what kind.
    table : str
        Table that the operation is made for; any by default.
    argument : bool
        Whether the rule must name the rows that are taken away.
    """

    compute: Compute
    words: str
    column: str = "none"
    table: str = ""
    argument: bool = False


def _count(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    return _exact(len(select(rule.table, rule.where, frames)))


def _count_distinct(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    found = _cells(rule, frames)
    return _exact(len({part for cell in found.astype(object) for part in parts(cell)}))


def _share(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    total = len(frames[rule.table])
    if not total:
        return Outcome(gap=f"{rule.table} has no rows")
    share = 100 * len(select(rule.table, rule.where, frames)) / total
    return Outcome(Bounded.exact(share), exact=False)


def _reduce(name: str) -> Compute:
    def compute(rule: Rule, frames: Frames, _: Settings) -> Outcome:
        found = _numbers(_cells(rule, frames))
        known = found.dropna()
        if known.empty:
            return Outcome(gap=f"{rule.column} is known in none of the {len(found)} rows")
        number = Bounded.exact(float(getattr(known, name)()))
        return Outcome(number, known=len(known), needed=len(found))

    return compute


def _lookup(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    figure, gap = _one(rule, frames)
    return Outcome(gap=gap) if figure is None else _exact(figure)


def _difference(rule: Rule, frames: Frames, settings: Settings) -> Outcome:
    other = Rule(rule.operation, rule.table, rule.argument, rule.column)
    first, gap = _one(rule, frames)
    second, second_gap = _one(other, frames)
    if first is None or second is None:
        return Outcome(gap=gap or second_gap)
    if first.is_integer() and second.is_integer():
        return _exact(first - second)
    places = max(_places(first), _places(second))  # a closing zero is lost when a table is read
    less, more = (statistics.rounded(x, places, settings.tolerance) for x in (second, first))
    return Outcome(more - less, exact=False)


def _relative_fall(rule: Rule, frames: Frames, settings: Settings) -> Outcome:
    figure, gap = _one(rule, frames)
    if figure is None:
        return Outcome(gap=gap)
    ratio = statistics.rounded(figure, _places(figure), settings.tolerance)
    return Outcome(statistics.relative_fall(ratio), exact=False)


def _count_excluding_no_effect(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    rows = select(rule.table, rule.where, frames)
    known = rows.dropna(subset=["measure", "ci_lb", "ci_ub"])
    none = known["measure"].isin(RATIOS).astype(float)
    hits = int(((known["ci_lb"] > none) | (known["ci_ub"] < none)).sum())
    return Outcome(Bounded.exact(hits), known=len(known), needed=len(rows))


def _shared_figures(rule: Rule, frames: Frames, _: Settings) -> Outcome:
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


def _z(rule: Rule, frames: Frames, settings: Settings) -> Outcome:
    row, gap = _row(rule, frames, ("measure", "estimate", "ci_lb", "ci_ub"))
    if row is None:
        return Outcome(gap=gap)
    figures = statistics.interval_figures(
        row["estimate"], row["ci_lb"], row["ci_ub"], settings.tolerance
    )
    ratio = row["measure"] in RATIOS
    z = statistics.z_from_interval(*figures, level=settings.level, ratio=ratio)
    return Outcome(z, exact=False)


def _p(rule: Rule, frames: Frames, settings: Settings) -> Outcome:
    z = _z(rule, frames, settings)
    return z if z.number is None else Outcome(statistics.p_from_z(z.number), exact=False)


def _i2(rule: Rule, frames: Frames, settings: Settings) -> Outcome:
    row, gap = _row(rule, frames, ("q",))
    if row is None:
        return Outcome(gap=gap)
    df = row["q_df"] if pd.notna(row["q_df"]) else row["k"] - 1
    if pd.isna(df):
        return Outcome(gap="neither the degrees of freedom nor the number of studies is known")
    q = statistics.rounded(float(row["q"]), _places(row["q"]), settings.tolerance)
    return Outcome(statistics.i2_from_q(q, float(df)), exact=False)


def _df(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    row, gap = _row(rule, frames, ("k",))
    return Outcome(gap=gap) if row is None else Outcome(statistics.df_from_k(float(row["k"])))


def _none(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    if rule.column is None:
        return Outcome()
    found = _cells(rule, frames)
    known = sum(bool(parts(cell)) for cell in found.astype(object))
    return Outcome(gap=f"{rule.column} is known in {known} of {len(found)} rows of {rule.table}")


OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        "count": Operation(_count, "number of rows"),
        "count_distinct": Operation(_count_distinct, "number of different {column}", "any"),
        "share_percent": Operation(_share, "percentage of all rows"),
        "sum": Operation(_reduce("sum"), "sum of {column}", "number"),
        "minimum": Operation(_reduce("min"), "smallest {column}", "number"),
        "maximum": Operation(_reduce("max"), "largest {column}", "number"),
        "lookup": Operation(_lookup, "{column}", "number"),
        "difference": Operation(
            _difference, "{column}, less that where {argument},", "number", argument=True
        ),
        "relative_fall_percent": Operation(
            _relative_fall, "100 (1 − {column})", "number", table="estimates"
        ),
        "count_excluding_no_effect": Operation(
            _count_excluding_no_effect,
            "number of rows whose interval excludes no effect",
            table="estimates",
        ),
        "shared_figures": Operation(
            _shared_figures,
            "number of figures (k, participants, Q, estimate, both ends of the interval) that "
            "the rows share but for the sign",
            table="estimates",
        ),
        "z_from_interval": Operation(_z, "Z from estimate and interval", table="estimates"),
        "p_from_interval": Operation(_p, "p from estimate and interval", table="estimates"),
        "i2_from_q": Operation(_i2, "I² from Q and its degrees of freedom", table="estimates"),
        "df_from_k": Operation(_df, "k − 1", table="estimates"),
        "none": Operation(_none, "not recomputed", "optional"),
    }
)


def _cells(rule: Rule, frames: Frames) -> pd.Series:
    assert rule.column is not None  # `checks.problems` has seen to it
    return cells(rule.table, select(rule.table, rule.where, frames), rule.column, frames)


def _numbers(found: pd.Series) -> pd.Series:
    return pd.to_numeric(found, errors="coerce").astype("float64")


def _one(rule: Rule, frames: Frames) -> tuple[float | None, str]:
    """Return the number that all picked rows agree on, or what is missing."""
    found = _cells(rule, frames)
    if found.empty:
        return None, f"no row of {rule.table} matches"
    figures = _numbers(found)
    if figures.isna().any():
        rows = "the row" if len(figures) == 1 else f"one of the {len(figures)} rows"
        return None, f"{rule.column} is not known in {rows} of {rule.table} that the rule picks"
    if figures.nunique() > 1:
        return None, f"the {len(figures)} matching rows hold different {rule.column}"
    return float(figures.iloc[0]), ""


def _places(figure: float) -> int:
    return statistics.decimals(float(figure))


def _exact(number: float) -> Outcome:
    return Outcome(Bounded.exact(number))
