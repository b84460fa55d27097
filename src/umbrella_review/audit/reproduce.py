"""Every published number beside the number that its rule gives."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from umbrella_review.audit import checks, statistics
from umbrella_review.audit.operations import OPERATIONS
from umbrella_review.audit.outcome import Outcome, Settings
from umbrella_review.audit.rows import Frames, select
from umbrella_review.audit.rules import RULE_COLUMNS, Rule, parse, where_words
from umbrella_review.audit.statistics import Bounded
from umbrella_review.errors import DataError
from umbrella_review.review import Review
from umbrella_review.schemas import TABLES

STATUSES = ("reproduced", "circular", "differs", "partly", "cannot")

_NOT_CIRCULAR = "no"  # the word of the column `circular` for rules that could fail


def reproduce(
    published: pd.DataFrame, frames: Frames, review: Review, tolerance: float = 0.5
) -> pd.DataFrame:
    """Recompute published numbers.

    Parameters
    ----------
    published : DataFrame
        The table of published results: numbers as printed, and their rules.
    frames : mapping of str to DataFrame
        The validated tables that the rules name.
    review : Review
        Gives the confidence level of reported intervals and the words that rules may use.
    tolerance : float, default 0.5
        How far a printed number may lie from the true one, in units of its last digit.

    Returns
    -------
    DataFrame
        A row a number, in the same order: the columns `result_id`, `statement`, `topic`,
        `unit`, `stated_in`, `published` (as printed), `recomputed` (text, with bounds where
        rounding leaves them open), `value` (float), `status` (one of `STATUSES`), `reason`,
        `rule` (in words), `table` and `rows` (ids of the rows that the rule picks). A number
        that its rule returns is circular, and not reproduced, where the rule could not fail.

    Raises
    ------
    DataError
        If rules cannot be carried out, with all of them.
    """
    settings = prepare("published_results", published, review, tolerance)
    words = review.vocabulary("circularity")
    rows = [_reproduce_row(row, frames, settings, words) for _, row in published.iterrows()]
    return pd.DataFrame(rows)


def prepare(table: str, frame: pd.DataFrame, review: Review, tolerance: float) -> Settings:
    """Check the rules of a table, and return what carrying them out needs.

    Parameters
    ----------
    table : str
        Name of the table that holds the rules.
    frame : DataFrame
        The table.
    review : Review
        Gives the confidence level of reported intervals and the words that rules may use.
    tolerance : float
        How far a printed number may lie from the true one, in units of its last digit.

    Returns
    -------
    Settings
        Confidence level and rounding.

    Raises
    ------
    DataError
        If rules cannot be carried out, with all of them.
    """
    found = checks.problems(table, frame, review.vocabulary)
    if found:
        raise DataError(found)
    return Settings(review.synthesis.confidence_level, tolerance)


def outcome_of(row: pd.Series, frames: Frames, settings: Settings) -> tuple[Rule, Outcome]:
    """Carry out the rule in a row of a table.

    Parameters
    ----------
    row : Series
        With the columns of a rule.
    frames : mapping of str to DataFrame
        The validated tables that the rule may name.
    settings : Settings
        Confidence level and rounding.

    Returns
    -------
    rule : Rule
        The rule as read.
    outcome : Outcome
        What it gives.
    """
    rule = parse({name: "" if pd.isna(row[name]) else row[name] for name in RULE_COLUMNS})
    return rule, OPERATIONS[rule.operation].compute(rule, frames, settings)


def rule_words(rule: Rule) -> str:
    """Put a rule into words, with the names of tables and columns as in the data.

    Parameters
    ----------
    rule : Rule
        A rule that `umbrella_review.audit.checks` has found right.

    Returns
    -------
    str
        Without a capital at the beginning.
    """
    operation = OPERATIONS[rule.operation]
    text = operation.words.format(column=rule.column, argument=where_words(rule.argument))
    if rule.table and rule.operation != "none":
        text += f" in {rule.table}"
    return f"{text} where {where_words(rule.where)}" if rule.where else text


def number_text(number: Bounded, places: int) -> str:
    """Print a number, with its bounds where they differ in print.

    Parameters
    ----------
    number : Bounded
        The number.
    places : int
        Decimals.

    Returns
    -------
    str
        For example ``5.10 (4.87 to 5.34)``.
    """
    value, low, high = (
        f"{x + 0.0:,.{places}f}".replace("-", "−") for x in (number.value, number.low, number.high)
    )
    return value if low == high else f"{value} ({low} to {high})"


def rule_rows(rule: Rule, frames: Frames) -> tuple[str, ...]:
    """Return the rows that a rule reads, those that it compares with included.

    Parameters
    ----------
    rule : Rule
        A rule that `umbrella_review.audit.checks` has found right.
    frames : mapping of str to DataFrame
        The validated tables that the rule may name.

    Returns
    -------
    tuple of str
        Their ids, each once; empty where nothing is recomputed.
    """
    if not rule.table or rule.operation == "none":
        return ()
    key = TABLES[rule.table].key
    picked = [rule.where, rule.argument] if rule.argument else [rule.where]
    ids = (name for where in picked for name in select(rule.table, where, frames)[key])
    return tuple(dict.fromkeys(map(str, ids)))


def _reproduce_row(
    row: pd.Series, frames: Frames, settings: Settings, words: Mapping[str, str]
) -> dict[str, object]:
    rule, outcome = outcome_of(row, frames, settings)
    places = statistics.decimals(str(row["value"]))
    published = statistics.rounded(float(row["value"]), places, settings.tolerance)
    status = _status(rule, outcome, published, circular=row["circular"] != _NOT_CIRCULAR)
    number = outcome.number
    return {
        "result_id": row["result_id"],
        "statement": row["statement"],
        "topic": row["topic"],
        "unit": row["unit"],
        "stated_in": row["stated_in"],
        "published": row["value"],
        "recomputed": "" if number is None else number_text(number, places),
        "value": float("nan") if number is None else number.value,
        "status": status,
        "reason": _reason(row, rule, outcome, status, words),
        "rule": rule_words(rule),
        "table": rule.table,
        "rows": rule_rows(rule, frames),
    }


def _status(rule: Rule, outcome: Outcome, published: Bounded, *, circular: bool) -> str:
    number = outcome.number
    if number is None:
        return "cannot"
    if not outcome.complete:
        beyond = {"minimum": number.value < published.low, "maximum": number.value > published.high}
        return "differs" if beyond.get(rule.operation, False) else "partly"
    if outcome.exact:
        published = Bounded.exact(published.value)
    if not number.overlaps(published):
        return "differs"
    return "circular" if circular else "reproduced"


def _reason(
    row: pd.Series, rule: Rule, outcome: Outcome, status: str, words: Mapping[str, str]
) -> str:
    note = "" if pd.isna(row["note"]) else str(row["note"])
    circular = words[row["circular"]] if status == "circular" else ""
    computed = circular or _computed_reason(rule, outcome, status)
    return "; ".join(text for text in (computed, note) if text) or _plain_reason(status)


def _computed_reason(rule: Rule, outcome: Outcome, status: str) -> str:
    if outcome.number is None:
        return outcome.gap
    if not outcome.complete:
        column = rule.column or "the interval"
        return f"{column} is known in {outcome.known} of {outcome.needed} rows of {rule.table}"
    return "beyond what rounding allows" if status == "differs" and not outcome.exact else ""


def _plain_reason(status: str) -> str:
    """Return what can be said where neither the rule nor a note says more."""
    plain = {
        "reproduced": "the rule returns the printed number",
        "differs": "the data give another number",
        "cannot": "the data hold no input for it",
    }
    return plain.get(status, "")
