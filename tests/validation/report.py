"""Writes docs/validation.md from the comparison itself: ``python -m tests.validation.report``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.validation.compare import (
    Entry,
    Tolerance,
    differences,
    entries,
    fields,
    reference,
    tolerance,
)
from tests.validation.exceptions import DEPARTURES, departure, unexplained
from tests.validation.factors import factor_entries, factor_tolerance, our_factor
from tests.validation.gradings import grading_entries, grading_tolerance, our_grading
from tests.validation.ours import analyses, entries_by_key

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"

NOT_COMPARED = (
    ("`call`, `definition`, `order_note`", "words that describe how R was called"),
    (
        "`tau2_default_control`",
        "tau2 with R's default stopping rule, which only shows how far a default run may be off",
    ),
    ("`escalc` (the words)", "the call in R; ours names the columns that the effects come from"),
    (
        "`PMM`, and the test `t` of models",
        "the reference has none; `tests/pooling` holds their properties",
    ),
)

NOT_COMPARED_GRADINGS = (
    (
        "the algorithm after GRADE, beyond the classes above",
        "the rule by which metaumbrella holds prediction against confidence intervals was rebuilt "
        "from its description and agrees with every class of the reference; most of these are "
        "`Very weak` for several reasons at once, so that steps of single domains are shown by the "
        "simulated table alone. Factors with fewer than 64 people "
        "in an arm, or with an interval that holds both 0 and a large effect are not among them",
    ),
    (
        "`multiple_es`, `reverse_es`, `r`",
        "no run of the reference has them; `tests/grading` holds ours against the formulas",
    ),
    (
        "MD, G, R, Z, HR, IRR; differences from intervals; a factor of one study",
        "not in the reference; a single study keeps its own interval and p value",
    ),
    (
        "criteria of one's own",
        "not in the reference; `tests/grading` holds the rule that the worst class met counts",
    ),
    (
        "pre-post (SMC, MC) and shared arms",
        "the reference has none; `tests/grading/test_table.py` holds them by hand from the "
        "documentation of metaumbrella",
    ),
    (
        "an odds ratio stated with numbers of people alone, factors of mixed families",
        "metaumbrella searches tables that fit, or converts; `grade` refuses such rows by name",
    ),
)
GRADINGS_DIFFER = (
    (
        "`largest_value`",
        "null in the reference; ours is the effect of the largest study",
    ),
    (
        "`class_Ioannidis`, `class_GRADE` by the profiles `ioannidis` and `grade`",
        "by intent: what is not known is not assessable and never assumed, so the class is `not "
        "assessable` where that decides. The profiles `metaumbrella-…` assume what it assumes",
    ),
)


def page() -> str:
    """The page in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    software = reference("metafor/dat.bcg.json")["software"]
    grid, factors = list(entries()), list(factor_entries())
    cases = reference("metafor/escalc.json")["cases"]
    yield "# Validation"
    yield ""
    yield "<!-- Written by `python -m tests.validation.report`; a test holds it current. -->"
    yield ""
    yield (
        "What the synthesis engine computes is compared with numbers of other software "
        f"({software['R'].split(' (')[0]}, metafor {software['metafor']}, metadat "
        f"{software['metadat']}; metaumbrella 1.1.0) that stand in `tests/reference`. "
        f"{len(analyses())} analyses of published data with all their models and diagnostics are "
        f"{len(grid)} entries of {_numbers(grid)} values; {len(cases)} single calls compute effect "
        f"sizes; {len(factors)} factors of umbrella reviews have {_numbers(factors)} values. "
        "Each run of the tests compares all of them, by the Python interface with all analyses in "
        "one ragged batch, and again from raw columns by `umbrella pool`."
    )
    yield ""
    yield (
        "A tolerance is relative; one after a plus is absolute and counts near zero. P values "
        "below 1e-12 are compared as logarithms."
    )
    yield ""
    yield "## Agrees"
    yield ""
    yield "| part | fields | of | values | tolerance |"
    yield "|---|---|---|---|---|"
    yield from _agreement(grid)
    yield f"| effect sizes | `yi`, `vi` | {_measures(cases)} | {_effects(cases)} | 1e-09 |"
    yield from _factor_rows(factors)
    yield ""
    yield "## Differs, and why"
    yield ""
    yield "| where | fields | values | lie within | why |"
    yield "|---|---|---|---|---|"
    for one in DEPARTURES:
        covered = [
            (entry, name) for entry in grid for name in fields(entry) if one.covers(entry, name)
        ]
        where = " ".join((one.dataset, one.measure, one.section, *one.key))
        names = ", ".join(f"`{name}`" for name in one.fields)
        count = sum(_count(entry, name) for entry, name in covered)
        yield f"| {where} | {names} | {count} | {_words(one.allowed)} | {one.reason} |"
    yield ""
    yield (
        "metafor 4 computes SMDH with a slightly different variance and Orwin's fail-safe number "
        "from the weighted mean; ours are those of metafor 3.8."
    )
    yield ""
    yield (
        "`lb_truncated` is false in the reference also where the lower end is 0: the search covers "
        "all variances from 0 on. Ours follows; a field `empty` of our own marks intervals in "
        "which no variance fits, and their ends are 0."
    )
    yield ""
    yield (
        "Where no data set of the reference shows it, ours differs from metafor 3.8 by intent. "
        "Upper ends of intervals of tau2 are searched without bound, where metafor stops at 100 or "
        "ten times the estimate. One study has no prediction interval. Effects that are all equal "
        "leave Knapp and Hartung's method and the weighted regression without an error, so that "
        "p value and interval are missing, where metafor has a p value of 0 and an interval "
        "without width. The rank test is exact below 300 studies without ties, and values apart by "
        "rounding are tied; metafor is exact at any number."
    )
    yield ""
    yield "## Not compared"
    yield ""
    yield "| fields | why |"
    yield "|---|---|"
    for names, why in NOT_COMPARED:
        yield f"| {names} | {why} |"
    yield from _gradings()


