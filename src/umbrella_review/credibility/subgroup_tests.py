"""Tests between subgroups that reviews report, computed again from the subgroups' results."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

import numpy as np
import pandas as pd

from umbrella_review.audit import implied
from umbrella_review.audit.finding import AGREES, DIFFERS, span_text
from umbrella_review.audit.outcome import Settings
from umbrella_review.audit.reported_row import ReportedRow, reported_rows
from umbrella_review.audit.statistics import Bounded
from umbrella_review.credibility.prediction import Scaled, scaled
from umbrella_review.pooling.subgroups import between_bounds, between_groups
from umbrella_review.words import enumerate_words

NOT_PUBLISHED, NOT_RECOMPUTABLE = "not_published", "not_recomputable"
VERDICTS: Mapping[str, str] = {
    AGREES: "Agrees",
    DIFFERS: "Differs",
    NOT_PUBLISHED: "Computed here alone",
    NOT_RECOMPUTABLE: "Not recomputable",
}
_YES = "yes"


@dataclass(frozen=True)
class Recomputed:
    """A test between subgroups, computed again.

    Parameters
    ----------
    test_id : str
        The comparison.
    verdict : str
        Key of `VERDICTS`.
    words : str
        What follows, or why it cannot be computed.
    recomputed, recomputed_lb, recomputed_ub : float
        Q with the bounds that rounding leaves open; missing where it cannot be computed.
    p, p_lb, p_ub : float
        Its p value, likewise.
    """

    test_id: str
    verdict: str
    words: str
    recomputed: float = math.nan
    recomputed_lb: float = math.nan
    recomputed_ub: float = math.nan
    p: float = math.nan
    p_lb: float = math.nan
    p_ub: float = math.nan


def recompute_tests(
    tests: pd.DataFrame, estimates: pd.DataFrame, study_effects: pd.DataFrame, settings: Settings
) -> pd.DataFrame:
    """Compute Q between subgroups again wherever the subgroups' intervals are known.

    Parameters
    ----------
    tests, study_effects : DataFrame
        The tables `subgroup_tests` and `study_effects`.
    estimates : DataFrame
        Every result, with the columns of `umbrella_review.effects.reported.harmonised`.
    settings : Settings
        Confidence level and rounding of the printed figures.

    Returns
    -------
    DataFrame
        The rows of `tests` with the columns of `Recomputed`.
    """
    results = {row.key: row for row in reported_rows(estimates, "estimate_id", settings)}
    found = [
        _recompute(test, results, study_effects)
        for test in reported_rows(tests, "test_id", settings)
    ]
    frame = pd.DataFrame(
        [asdict(one) for one in found], columns=[one.name for one in fields(Recomputed)]
    )
    return tests.reset_index(drop=True).merge(frame, on="test_id", validate="1:1")


def _recompute(
    test: ReportedRow, results: Mapping[str, ReportedRow], effects: pd.DataFrame
) -> Recomputed:
    whole = results[str(test.cells["whole_id"])]
    rows = [results[key] for key in test.cells.get("subgroup_ids", ())]
    lacking = [
        str(row.cells["outcome"]).removeprefix(f"{whole.cells['outcome']}: ")
        for row in rows
        if not row.has("estimate", "ci_lb", "ci_ub")
    ]
    if not lacking and len(rows) > 1:
        return _computed(test, [scaled(row) for row in rows])
    why = "No result of the subgroups is known."
    if lacking:
        why = f"No interval is known for {enumerate_words(lacking)}."
    words = " ".join([why, _known_studies(whole, effects), *_printed_alone(test, rows)])
    return Recomputed(test.key, NOT_RECOMPUTABLE, words)


def _computed(test: ReportedRow, groups: list[Scaled]) -> Recomputed:
    between = between_groups(
        [group.effect.value for group in groups], [group.error.value for group in groups]
    )
    low, high = between_bounds(
        [group.effect.low for group in groups],
        [group.effect.high for group in groups],
        [group.error.low for group in groups],
        [group.error.high for group in groups],
    )
    q, df = Bounded(float(between.q[0]), low, high), len(groups) - 1
    p = implied.p_from_q(q, df)
    verdict, words = NOT_PUBLISHED, "What was found of the review gives no test."
    if test.has("q"):
        verdict = AGREES if test.figure("q").overlaps(q) else DIFFERS
        words = "From the results of the subgroups."
    return Recomputed(test.key, verdict, words, q.value, q.low, q.high, p.value, p.low, p.high)


def _printed_alone(test: ReportedRow, rows: list[ReportedRow]) -> list[str]:
    """Return what a printed Q can be held against where it cannot be computed again."""
    if not test.has("q", "q_df"):
        return []
    q = test.figure("q")
    p = implied.p_from_q(q, test.number("q_df"))
    words = [f"The printed Q gives p = {span_text(p)}"]
    if test.has("q_p_reported"):
        agrees = test.probability("q_p_reported").overlaps(p)
        words.append(f", {'as' if agrees else 'not as'} printed")
    if len(rows) == 2 and all(row.has("estimate") for row in rows) and q.value > 0:
        difference = rows[0].figure("estimate") - rows[1].figure("estimate")
        error = abs(difference.value) / math.sqrt(q.value)
        words.append(f"; with the printed effects it implies a standard error of {error:.2f} for "
                     "their difference")  # fmt: skip
    return ["".join(words) + "."]


def _known_studies(whole: ReportedRow, effects: pd.DataFrame) -> str:
    """Return for how many of the pooled trials the effect and its interval are known."""
    same = effects["review_id"].eq(whole.cells["review_id"]) & effects["outcome"].eq(
        whole.cells["outcome"]
    )
    pooled = effects["in_pooled_analysis"].eq(_YES)
    known = int(
        np.count_nonzero(same & pooled & effects[["estimate", "ci_lb"]].notna().all(axis=1))
    )
    total = f"{whole.number('k'):.0f}" if whole.has("k") else "an unknown number of"
    return f"Effects of single trials are known for {known} of {total} pooled."
