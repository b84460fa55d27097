"""All that differs in meaning between two reports, grouped by what it follows from."""

from __future__ import annotations

from dataclasses import dataclass

from umbrella_review.release.changes.causes import Cause, find_causes
from umbrella_review.release.changes.classes import changed_classes
from umbrella_review.release.changes.consequence import KINDS, Consequence
from umbrella_review.release.changes.displays import Places, changed_displays
from umbrella_review.release.changes.explain import Explainer
from umbrella_review.release.changes.meaning import meanings
from umbrella_review.release.changes.report import Report
from umbrella_review.release.changes.rows import changed_rows
from umbrella_review.release.changes.values import changed_values
from umbrella_review.release.changes.wording import changed_wording


@dataclass(frozen=True)
class Comparison:
    """What differs in meaning.

    Parameters
    ----------
    old, new : str
        Names of the reports.
    causes : tuple of Cause
        What was changed by hand; also changes that nothing follows from.
    consequences : tuple of Consequence
        What follows, by kind.
    """

    old: str
    new: str
    causes: tuple[Cause, ...]
    consequences: tuple[Consequence, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.causes and not self.consequences

    @property
    def unexplained(self) -> tuple[Consequence, ...]:
        """What follows from nothing that the reports record."""
        return tuple(one for one in self.consequences if not one.explained.causes)

    def of(self, cause: Cause) -> tuple[Consequence, ...]:
        """Return what follows from a cause, alone or with others."""
        return tuple(one for one in self.consequences if cause.cause_id in one.explained.causes)


def compare(old: Report, new: Report) -> Comparison:
    """Compare two reports by meaning.

    Parameters
    ----------
    old, new : Report
        The reports.

    Returns
    -------
    Comparison
        Exchanging the reports exchanges before and after, and nothing else.
    """
    causes = find_causes(old, new)
    explainer, places = Explainer(old, new, causes), Places(old, new)
    texts, wording = changed_wording(old, new)
    found = [
        *meanings(old, new, changed_rows(old, new), explainer),
        *changed_classes(old, new, explainer, places),
        *changed_values(old, new, explainer),
        *wording,
        *changed_displays(old, new, explainer, places),
    ]
    order = list(KINDS)
    found.sort(key=lambda one: order.index(one.kind))
    return Comparison(old.name, new.name, (*causes, *texts), tuple(found))
