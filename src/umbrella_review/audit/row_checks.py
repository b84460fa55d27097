"""Each figure of a reported result held against what the others beside it imply.

A check yields nothing where a figure that it needs is missing. A figure differs only where no
number that is printed like it agrees with any numbers that are printed like the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from umbrella_review.audit import implied, statistics
from umbrella_review.audit.finding import (
    AGREES,
    BY_T,
    DIFFERS,
    NOT_ASSESSABLE,
    Finding,
    span_text,
)
from umbrella_review.audit.reported_row import INTERVAL, ReportedRow
from umbrella_review.audit.statistics import Bounded

Check = Callable[[ReportedRow], Iterator[Finding]]
_P, _Q_P = ("p_reported", "p_value"), ("q_p_reported", "q_p_value")


def row_findings(row: ReportedRow) -> Iterator[Finding]:
    """Hold the figures of one result against each other.

    Parameters
    ----------
    row : ReportedRow
        The result.

    Yields
    ------
    Finding
        One for each check whose figures are known.
    """
    for check, run, cells in _CHECKS:
        if not row.has(*cells):
            continue
        try:
            yield from run(row)
        except ValueError as error:
            words = f"Not assessable: {error}."
            yield Finding((row.key,), check, cells, _printed(row, cells[0]), None, NOT_ASSESSABLE,
                          words)  # fmt: skip


def _symmetry(row: ReportedRow) -> Iterator[Finding]:
    estimate, lower, upper = row.interval()
    if lower.low > upper.high:
        words = "The upper end of the interval lies below its lower end."
        reported = _printed(row, "estimate")
        yield Finding((row.key,), "interval_symmetry", INTERVAL, reported, None, DIFFERS, words)
        return
    middle = implied.midpoint(lower, upper, ratio=row.is_ratio())
    scale = "logarithmic scale" if row.is_ratio() else "scale of the measure"
    text = f"On the {scale} the middle of the interval is {{}}"
    yield _held(row, "interval_symmetry", INTERVAL, estimate, middle, text=text)


def _z_from_interval(row: ReportedRow) -> Iterator[Finding]:
    z, df = _interval_z(row), _t_df(row)
    by_t = implied.t_from_z(z, df, row.settings.level) if df else None
    text = "The interval gives an absolute Z of {}"
    yield _held(
        row, "z_from_interval", ("z", *INTERVAL), _size(row.figure("z")), z, text=text, by_t=by_t
    )


def _p_from_interval(row: ReportedRow) -> Iterator[Finding]:
    name = _first(row, _P)
    if name is None:
        return
    z, df = _interval_z(row), _t_df(row)
    by_t = implied.p_from_t(implied.t_from_z(z, df, row.settings.level), df) if df else None
    text = "The interval gives p = {}"
    cells, recomputed = (name, *INTERVAL), statistics.p_from_z(z)
    yield _held(
        row, "p_from_interval", cells, row.probability(name), recomputed, text=text, by_t=by_t
    )


def _p_from_z(row: ReportedRow) -> Iterator[Finding]:
    name = _first(row, _P)
    if name is None:
        return
    z, df = _size(row.figure("z")), _t_df(row)
    by_t = implied.p_from_t(z, df) if df else None
    recomputed = statistics.p_from_z(z)
    yield _held(
        row,
        "p_from_z",
        (name, "z"),
        row.probability(name),
        recomputed,
        text="Z gives p = {}",
        by_t=by_t,
    )


def _df_from_k(row: ReportedRow) -> Iterator[Finding]:
    df = Bounded.exact(row.number("q_df"))
    text = f"{_printed(row, 'k')} studies give {{}} degrees of freedom"
    recomputed = statistics.df_from_k(row.number("k"))
    yield _held(row, "df_from_k", ("q_df", "k"), df, recomputed, text=text)


def _i2_from_q(row: ReportedRow) -> Iterator[Finding]:
    known = row.df()
    if known is None or known[0] < 1:
        return
    df, source = known
    text = f"Q with {df:.0f} degrees of freedom gives I² = {{}}%"
    recomputed = statistics.i2_from_q(row.figure("q"), df)
    yield _held(row, "i2_from_q", ("i2", "q", source), row.figure("i2"), recomputed, text=text)


def _q_p_from_q(row: ReportedRow) -> Iterator[Finding]:
    known, name = row.df(), _first(row, _Q_P)
    if known is None or known[0] < 1 or name is None:
        return
    df, source = known
    text = f"Q with {df:.0f} degrees of freedom gives p = {{}}"
    recomputed = implied.p_from_q(row.figure("q"), df)
    yield _held(
        row, "q_p_from_q", (name, "q", source), row.probability(name), recomputed, text=text
    )


def _tau2_from_interval(row: ReportedRow) -> Iterator[Finding]:
    _, lower, upper = row.interval()
    error = implied.standard_error(lower, upper, level=row.settings.level, ratio=row.is_ratio())
    # Several results of one study may have been pooled: the degrees of freedom tell.
    pooled = max(row.number("k"), row.number("q_df") + 1 if row.has("q_df") else 0)
    greatest = implied.greatest_tau2(error, pooled)
    room = Bounded(greatest.value, 0.0, greatest.high)
    text = "The interval leaves room for a τ² of {}"
    cells = ("tau2", "ci_lb", "ci_ub", "k")
    yield _held(row, "tau2_from_interval", cells, row.figure("tau2"), room, text=text)


_CHECKS: tuple[tuple[str, Check, tuple[str, ...]], ...] = (
    ("interval_symmetry", _symmetry, INTERVAL),
    ("z_from_interval", _z_from_interval, ("z", *INTERVAL)),
    ("p_from_interval", _p_from_interval, INTERVAL),
    ("p_from_z", _p_from_z, ("z",)),
    ("df_from_k", _df_from_k, ("q_df", "k")),
    ("i2_from_q", _i2_from_q, ("i2", "q")),
    ("q_p_from_q", _q_p_from_q, ("q",)),
    ("tau2_from_interval", _tau2_from_interval, ("tau2", "k", *INTERVAL)),
)


def _held(
    row: ReportedRow,
    check: str,
    cells: tuple[str, ...],
    printed: Bounded,
    recomputed: Bounded,
    *,
    text: str,
    by_t: Bounded | None = None,
) -> Finding:
    """Hold a printed figure against the recomputed one, then against the one by t."""
    reported = _printed(row, cells[0])
    words, verdict = text.format(span_text(recomputed)), AGREES
    if not printed.overlaps(recomputed):
        explained = by_t is not None and printed.overlaps(by_t)
        verdict = BY_T if explained else DIFFERS
        words += f"; {reported} is reported"
        if explained and by_t is not None:
            words += f", which agrees with the t distribution: {span_text(by_t)}"
    return Finding((row.key,), check, cells, reported, recomputed, verdict, f"{words}.")


def _interval_z(row: ReportedRow) -> Bounded:
    estimate, lower, upper = row.interval()
    return statistics.z_from_interval(
        estimate, lower, upper, level=row.settings.level, ratio=row.is_ratio()
    )


def _size(figure: Bounded) -> Bounded:
    """Return the absolute value of a figure."""
    ends = abs(figure.low), abs(figure.high)
    least = 0.0 if figure.low <= 0 <= figure.high else min(ends)
    return Bounded(abs(figure.value), least, max(ends))


def _t_df(row: ReportedRow) -> float | None:
    """Return the degrees of freedom of a t test of the pooled effect, where it is possible."""
    df = row.number("k") - 1 if row.has("k") else math.nan
    return df if df >= 1 else None


def _first(row: ReportedRow, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if row.has(name)), None)


def _printed(row: ReportedRow, name: str) -> str:
    cell = row.cells[name]
    if isinstance(cell, str):
        return cell.strip()
    number = float(cell)
    return f"{number:.0f}" if number.is_integer() and name in {"k", "q_df", "i2"} else str(cell)
