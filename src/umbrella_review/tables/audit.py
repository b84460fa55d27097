"""Tables on the consistency of reported statistics."""

from __future__ import annotations

from itertools import chain

import pandas as pd

from umbrella_review.audit.consistency import by_check
from umbrella_review.audit.finding import CHECKS, VERDICTS, span_text
from umbrella_review.audit.statistics import Bounded
from umbrella_review.tables.citation import cite
from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.numbers import DASH
from umbrella_review.tables.rows import many_rows
from umbrella_review.tables.view import TableView, escape


def audit_table(findings: pd.DataFrame, results: pd.DataFrame, reviews: pd.DataFrame) -> TableView:
    """Return what the checks found, with the results and the cells that they concern.

    Parameters
    ----------
    findings : DataFrame
        As `umbrella_review.audit.consistency.flags` gives them.
    results : DataFrame
        The table `estimates`.
    reviews : DataFrame
        With `review_id`, `authors` and `year`.

    Returns
    -------
    TableView
        A row a finding.
    """
    if findings.empty:
        return empty_table()
    known, citations = results.set_index("estimate_id"), cite(reviews)
    frame = pd.DataFrame(
        {
            "Check": findings["check"].map(dict(CHECKS)),
            "Results": [_results(known.loc[list(keys)], citations) for keys in findings["rows"]],
            "Cells": [
                f"{', '.join(keys)}: {', '.join(cells)}"
                for keys, cells in zip(findings["rows"], findings["cells"], strict=True)
            ],
            "Reported": findings["reported"].str.replace("-", "−"),
            "Recomputed": [_recomputed(row) for _, row in findings.iterrows()],
            "Finding": findings["words"],
        }
    )
    widths = {
        "Check": 1.5,
        "Results": 2.3,
        "Cells": 1.9,
        "Reported": 1.3,
        "Recomputed": 1.2,
        "Finding": 3.2,
    }
    behind = many_rows("estimates", findings["rows"])
    return TableView(frame, widths, markdown=("Results",), rows=behind)


def checks_table(checks: pd.DataFrame) -> TableView:
    """Return how often each check was carried out, and with which outcome.

    Parameters
    ----------
    checks : DataFrame
        As `umbrella_review.audit.consistency.check_results` gives them; a check of all results
        at once counts only where it found something.

    Returns
    -------
    TableView
        A row a check.
    """
    if checks.empty:
        return empty_table()
    counted = by_check(checks)
    ids = {
        name: list(chain.from_iterable(found)) for name, found in checks.groupby("check")["rows"]
    }
    counts = counted.rename(index=dict(CHECKS), columns=dict(VERDICTS))
    frame = counts.rename_axis("Check").reset_index()
    heads = list(frame.columns[1:])
    widths = {"Check": 2.8, **dict.fromkeys(heads, 1.0)}
    behind = many_rows("estimates", (ids[check] for check in counted.index))
    return TableView(frame, widths, dict.fromkeys(heads, "right"), rows=behind)


def _results(rows: pd.DataFrame, citations: pd.Series) -> str:
    """Return reviews with the outcomes that are concerned, as Markdown."""
    texts = []
    for review_id, group in rows.groupby("review_id", sort=False):
        outcomes = [escape(outcome) for outcome in dict.fromkeys(group["outcome"])]
        texts.append(f"{citations[review_id]}: {', '.join(outcomes)}")
    return "; ".join(texts)


def _recomputed(row: pd.Series) -> str:
    if pd.isna(row["recomputed"]):
        return DASH
    return span_text(Bounded(row["recomputed"], row["recomputed_lb"], row["recomputed_ub"]))
