"""What a rule can compute from the rows that it picks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from umbrella_review.audit import on_estimates, statistics
from umbrella_review.audit.operation import Compute, Operation
from umbrella_review.audit.outcome import (
    Outcome,
    Settings,
    exact_outcome,
    numbers,
    one_number,
    rule_cells,
)
from umbrella_review.audit.rows import Frames, parts, select
from umbrella_review.audit.rules import Rule
from umbrella_review.audit.statistics import Bounded


def _count(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    return exact_outcome(len(select(rule.table, rule.where, frames)))


def _count_distinct(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    found = rule_cells(rule, frames)
    return exact_outcome(len({part for cell in found.astype(object) for part in parts(cell)}))


def _share(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    total = len(frames[rule.table])
    if not total:
        return Outcome(gap=f"{rule.table} has no rows")
    share = 100 * len(select(rule.table, rule.where, frames)) / total
    return Outcome(Bounded.exact(share), exact=False)


def _reduce(name: str) -> Compute:
    def compute(rule: Rule, frames: Frames, _: Settings) -> Outcome:
        found = numbers(rule_cells(rule, frames))
        known = found.dropna()
        if known.empty:
            return Outcome(gap=f"{rule.column} is known in none of the {len(found)} rows")
        number = Bounded.exact(float(getattr(known, name)()))
        return Outcome(number, known=len(known), needed=len(found))

    return compute


def _lookup(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    figure, gap = one_number(rule, frames)
    return Outcome(gap=gap) if figure is None else exact_outcome(figure)


def _difference(rule: Rule, frames: Frames, settings: Settings) -> Outcome:
    other = Rule(rule.operation, rule.table, rule.argument, rule.column)
    first, gap = one_number(rule, frames)
    second, second_gap = one_number(other, frames)
    if first is None or second is None:
        return Outcome(gap=gap or second_gap)
    if first.is_integer() and second.is_integer():
        return exact_outcome(first - second)
    digits = max(
        statistics.decimals(x) for x in (first, second)
    )  # a closing zero is lost when a table is read
    less, more = (statistics.rounded(x, digits, settings.tolerance) for x in (second, first))
    return Outcome(more - less, exact=False)


def _none(rule: Rule, frames: Frames, _: Settings) -> Outcome:
    if rule.column is None:
        return Outcome()
    found = rule_cells(rule, frames)
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
        **on_estimates.OPERATIONS,
        "none": Operation(_none, "not recomputed", "optional"),
    }
)
