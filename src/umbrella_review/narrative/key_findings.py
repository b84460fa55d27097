"""Key findings beside the counts that stand behind them in the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from umbrella_review.counting import count_rows, make_value, slug
from umbrella_review.filters import rows_with
from umbrella_review.ledger import Value
from umbrella_review.narrative.findings import keep_findings, known_reviews
from umbrella_review.schemas import TABLES

# Which direction of effect a key finding of a type claims.
_CLAIMED = {"benefit": "favours_intervention", "challenge": "favours_control"}


@dataclass(frozen=True)
class Evidence:
    """What the data hold for one key finding.

    Parameters
    ----------
    supporting, total : int
        How many of how many units agree with the finding in kind.
    unit : str
        What is counted, in the plural.
    kind : str
        What the supporting ones have in common, as ``vocabulary:value``; empty for outcomes whose
        results point in different directions.
    reviews : tuple of str
        Ids of the known reviews behind the supporting units.
    table : str
        The table of the coded findings or statements.
    matching, considered : tuple of str
        Ids of its rows behind the supporting units, and behind all of them.
    """

    supporting: int
    total: int
    unit: str
    kind: str
    reviews: tuple[str, ...]
    table: str
    matching: tuple[str, ...]
    considered: tuple[str, ...]


def as_findings(directions: pd.DataFrame) -> pd.DataFrame:
    """Return statements on effects with `review_ids` as tuples, as coded findings have them.

    Parameters
    ----------
    directions : DataFrame
        Statements on effects with `review_id`, empty where it is not known.

    Returns
    -------
    DataFrame
        One row a statement.
    """
    ids = directions["review_id"].map(lambda key: (key,) if isinstance(key, str) else ())
    return directions.drop(columns="review_id").assign(review_ids=ids)


def question_counts(key_findings: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Compare the reported number of reviews of each question with the number in the data.

    Parameters
    ----------
    key_findings : DataFrame
        With `question` and `n_reviews`, the reported number.
    reviews : DataFrame
        All included reviews with the `questions` they inform.

    Returns
    -------
    DataFrame
        One row a question, in order of appearance: `question`, `reported`, `counted`, `agrees`.
    """
    reported = key_findings.groupby("question", sort=False)["n_reviews"].agg(["min", "max"])
    counted = [int(rows_with(reviews["questions"], [key]).sum()) for key in reported.index]
    return pd.DataFrame(
        {
            "question": list(reported.index),
            "reported": [int(number) for number in reported["max"]],
            "counted": counted,
            "agrees": [
                low == high == number
                for low, high, number in zip(reported["min"], reported["max"], counted, strict=True)
            ],
        }
    )


def gather(
    key_findings: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    kept: pd.DataFrame,
    reviews: pd.DataFrame,
) -> dict[str, Evidence]:
    """Return the evidence per key finding.

    The rule follows from the table that answers the question. Statements on effects: those that
    favour the intervention for a benefit, the control for a challenge; for a mixed finding the
    groups of outcomes whose statements do not all point the same way. Implementation findings:
    those of the same determinant. Experience findings: those of the same theme and valence.

    Parameters
    ----------
    key_findings : DataFrame
        Key findings.
    tables : mapping of str to DataFrame
        Per question its coded findings, or its statements on effects (`as_findings`).
    kept, reviews : DataFrame
        The reviews whose evidence counts, and all included reviews.

    Returns
    -------
    dict of str to Evidence
        By key finding id.
    """
    left = {
        question: keep_findings(table, kept, reviews[rows_with(reviews["questions"], [question])])
        for question, table in tables.items()
    }
    return {
        key: _evidence(kind, theme if isinstance(theme, str) else "", left[question])
        for key, question, kind, theme in zip(
            key_findings["key_finding_id"],
            key_findings["question"],
            key_findings["finding_type"],
            key_findings["theme"],
            strict=True,
        )
    }


