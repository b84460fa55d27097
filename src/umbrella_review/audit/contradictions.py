"""The contradictions found in the sources, each beside what the data give."""

from __future__ import annotations

import pandas as pd

from umbrella_review.audit.outcome import Outcome, Settings
from umbrella_review.audit.reproduce import number_text, outcome_of, prepare, rule_words
from umbrella_review.audit.rows import Frames
from umbrella_review.review import Review

_PLACES = 2  # of recomputed numbers that are not counts


def recompute(
    contradictions: pd.DataFrame, frames: Frames, review: Review, tolerance: float = 0.5
) -> pd.DataFrame:
    """Recompute what contradictory statements are about, where a rule says how.

    Parameters
    ----------
    contradictions : DataFrame
        The table of contradictions.
    frames : mapping of str to DataFrame
        The validated tables that the rules name.
    review : Review
        Gives the confidence level of reported intervals and the words that rules may use.
    tolerance : float, default 0.5
        How far a printed number may lie from the true one, in units of its last digit.

    Returns
    -------
    DataFrame
        The table with two more columns of text, empty where there is no rule: `recomputed`
        and `rule` (in words).

    Raises
    ------
    DataError
        If rules cannot be carried out, with all of them.
    """
    settings = prepare("contradictions", contradictions, review, tolerance)
    texts = [_texts(row, frames, settings) for _, row in contradictions.iterrows()]
    more = pd.DataFrame(texts, columns=["recomputed", "rule"], index=contradictions.index)
    return contradictions.join(more)


def _texts(row: pd.Series, frames: Frames, settings: Settings) -> tuple[str, str]:
    if pd.isna(row["operation"]):
        return "", ""
    rule, outcome = outcome_of(row, frames, settings)
    return _outcome_text(outcome), rule_words(rule)


def _outcome_text(outcome: Outcome) -> str:
    if outcome.number is None:
        return outcome.gap
    whole = outcome.exact and outcome.number.value.is_integer()
    text = number_text(outcome.number, 0 if whole else _PLACES)
    known = f"; known for {outcome.known} of {outcome.needed}"
    return text if outcome.complete else text + known