def _gradings() -> Iterator[str]:
    """The section on `umbrella grade`."""
    found = list(grading_entries())
    yield ""
    yield "## Grading"
    yield ""
    yield (
        f"The tables of metaumbrella's {len(found)} factors are read and graded from their raw "
        f"columns by `umbrella grade`: {_numbers(found)} values. Classes are equal, by the "
        "profiles that follow it."
    )
    yield ""
    yield "| part | fields | of | values | tolerance |"
    yield "|---|---|---|---|---|"
    groups: dict[Tolerance, _Group] = defaultdict(_Group)
    for entry in found:
        _hold(entry, differences(entry, our_grading(entry), grading_tolerance))
        for name in fields(entry):
            groups[grading_tolerance(entry, name)].add(entry, name)
    for allowed, group in groups.items():
        yield group.row("gradings", allowed)
    for title, rows in (("differs", GRADINGS_DIFFER), ("not compared", NOT_COMPARED_GRADINGS)):
        yield ""
        yield f"| {title} | why |"
        yield "|---|---|"
        for names, why in rows:
            yield f"| {names} | {why} |"


@dataclass
class _Group:
    """Fields of one part that share a tolerance."""

    fields: dict[str, None] = field(default_factory=dict)
    of: dict[str, None] = field(default_factory=dict)
    count: int = 0

    def add(self, entry: Entry, name: str) -> None:
        self.fields[name] = None
        self.of |= {_short(str(part)): None for part in entry.key[:1]}
        self.count += _count(entry, name)

    def row(self, part: str, allowed: Tolerance) -> str:
        names = ", ".join(f"`{name}`" for name in self.fields)
        of = ", ".join(self.of) or "all"
        return f"| {part} | {names} | {of} | {self.count} | {_words(allowed)} |"


def _agreement(grid: Iterable[Entry]) -> Iterator[str]:
    """Rows of fields with one tolerance; an entry that does not agree stops the report."""
    groups: dict[tuple[str, Tolerance], _Group] = defaultdict(_Group)
    for entry in grid:
        ours = entries_by_key(entry.dataset, entry.measure)[(entry.section, *entry.key)]
        _hold(entry, unexplained(entry, ours))
        for name in fields(entry):
            if departure(entry, name) is None:
                groups[entry.section, tolerance(entry, name)].add(entry, name)
    for (section, allowed), group in groups.items():
        yield group.row(section, allowed)


def _factor_rows(factors: Iterable[Entry]) -> Iterator[str]:
    groups: dict[Tolerance, _Group] = defaultdict(_Group)
    for entry in factors:
        ours = our_factor(entry.dataset, entry.measure, entry.section)
        _hold(entry, differences(entry, ours, factor_tolerance))
        for name in fields(entry):
            groups[factor_tolerance(entry, name)].add(entry, name)
    for allowed, group in groups.items():
        yield group.row("factors", allowed)


def _hold(entry: Entry, told: list[str]) -> None:
    if told:
        raise AssertionError(f"{entry}: {told}")


def _numbers(found: Iterable[Entry]) -> int:
    return sum(_count(entry, name) for entry in found for name in fields(entry))


def _count(entry: Entry, name: str) -> int:
    value = entry.expected[name]
    return len(value) if isinstance(value, list) else 1


def _measures(cases: list[dict[str, str]]) -> str:
    return ", ".join(dict.fromkeys(case["measure"] for case in cases))


def _effects(cases: list[dict[str, list[float]]]) -> int:
    return sum(len(case["yi"]) + len(case["vi"]) for case in cases)


def _short(name: str) -> str:
    return "largest study" if name.startswith("theta=") else name


def _words(allowed: Tolerance) -> str:
    parts = [f"{allowed.relative:g}"] if allowed.relative else []
    parts += [f"+ {allowed.absolute:g}"] if allowed.absolute > 1e-12 else []
    return " ".join(parts) or "equal"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