def values(
    topic: str,
    key_findings: pd.DataFrame,
    reviews: pd.DataFrame,
    evidence: Mapping[str, Evidence],
) -> list[Value]:
    """Return all that is recorded of the key findings.

    Parameters
    ----------
    topic : str
        First part of the value ids.
    key_findings, reviews : DataFrame
        The key findings shown, and all included reviews.
    evidence : mapping of str to Evidence
        From `gather`.

    Returns
    -------
    list of Value
        In no order that matters; ids are unique.
    """
    questions = question_counts(key_findings, reviews)
    rows = {"key_findings": key_findings["key_finding_id"]}
    agreeing = int(questions["agrees"].sum())
    recorded = [
        count_rows(f"{topic}.n_findings", key_findings, table="key_findings", unit="key findings"),
        make_value(f"{topic}.n_questions", len(questions), rows=rows, unit="questions"),
        make_value(f"{topic}.n_questions_agree", agreeing, rows=rows, unit="questions"),
    ]
    for question, told, found in zip(
        questions["question"], questions["reported"], questions["counted"], strict=True
    ):
        own = key_findings.loc[key_findings["question"].eq(question), "key_finding_id"]
        marked = reviews.loc[rows_with(reviews["questions"], [question]), "review_id"]
        name = slug(question)
        recorded += [
            make_value(
                f"{topic}.reported_{name}", told, rows={"key_findings": own}, unit="reviews"
            ),
            make_value(f"{topic}.counted_{name}", found, rows={"reviews": marked}, unit="reviews"),
        ]
    for key, part in evidence.items():
        recorded += _evidence_values(topic, key, part)
    return recorded


def _evidence_values(topic: str, key: str, evidence: Evidence) -> list[Value]:
    own: dict[str, tuple[str, ...]] = {"key_findings": (key,)}
    matching = {evidence.table: evidence.matching}
    everything = {evidence.table: evidence.considered}
    # Whether a group of outcomes is divided follows from all of its statements.
    supporting = matching if evidence.kind else everything
    facts = (
        ("supporting", evidence.supporting, evidence.unit, supporting),
        ("total", evidence.total, evidence.unit, everything),
        ("reviews", len(evidence.reviews), "reviews", matching | {"reviews": evidence.reviews}),
    )
    return [
        make_value(f"{topic}.{word}_{slug(key)}", number, rows=own | rows, unit=unit)
        for word, number, unit, rows in facts
    ]


def _evidence(kind: str, theme: str, table: pd.DataFrame) -> Evidence:
    if "determinant" in table:
        matching = table[table["determinant"].eq(kind)]
        return _counted(matching, table, "implementation findings", f"determinant:{kind}")
    if "valence" in table:
        same = table[table["theme"].eq(theme)] if theme else table
        matching = same[same["valence"].eq(kind)]
        unit = "findings of the theme" if theme else "experience findings"
        return _counted(matching, same, unit, f"valence:{kind}")
    if kind in _CLAIMED:
        matching = table[table["direction"].eq(_CLAIMED[kind])]
        return _counted(matching, table, "statements on effects", f"direction:{_CLAIMED[kind]}")
    return _divided(table)


def _counted(matching: pd.DataFrame, table: pd.DataFrame, unit: str, kind: str) -> Evidence:
    name, rows, everything = _rows(matching, table)
    return Evidence(
        len(matching), len(table), unit, kind, _reviews(matching), name, rows, everything
    )


def _divided(statements: pd.DataFrame) -> Evidence:
    """Count the groups of outcomes with mixed statements or with more than one direction."""
    groups = statements.groupby("outcome_group")["direction"]
    divided = groups.agg(lambda words: words.nunique() > 1 or "mixed" in set(words)).astype(bool)
    names = divided.index[divided]
    behind = statements[statements["outcome_group"].isin(names)]
    name, rows, everything = _rows(behind, statements)
    unit = "groups of outcomes"
    return Evidence(len(names), len(divided), unit, "", _reviews(behind), name, rows, everything)


def _rows(
    matching: pd.DataFrame, table: pd.DataFrame
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the name of the table, and the ids of the matching and of all rows."""
    marks = {"determinant": "implementation_findings", "valence": "experience_findings"}
    name = next((found for mark, found in marks.items() if mark in table), "effect_directions")
    key = TABLES[name].key
    return name, tuple(matching[key].astype(str)), tuple(table[key].astype(str))


def _reviews(findings: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(set(known_reviews(findings)["review_id"])))
