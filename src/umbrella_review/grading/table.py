"""A table of primary studies as rows of numbers: every bad row is named, none is guessed at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from umbrella_review.csv_file import HEADER_ROW, Finding, Header, RawTable, Row, read_rows
from umbrella_review.effects.inputs import Findings, read
from umbrella_review.errors import InputError, Problem, StatisticsError
from umbrella_review.grading.columns import MEASURES, RATIOS, RULES, kind_of, needs_of
from umbrella_review.grading.studies import Array, StudyEffects, study_effects
from umbrella_review.shapes import nearest

REQUIRED = ("factor", "author", "measure")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "rob": ("low", "unclear", "high"),
    "rob1_report": ("low", "unclear", "high"),
    "indirectness": ("no", "serious", "very serious"),
    "multiple_es": ("outcomes", "groups"),
    "reverse_es": ("reverse",),
}
_EMPTY = {"", "NA"}


@dataclass(frozen=True)
class Table:
    """Rows of studies, each with its effect; arrays and tuples have one place a row.

    Parameters
    ----------
    where : str
        What messages call the table.
    factor, study, measure : tuple of str
        Factor, author with year, and measure.
    words : mapping of str to tuple of str
        Columns of words: rob, rob1_report, indirectness, multiple_es; empty where not known.
    yi, se : ndarray
        Effects, signs turned where the table asks for it, and standard errors.
    cases, controls, size, amstar, r : ndarray
        Numbers of people, score of the review, correlation of outcomes; NaN where not known.
    """

    where: str
    factor: tuple[str, ...]
    study: tuple[str, ...]
    measure: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    yi: Array = field(repr=False)
    se: Array = field(repr=False)
    cases: Array = field(repr=False)
    controls: Array = field(repr=False)
    size: Array = field(repr=False)
    amstar: Array = field(repr=False)
    r: Array = field(repr=False)


def read_studies(path: Path) -> Table:
    """Read a table of primary studies and compute their effects.

    Parameters
    ----------
    path : Path
        A CSV file with the columns factor, author and measure (year where two studies of a factor
        share an author), those of `umbrella_review.grading.columns.RULES` that its measures
        need, and rob, rob1_report, indirectness, multiple_es, reverse_es where known. Others are
        passed over. An empty cell, or ``NA``, means not known.

    Returns
    -------
    Table
        All rows.

    Raises
    ------
    InputError
        With all problems of the table.
    """
    where = path.name
    start = (*REQUIRED, "value", "se")
    raw, findings = read_rows(path, where, start, lambda heads: _header(heads, where))
    if raw is None:
        raise _error(findings)
    if not raw.rows:
        words = "no studies", "one row a study below the header", "Add the studies."
        findings.append(Finding(0, 0, Problem(where, *words)))
    if not set(REQUIRED) <= set(raw.header) or not raw.rows:
        raise _error(findings)
    return _Reading(raw, findings).table()


def _error(findings: Sequence[Finding]) -> InputError:
    return InputError(finding.problem for finding in sorted(findings))


def _header(heads: list[str], where: str) -> Header:
    names = tuple(head.strip() for head in heads)
    at = f"{where}, row {HEADER_ROW}"
    findings = [
        Finding(
            HEADER_ROW,
            names.index(name),
            Problem(
                f"{at}, column {name}",
                f"the column {name!r} {count} times",
                "it once",
                "Remove or rename the others.",
            ),
        )
        for name, count in Counter(names).items()
        if count > 1 and name
    ]
    findings += [
        Finding(
            HEADER_ROW,
            -1,
            Problem(
                at,
                f"the columns {', '.join(names)}",
                f"a column {name!r}",
                nearest(name, names, "Add it."),
            ),
        )
        for name in REQUIRED
        if name not in names
    ]
    return names, findings


class _Reading:
    """The columns of a table and what is found wrong with them."""

    def __init__(self, raw: RawTable, findings: list[Finding]) -> None:
        self.raw, self.findings = raw, findings
        self.rows: list[Row] = [row for row in raw.rows if not row.ragged]
        self.names = [f"{raw.where}, {row.place}" for row in self.rows]
        self.bad: set[int] = set()

    def table(self) -> Table:
        factor = self._text("factor", required=True)
        author = self._text("author", required=True)
        year = self._text("year")
        measure = self._measures()
        words = {name: self._words(name, allowed) for name, allowed in _WORDS.items()}
        numbers = self._numbers()
        self._intervals(measure, numbers)
        study = [f"{a} {y}".strip() for a, y in zip(author, year, strict=True)]
        self._repeats(factor, study, measure, words["multiple_es"])
        arrays = self._effects(measure, numbers)
        if self.findings:
            raise _error(self.findings)
        sign = np.array([-1.0 if word else 1.0 for word in words.pop("reverse_es")])
        return Table(
            self.raw.where,
            tuple(factor),
            tuple(study),
            tuple(measure),
            {name: tuple(column) for name, column in words.items()},
            sign * arrays["yi"],
            arrays["se"],
            arrays["cases"],
            arrays["controls"],
            arrays["size"],
            numbers["amstar"],
            numbers["r"],
        )

    def _text(self, name: str, *, required: bool = False) -> list[str]:
        if name not in self.raw:
            return [""] * len(self.rows)
        cells = [cell.strip() for _, cell in self.raw.cells(name)]
        found = ["" if cell in _EMPTY else cell for cell in cells]
        for place, cell in enumerate(found):
            if required and not cell:
                self._note(place, name, "an empty cell", f"the {name} of the row", "Fill it in.")
        return found

    def _measures(self) -> list[str]:
        codes = {code.casefold(): code for code in MEASURES}
        found = []
        for place, cell in enumerate(self._text("measure", required=True)):
            code = codes.get(cell.casefold(), "")
            if cell and not code:
                remedy = nearest(cell, MEASURES, "Choose one of these.")
                self._note(place, "measure", repr(cell), f"one of {', '.join(MEASURES)}", remedy)
            found.append(code)
        return found

    def _words(self, name: str, allowed: tuple[str, ...]) -> list[str]:
        found = [cell.casefold() for cell in self._text(name)]
        for place, cell in enumerate(found):
            if cell and cell not in allowed:
                expected = f"one of {', '.join(allowed)}, or an empty cell"
                remedy = nearest(cell, allowed, "Choose one of these.")
                self._note(place, name, repr(cell), expected, remedy)
        return found

    def _numbers(self) -> dict[str, Array]:
        columns = {name: self._text(name) for name in RULES if name in self.raw}
        unknown = np.full(len(self.rows), np.nan)
        if not columns:
            return dict.fromkeys(RULES, unknown)
        inputs = read(columns, list(RULES))
        wrong = Findings(inputs, self.names)
        wrong.hold(RULES)
        try:
            wrong.raise_if_any()
        except StatisticsError as error:
            self._placed(error)
        return {name: np.where(np.isfinite(v), v, np.nan) for name, v in inputs.values.items()}

    def _intervals(self, measure: list[str], numbers: dict[str, Array]) -> None:
        value, lower, upper = (numbers[name] for name in ("value", "ci_lo", "ci_up"))
        for place, code in enumerate(measure):
            ends = [("value", value[place]), ("ci_lo", lower[place]), ("ci_up", upper[place])]
            for name, number in ends:
                if code in RATIOS and number <= 0:
                    value[place] = np.nan  # one message is enough
                    remedy = f"Correct it, or name the measure log{code} if it is a logarithm."
                    self._note(place, name, f"{number:g}", "a ratio above 0", remedy)
            if lower[place] >= upper[place]:
                found = f"{lower[place]:g}, and ci_up {upper[place]:g}"
                self._note(place, "ci_lo", found, "less than ci_up", "Correct the interval.")
            elif value[place] < lower[place] or value[place] > upper[place]:
                found = f"{value[place]:g}, outside {lower[place]:g} to {upper[place]:g}"
                expected = "a value inside its interval"
                self._note(place, "value", found, expected, "Correct the row.")

    def _repeats(
        self, factor: list[str], study: list[str], measure: list[str], multiple: list[str]
    ) -> None:
        first: dict[tuple[str, str], int] = {}
        kinds: dict[str, tuple[str, str]] = {}
        for place, key in enumerate(zip(factor, study, strict=True)):
            kind = kind_of(measure[place])
            same = kinds.setdefault(factor[place], (kind, measure[place])) if kind else ("", "")
            if kind != same[0]:
                self._note(
                    place,
                    "measure",
                    f"{measure[place]}, while the factor began with {same[1]}",
                    "in a factor one measure, or differences (SMD, G, MD), or correlations (R, Z)",
                    "Convert the effect, or make two factors.",
                )
            before = first.setdefault(key, place)
            if before == place:
                continue
            if not multiple[place] or multiple[place] != multiple[before]:
                self._note(
                    place,
                    "multiple_es",
                    f"{multiple[place] or 'an empty cell'} for {study[place]}, who stands in "
                    f"{self.rows[before].place} of the factor too",
                    "outcomes or groups, the same in all rows of the study",
                    "Fill it in, or tell the studies apart by author and year.",
                )

    def _effects(self, measure: list[str], numbers: dict[str, Array]) -> dict[str, Array]:
        found = {
            name: np.full(len(self.rows), np.nan)
            for name in ("yi", "se", "cases", "controls", "size")
        }
        for code in dict.fromkeys(measure):
            places = [
                place
                for place, other in enumerate(measure)
                if other == code and other and place not in self.bad
            ]
            if not places:
                continue
            try:
                got = self._of_rows(code, places, numbers)
            except StatisticsError as error:
                # The other rows may have faults of their own, which are to be named as well.
                self._placed(error)
                places = [place for place in places if place not in self.bad]
                got = self._of_rows(code, places, numbers)
            for name, column in found.items():
                column[places] = getattr(got, name)
            for place in places:
                if np.isnan(found["yi"][place]):
                    words = f"nothing that gives an effect as {code}", needs_of(code)
                    self._note(place, "", *words, "Fill in the missing cells, or remove the row.")
        return found

    def _of_rows(self, code: str, places: list[int], numbers: dict[str, Array]) -> StudyEffects:
        part = {name: column[places] for name, column in numbers.items()}
        return study_effects(code, part, [self.names[place] for place in places])

    def _placed(self, error: StatisticsError) -> None:
        """Note the problems that the engine has with cells."""
        for problem in error.problems:
            name, _, column = problem.where.rpartition(", column ")
            place = self.names.index(name)
            self.bad.add(place)
            head = self.raw.header.index(column) if column in self.raw else -1
            self.findings.append(Finding(self.rows[place].number, head, problem))

    def _note(self, place: int, column: str, *words: str) -> None:
        self.bad.add(place)
        self.findings.append(self.raw.finding(self.rows[place], column, *words))
