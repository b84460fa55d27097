"""A comparison in a few sentences, for readers who ask what changed and not why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from umbrella_review.ledger import format_value
from umbrella_review.release.changes.causes import Cause
from umbrella_review.release.changes.compare import Comparison
from umbrella_review.release.changes.consequence import KINDS, Consequence
from umbrella_review.words import capitalised, enumerate_words

# What a reader of the results wants to know of first, also where none of it changed: each kind, and
# what is said of those that are new, gone, and otherwise.
_RESULTS = {
    "review": ("reviews", "came in", "went out", "changed"),
    "estimate": ("estimates", "new", "gone", "moved"),
    "direction": ("directions of effect", "new", "gone", "changed"),
    "rating": ("ratings", "new", "gone", "changed"),
    "class": ("classes of credibility", "new", "gone", "changed"),
    "finding": ("findings", "new", "gone", "changed"),
    "published": ("published numbers", "new", "gone", "compared otherwise"),
}
_CROSSINGS = ("sign crossed", "significance gained", "significance lost", "direction changed")
_WHOLE = ("whole figure", "whole table")
_NAMED = 3  # changes of one kind up to which each is told
_LONGEST = 90  # characters of a title, or of what stood or stands there
_CAUSES = {
    "review": "reviews",
    "row": "rows of the data",
    "column": "columns of the data",
    "parameter": "parameters of notebooks",
    "notebook": "the code of notebooks",
    "package": "the package",
    "environment": "installed versions",
    "settings": "settings of the review",
    "text": "the text",
}


def brief(comparison: Comparison) -> list[str]:
    """Return what changed by meaning, a sentence each.

    Parameters
    ----------
    comparison : Comparison
        The comparison.

    Returns
    -------
    list of str
        Results first, those that stayed together in one sentence; then numbers in the text,
        sentences, figures and tables; then what was changed by hand. One sentence where nothing
        differs.
    """
    if comparison.same:
        return [f"Nothing has changed in meaning since version {comparison.old}."]
    by_kind = {kind: [one for one in comparison.consequences if one.kind == kind] for kind in KINDS}
    return [
        _first(comparison.old, [kind for kind in _RESULTS if not by_kind[kind]]),
        *(line for kind in _RESULTS for line in _results(kind, by_kind[kind])),
        *_values(by_kind["value"]),
        *_counted("Sentences with numbers", by_kind["wording"], "reworded or moved"),
        *_displays(by_kind["display"]),
        *_causes(comparison.causes),
    ]


def _first(old: str, same: Sequence[str]) -> str:
    """Return the sentence that tells what stayed."""
    names = enumerate_words([_RESULTS[kind][0] for kind in same])
    if len(same) == len(_RESULTS):
        return f"No result has changed since version {old}: the same {names}."
    kept = f" The same as there: {names}." if same else ""
    return f"Results have changed since version {old}.{kept}"


def _results(kind: str, found: Sequence[Consequence]) -> Iterable[str]:
    """Yield how many of a kind changed and how; with each of them, where they are few."""
    if not found:
        return
    name, *verbs = _RESULTS[kind]
    ways = zip(_ways(found), verbs, strict=True)
    parts = [f"{format_value(number)} {verb}" for number, verb in ways if number]
    notes = Counter(note for one in found for note in one.notes if note in _CROSSINGS)
    parts += [f"{note}: {format_value(number)}" for note, number in notes.items()]
    each = f" ({'; '.join(map(_told, found))})" if len(found) <= _NAMED else ""
    yield f"{capitalised(name)}: {', '.join(parts)}{each}."


def _ways(found: Iterable[Consequence]) -> tuple[int, int, int]:
    """Return how many are new, gone, and otherwise than before."""
    ways = Counter(
        "new" if one.old is None else "gone" if one.new is None else "moved" for one in found
    )
    return ways["new"], ways["gone"], ways["moved"]


def _told(one: Consequence) -> str:
    if one.old is None or one.new is None:
        return _short(one.title)
    return f"{_short(one.title)}: {_short(one.old)} → {_short(one.new)}"


def _values(found: Sequence[Consequence]) -> Iterable[str]:
    """Yield what became of the numbers that sentences cite, and of all others."""
    cited = [one for one in found if one.cited]
    rest = [one for one in found if not one.cited]
    yield from _counted("Numbers in the text", cited, "otherwise than before")
    yield from _counted("Numbers that no sentence cites", rest, "otherwise than before")


def _counted(heading: str, found: Sequence[Consequence], moved: str) -> Iterable[str]:
    ways = zip(_ways(found), ("new", "gone", moved), strict=True)
    parts = [f"{format_value(number)} {verb}" for number, verb in ways if number]
    if parts:
        yield f"{heading}: {', '.join(parts)}."


def _displays(found: Sequence[Consequence]) -> Iterable[str]:
    """Yield how many figures and tables are new, gone, or have other rows."""
    whole = [one for one in found if any(note in _WHOLE for note in one.notes)]
    labels = {one.what for one in found} - {one.what for one in whole}
    new, gone, _ = _ways(whole)
    ways = ((new, "new"), (gone, "gone"), (len(labels), "with other rows"))
    parts = [f"{format_value(number)} {verb}" for number, verb in ways if number]
    if parts:
        yield f"Figures and tables: {', '.join(parts)}."


def _causes(found: Sequence[Cause]) -> Iterable[str]:
    """Yield what was changed by hand, from which the rest follows."""
    kinds = {kind for kind in _CAUSES if any(one.kind == kind for one in found)}
    if kinds:
        parts = [words for kind, words in _CAUSES.items() if kind in kinds]
        yield f"What was changed by hand: {enumerate_words(parts)}."


def _short(text: str) -> str:
    line = " ".join(text.split()).replace("; ", ", ")  # semicolons part one change from the next
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rpartition(' ')[0]} …"
