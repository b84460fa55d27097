"""Table of key findings with the counts behind them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from umbrella_review.narrative.key_findings import Evidence
from umbrella_review.review import Review
from umbrella_review.tables.findings import finished
from umbrella_review.tables.rows import many_rows, one_row, together
from umbrella_review.tables.view import TableView

_NOTE = (
    "Reported: number of reviews as published with the key findings. Counted: number of included "
    "reviews marked with the question in the data. The evidence counts coded findings and "
    "statements; it does not weigh them."
)


def key_finding_table(
    key_findings: pd.DataFrame,
    counts: pd.DataFrame,
    evidence: Mapping[str, Evidence],
    review: Review,
) -> TableView:
    """Return one row a key finding: question, finding, kind, reviews, evidence in the data.

    Parameters
    ----------
    key_findings : DataFrame
        Key findings.
    counts : DataFrame
        From `umbrella_review.narrative.key_findings.question_counts`.
    evidence : mapping of str to Evidence
        From `umbrella_review.narrative.key_findings.gather`.
    review : Review
        Gives labels.

    Returns
    -------
    TableView
        One row a key finding, in their order.
    """
    checked = counts.set_index("question")
    questions = key_findings["question"]
    frame = pd.DataFrame(
        {
            "Question": [review.questions[key].title for key in questions],
            "Key finding": key_findings["finding"],
            "Kind": key_findings["finding_type"].map(review.vocabulary("finding_type")),
            "Reviews reported": [str(checked.loc[key, "reported"]) for key in questions],
            "Reviews counted": [str(checked.loc[key, "counted"]) for key in questions],
            "Agree": ["Yes" if checked.loc[key, "agrees"] else "No" for key in questions],
            "Evidence in the data": [
                _sentence(evidence[key], review) for key in key_findings["key_finding_id"]
            ],
        }
    )
    widths = {
        "Question": 1.8,
        "Key finding": 3.6,
        "Kind": 1.15,
        "Reviews reported": 1.05,
        "Reviews counted": 1.05,
        "Agree": 0.8,
        "Evidence in the data": 3.0,
    }
    numbers = dict.fromkeys(("Reviews reported", "Reviews counted"), "right")
    found = [evidence[key] for key in key_findings["key_finding_id"]]
    behind = together(
        one_row("key_findings", key_findings["key_finding_id"]),
        many_rows("reviews", (each.reviews for each in found)),
        [{each.table: each.considered} for each in found],
    )
    return finished(TableView(frame, widths, numbers, rows=behind), [_NOTE])


def _sentence(evidence: Evidence, review: Review) -> str:
    if evidence.kind:
        vocabulary, value = evidence.kind.split(":", 1)
        what = review.label(vocabulary, value).lower()
    else:
        what = "results differ in direction"
    return (
        f"{evidence.supporting} of {evidence.total} {evidence.unit}: {what}; "
        f"reviews behind them: {len(evidence.reviews)}"
    )
