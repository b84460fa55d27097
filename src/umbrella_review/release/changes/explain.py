"""From a consequence back to what caused it: by rows, by reviews and rules, by what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from umbrella_review.audit.rules import Condition, Path, RuleError, parse_where
from umbrella_review.release.changes.causes import Cause
from umbrella_review.release.changes.report import Cells, Report
from umbrella_review.release.changes.rows import RowChange, either, reviews_of
from umbrella_review.schemas import TABLES

Place = tuple[str, str]  # table and key of a row

# How a cause was found, from the firmest to the weakest.
BASES = {
    "rows": "a row that it rests on was changed, or came or went",
    "reviews": "a row of a review that it rests on was changed",
    "rule": "the rule behind it picks a row that was changed",
    "together": "as the values recorded together with it",
    "possible": "its notebook reads what was changed; it may be one of several",
    "made with": "nothing else was changed that it rests on",
}


@dataclass(frozen=True)
class Explanation:
    """The causes of one consequence.

    Parameters
    ----------
    causes : tuple of str
        Their ids; empty where nothing that the reports record explains it.
    basis : str
        One of `BASES`; empty without causes.
    """

    causes: tuple[str, ...] = ()
    basis: str = ""


UNEXPLAINED = Explanation()


@dataclass(frozen=True)
class Explainer:
    """Knows which causes touch which rows, reviews, tables and notebooks.

    Parameters
    ----------
    old, new : Report
        The reports.
    causes : list of Cause
        What was changed by hand.
    """

    old: Report
    new: Report
    causes: list[Cause]
    _reads: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False)
    _linked: dict[Place, frozenset[str]] = field(default_factory=dict, init=False, repr=False)

    def rows(
        self,
        before: frozenset[Place],
        after: frozenset[Place],
        notebook: str,
        *,
        counted: bool = False,
        share: bool = False,
        named: bool = False,
    ) -> Explanation:
        """Return the causes of a change in something that rests on rows.

        Rows that came or went say more than rows that stayed: for a count they alone can matter.
        Where rows stayed as they were, and only others of their reviews were changed, that is one
        possibility among those that the notebook reads, unless one review alone is named.

        Parameters
        ----------
        before, after : frozenset of tuple of str and str
            The rows in each report.
        notebook : str
            What made it.
        counted : bool, optional
            Whether it does nothing but count these rows.
        share : bool, optional
            Whether it is a share of a whole, whose rows are not known.
        named : bool, optional
            Whether the rows are known by name only, so that others of their review may matter.

        Returns
        -------
        Explanation
            By rows, else by reviews or rules, else by what the notebook reads.
        """
        moved, stayed = before ^ after, before & after
        direct = self._touching(moved, self._direct)
        loose = frozenset(row for row in moved if not self._direct(row))
        linked = self._touching(loose, lambda row: self._by_link(row, notebook))
        if direct or linked:
            if not counted:
                direct |= self._touching(stayed, self._direct)
            return self._found(direct | linked, "rows" if direct else self._link_basis(loose))
        if not counted or not moved:
            direct = self._touching(stayed, self._direct)
            if direct and not (share and len(stayed) > 1):
                return self._found(direct, "rows")
            if linked := self._touching(stayed, lambda row: self._by_link(row, notebook)):
                basis = self._link_basis(stayed)
                if basis == "rule" or (named and len(self._reviews(stayed)) == 1):
                    return self._found(linked, basis)
        return self.reading(notebook)

    def reading(self, notebook: str) -> Explanation:
        """Return the causes that touch what a notebook reads, its parameters or its code.

        Parameters
        ----------
        notebook : str
            Its name.

        Returns
        -------
        Explanation
            Else what the whole report was made with; else nothing.
        """
        own = {notebook, *self._before(notebook)}
        possible = {
            one.cause_id
            for one in self.causes
            if one.tables & self._tables(notebook) or one.notebooks & own
        }
        if possible:
            return self._found(possible, "possible")
        return self.whole()

    def whole(self) -> Explanation:
        """Return the causes that touch everything: package, environment, review.yml."""
        kinds = ("package", "environment", "settings")
        return self._found({one.cause_id for one in self.causes if one.kind in kinds}, "made with")

    def of_row(self, table: str, row: str) -> Explanation:
        """Return the causes that a changed row belongs to.

        Parameters
        ----------
        table, row : str
            Table and key.

        Returns
        -------
        Explanation
            By rows.
        """
        return self._found(self._direct((table, row)), "rows")

    def _found(self, causes: Iterable[str], basis: str) -> Explanation:
        wanted = set(causes)
        ordered = tuple(one.cause_id for one in self.causes if one.cause_id in wanted)
        return Explanation(ordered, basis if ordered else "")

    def _touching(
        self, rows: Iterable[Place], find: Callable[[Place], frozenset[str]]
    ) -> frozenset[str]:
        return frozenset(cause for row in rows for cause in find(row))

    def _direct(self, row: Place) -> frozenset[str]:
        return self._by_place.get(row, frozenset())

    @cached_property
    def _by_place(self) -> dict[Place, frozenset[str]]:
        found: dict[Place, frozenset[str]] = {}
        for one in self.causes:
            for change in one.rows:
                found[change.place] = found.get(change.place, frozenset()) | {one.cause_id}
        return found

    @cached_property
    def _known(self) -> dict[str, Cause]:
        return {one.cause_id: one for one in self.causes}

    def _by_link(self, row: Place, notebook: str) -> frozenset[str]:
        """Return causes that touch a review of the row, or rows that its rule picks."""
        if row not in self._linked:
            versions = either(self.old, self.new, *row)
            ruled = [cells for cells in versions if cells.get("table")]
            found = self._by_rule(ruled) if ruled else self._by_review(row, versions)
            self._linked[row] = frozenset(found)
        tables = self._tables(notebook)
        return frozenset(one for one in self._linked[row] if self._known[one].tables & tables)

    def _reviews(self, rows: Iterable[Place]) -> set[str]:
        versions = (cells for row in rows for cells in either(self.old, self.new, *row))
        return {review for cells in versions for review in reviews_of(cells)}

    def _link_basis(self, rows: Iterable[Place]) -> str:
        ruled = any(
            cells.get("table") for row in rows for cells in either(self.old, self.new, *row)
        )
        return "rule" if ruled else "reviews"

    def _by_review(self, row: Place, versions: list[Cells]) -> Iterable[str]:
        reviews = {one for cells in versions for one in reviews_of(cells)}
        return (
            one.cause_id
            for one in self.causes
            if any(change.reviews & reviews for change in one.rows)
        )

    def _by_rule(self, ruled: list[Cells]) -> Iterable[str]:
        for one in self.causes:
            if any(self._matters(rule, change) for rule in ruled for change in one.rows):
                yield one.cause_id

    def _matters(self, rule: Cells, change: RowChange) -> bool:
        """Tell whether a rule picks a row in one report only, or the cell it reads was changed."""
        if change.table != rule["table"] or change.table not in TABLES:
            return False
        try:
            where = (*parse_where(rule.get("where", "")), *parse_where(rule.get("argument", "")))
        except RuleError:
            return True
        picked = [
            self._picks(where, change.table, cells)
            for cells in (change.old, change.new)
            if cells is not None
        ]
        if change.kind != "changed" or picked[0] != picked[1]:
            return any(picked)
        return picked[0] and rule.get("column", "").partition(".")[0] in change.columns

    def _picks(self, where: Iterable[Condition], table: str, cells: Cells) -> bool:
        return all(_holds(one, self._cells(one.path, table, cells)) for one in where)

    def _cells(self, path: Path, table: str, cells: Cells) -> list[str]:
        """Return the cell that a condition speaks of, in both reports where it is linked."""
        if path.link:
            column = {one.name: one for one in TABLES[table].columns}.get(path.link)
            target = column.references.partition(".")[0] if column else ""
            versions = either(self.old, self.new, target, cells.get(path.link, ""))
        else:
            versions = [cells]
        return [one[path.column] for one in versions if path.column in one]

    def _tables(self, notebook: str) -> frozenset[str]:
        if notebook not in self._reads:
            names = {notebook, *self._before(notebook)}
            found: set[str] = set()
            for report in (self.old, self.new):
                for name in names & report.notebooks.keys():
                    found |= report.notebooks[name].tables
            self._reads[notebook] = frozenset(found)
        return self._reads[notebook]

    def _before(self, notebook: str) -> set[str]:
        """Return the notebooks whose results a notebook reads, directly and indirectly."""
        seen: set[str] = set()
        waiting = [notebook]
        while waiting:
            name = waiting.pop()
            for report in (self.old, self.new):
                if name in report.notebooks:
                    fresh = report.notebooks[name].results - seen
                    seen |= fresh
                    waiting += fresh
        return seen


def _holds(condition: Condition, cells: list[str]) -> bool:
    """Tell whether a condition holds for one of the cells; where none is known it may."""
    wanted = not condition.sign.startswith("!")
    sign = condition.sign.removeprefix("!")
    return not cells or any(_matches(sign, condition.values, one) is wanted for one in cells)


def _matches(sign: str, values: Iterable[str], cell: str) -> bool:
    match sign:
        case "=":
            return cell in values
        case "~":
            return any(value in cell for value in values)
        case _:
            return any(cell.startswith(value) for value in values)
