"""A comparison as readers see it: cause by cause, and below each cause what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from umbrella_review.ledger import format_value
from umbrella_review.release.changes.causes import Cause
from umbrella_review.release.changes.compare import Comparison
from umbrella_review.release.changes.consequence import KINDS, Consequence
from umbrella_review.words import counted, enumerate_words

NOTHING = "–"
_MOST = 12  # parts of a cause, rows or causes that are named
_LONGEST = 60  # characters of a part
_SHARED = "May follow from more than one of these"
_LOOSE = ("together", "possible", "made with")  # bases that do not tell causes apart
_UNEXPLAINED = "Not explained"
_UNEXPLAINED_FACT = (
    "Nothing that the reports record explains these changes. Drafts record neither the files of "
    "the package nor the environment nor review.yml; releases do."
)
_SHARED_FACT = (
    "The notebooks behind these read what was changed, and the rows that they rest on do not tell "
    "the causes apart. The last column names all that are possible, by their numbers."
)


@dataclass(frozen=True)
class Line:
    """One line of a list.

    Parameters
    ----------
    title : str
        What differs.
    old, new : str
        Before and after; empty where lines are summed up.
    note : str
        What it means, and where it is cited.
    inner : tuple of Line
        Lines that it sums up.
    """

    title: str
    old: str = ""
    new: str = ""
    note: str = ""
    inner: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Group:
    """Lines of one kind.

    Parameters
    ----------
    heading : str
        The kind, with the number of its lines.
    lines : tuple of Line
        In order.
    """

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Part:
    """A cause with what follows from it.

    Parameters
    ----------
    title : str
        The cause.
    facts : tuple of str
        What was changed.
    groups : tuple of Group
        What follows; empty where nothing does.
    """

    title: str
    facts: tuple[str, ...]
    groups: tuple[Group, ...]


def summary(comparison: Comparison) -> str:
    """Return the comparison in one line.

    Parameters
    ----------
    comparison : Comparison
        The comparison.

    Returns
    -------
    str
        The numbers of causes and consequences, or that there is no difference in meaning.
    """
    if comparison.same:
        return "no difference in meaning"
    causes = counted(len(comparison.causes), "cause")
    return f"{causes}, {counted(len(comparison.consequences), 'consequence')}"


def outline(comparison: Comparison) -> list[Part]:
    """Return causes with what follows from them, then what has no single cause.

    Parameters
    ----------
    comparison : Comparison
        The comparison.

    Returns
    -------
    list of Part
        Numbered causes; then consequences that may have several, and those that have none.
    """
    numbers = {one.cause_id: place for place, one in enumerate(comparison.causes, start=1)}
    shared = [one for one in comparison.consequences if _undecided(one)]
    parts = [
        Part(
            f"{numbers[cause.cause_id]}. {cause.title}",
            tuple(_facts(cause)),
            _groups(
                [one for one in comparison.of(cause) if not _undecided(one)],
                {**numbers, cause.cause_id: 0},
            ),
        )
        for cause in comparison.causes
    ]
    if shared:
        parts.append(Part(_SHARED, (_SHARED_FACT,), _groups(shared, numbers)))
    if comparison.unexplained:
        groups = _groups(list(comparison.unexplained), numbers)
        parts.append(Part(_UNEXPLAINED, (_UNEXPLAINED_FACT,), groups))
    return parts


def _undecided(one: Consequence) -> bool:
    return one.explained.basis in _LOOSE and len(one.explained.causes) > 1


def _facts(cause: Cause) -> Iterable[str]:
    for detail in cause.details[:_MOST]:
        yield f"{detail.what}: {_short(detail.old)} → {_short(detail.new)}"
    if len(cause.details) > _MOST:
        yield f"and {counted(len(cause.details) - _MOST, 'more part')}"
    if cause.kind == "row":
        shared = set.intersection(*(set(change.own_cells) for change in cause.rows))
        for column, old, new in sorted(shared):
            yield f"{column}: {_short(old or NOTHING)} → {_short(new or NOTHING)}"
        if len(cause.rows) == 1:
            return
    listed: dict[tuple[str, str], list[str]] = {}
    for change in cause.rows:
        listed.setdefault((change.table, change.kind), []).append(change.row)
    for (table, kind), rows in listed.items():
        more = f" and {len(rows) - _MOST} more" if len(rows) > _MOST else ""
        yield f"{table}: {', '.join(rows[:_MOST])}{more} {kind}"


def _short(text: str | None) -> str:
    line = NOTHING if text is None else " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _groups(found: list[Consequence], numbers: Mapping[str, int]) -> tuple[Group, ...]:
    groups = []
    for kind, heading in KINDS.items():
        own = [one for one in found if one.kind == kind]
        if own:
            lines = _displays(own, numbers) if kind == "display" else _lines(own, numbers)
            groups.append(Group(f"{heading}: {format_value(len(own))}", tuple(lines)))
    return tuple(groups)


def _lines(found: list[Consequence], numbers: Mapping[str, int]) -> list[Line]:
    shown = [one for one in found if one.kind != "value" or one.cited]
    lines = [_line(one, numbers) for one in shown]
    rest = tuple(_line(one, numbers) for one in found if one.kind == "value" and not one.cited)
    if rest:
        title = f"{counted(len(rest), 'value')} that no sentence cites"
        lines.append(Line(title, inner=rest))
    return lines


def _displays(found: list[Consequence], numbers: Mapping[str, int]) -> list[Line]:
    by_label: dict[str, list[Consequence]] = {}
    for one in found:
        by_label.setdefault(one.what, []).append(one)
    lines = []
    for label, own in by_label.items():
        name = own[0].title.partition(":")[0]
        title = name if name == label else f"{name} ({label})"
        inner = tuple(_line(one, numbers) for one in own)
        inner = tuple(replace(line, title=line.title.partition(": ")[2] or name) for line in inner)
        lines.append(Line(title, note=_kinds(own), inner=inner))
    return lines


def _kinds(found: Iterable[Consequence]) -> str:
    counts = Counter(
        "added" if one.old is None else "removed" if one.new is None else "changed" for one in found
    )
    return enumerate_words([f"{counted(n, 'row')} {kind}" for kind, n in sorted(counts.items())])


def _line(one: Consequence, numbers: Mapping[str, int]) -> Line:
    others = [str(numbers[cause]) for cause in one.explained.causes if numbers[cause]]
    notes = list(one.notes)
    if one.cited and one.kind != "wording":
        notes.append(f"cited in {enumerate_words(list(one.cited))}")
    if others:
        notes.append(_beside(others, decided=not _undecided(one)))
    old, new = (NOTHING if text is None else text for text in (one.old, one.new))
    return Line(one.title, old, new, "; ".join(notes))


def _beside(numbers: list[str], *, decided: bool) -> str:
    if len(numbers) > _MOST:
        numbers = [*numbers[:_MOST], f"{len(numbers) - _MOST} more"]
    if decided:
        return f"with {enumerate_words(numbers)}"
    return f"by {', '.join(numbers[:-1])} or {numbers[-1]}"
