"""Sentences that were added, removed, reworded or moved."""

from __future__ import annotations

from umbrella_review.release.changes.causes import Cause
from umbrella_review.release.changes.consequence import Consequence
from umbrella_review.release.changes.explain import Explanation
from umbrella_review.release.changes.pairing import pairs, text_likeness
from umbrella_review.release.changes.report import Report, Sentence

_ALIKE = 0.5  # share of common words from which two sentences count as one that was reworded


def changed_wording(old: Report, new: Report) -> tuple[list[Cause], list[Consequence]]:
    """Return the sentences that are worded otherwise; numbers in them do not count.

    Parameters
    ----------
    old, new : Report
        The reports.

    Returns
    -------
    causes : list of Cause
        The files of the manuscript that were changed.
    consequences : list of Consequence
        In the order of the text.
    """
    before = [one for key, one in old.sentences.items() if key not in new.sentences]
    after = [one for key, one in new.sentences.items() if key not in old.sentences]
    matched = pairs(before, after, lambda a, b: text_likeness(a.wording, b.wording), _ALIKE)
    both: list[tuple[Sentence | None, Sentence | None]] = [
        (before[i], after[j]) for i, j in matched
    ]
    first, second = {i for i, _ in matched}, {j for _, j in matched}
    both += [(one, None) for i, one in enumerate(before) if i not in first]
    both += [(None, one) for j, one in enumerate(after) if j not in second]
    found = [_consequence(*one) for one in both]
    files = sorted({cause for one in found for cause in one.explained.causes})
    return [_cause(one) for one in files], found


def _consequence(before: Sentence | None, after: Sentence | None) -> Consequence:
    known = [one for one in (before, after) if one is not None]
    sections = tuple(dict.fromkeys(sorted(one.section for one in known)))
    causes = tuple(dict.fromkeys(sorted(f"text:{one.file}" for one in known)))
    if before is None or after is None:
        note = "sentence added" if before is None else "sentence removed"
    elif before.wording == after.wording:
        note = "moved to another section"
    else:
        note = "reworded"
    return Consequence(
        "wording",
        "/".join(sorted(one.claim_id for one in known)),
        f"sentence in {' and '.join(sections)}",
        None if before is None else before.text,
        None if after is None else after.text,
        (note,),
        sections,
        Explanation(causes, "rows"),
    )


def _cause(cause_id: str) -> Cause:
    file = cause_id.partition(":")[2]
    return Cause(cause_id, "text", f"Manuscript: {file or 'file not recorded'}")
