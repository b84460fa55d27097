"""Tables on what the included reviews are like."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from umbrella_review.appraisal.ratings import rating_words
from umbrella_review.ledger import format_value
from umbrella_review.review import Review
from umbrella_review.tables.citation import cite, typeset
from umbrella_review.tables.numbers import DASH, integer
from umbrella_review.tables.rows import many_rows, one_row, together
from umbrella_review.tables.view import TableView
from umbrella_review.words import capitalised


def characteristics_table(
    reviews: pd.DataFrame, amstar2: pd.DataFrame, review: Review
) -> TableView:
    """Return one row a review: what it is about, how large it is, how it was appraised.

    Parameters
    ----------
    reviews : DataFrame
        Reviews in the order of print.
    amstar2 : DataFrame
        Their ratings, by `review_id`.
    review : Review
        For the printed words.

    Returns
    -------
    TableView
        In the order of `reviews`; short marks of the questions are explained below.
    """
    ratings = rating_words(amstar2, review.vocabulary("rating"))
    frame = pd.DataFrame(
        {
            "Review": reviews["review_id"].map(cite(reviews)),
            "Type": reviews["review_type"].map(review.vocabulary("review_type")),
            "Questions": reviews["questions"].map(_question_marks),
            "Population": typeset(reviews["population"], reviews).map(_capitalised),
            "Format": _joined(
                reviews["intervention_format"].map(review.vocabulary("intervention_format")),
                reviews["delivery"],
            ),
            "Primary studies": reviews["n_primary_studies"].map(integer),
            "Participants": reviews["n_participants"].map(integer),
            "Appraisal of the primary studies": _joined(
                reviews["appraisal_tool"], reviews["appraisal_result"]
            ).map(_capitalised),
            "AMSTAR 2 rating": reviews["review_id"].map(ratings),
        }
    )
    widths = {
        "Review": 13,
        "Type": 13,
        "Questions": 8.5,
        "Population": 21,
        "Format": 12,
        "Primary studies": 7.5,
        "Participants": 10,
        "Appraisal of the primary studies": 17,
        "AMSTAR 2 rating": 9,
    }
    align = {"Primary studies": "right", "Participants": "right"}
    ids = reviews["review_id"]
    return TableView(
        frame,
        widths,
        align,
        markdown=["Review"],
        notes=[_question_note(review)],
        rows=together(one_row("reviews", ids), one_row("amstar2", ids)),
    )


def counts_table(counts: pd.DataFrame, head: str) -> TableView:
    """Return how many reviews there are of each kind, and which.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.counting.count_by` gives it; kinds without a review are left out.
    head : str
        Head of the first column.

    Returns
    -------
    TableView
        One row a kind, in the order of `counts`; shares in percent.
    """
    counts = counts[counts["n"] > 0]
    frame = pd.DataFrame(
        {
            head: counts["label"],
            "Reviews": counts["n"].map(format_value),
            "Share (%)": counts["percent"].map(lambda share: format_value(share, 0)),
            "Which": counts["review_ids"].map(citation_marks),
        }
    )
    widths = {head: 3.2, "Reviews": 1, "Share (%)": 1.1, "Which": 3.6}
    align = {"Reviews": "right", "Share (%)": "right"}
    behind = many_rows("reviews", counts["review_ids"])
    return TableView(frame, widths, align, markdown=["Which"], rows=behind)


def cross_table(counts: pd.DataFrame, head: str, by_row: pd.DataFrame) -> TableView:
    """Return counts by two columns at once.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.counting.cross_counts` gives it.
    head : str
        Head of the first column.
    by_row : DataFrame
        The same labels of the index as `umbrella_review.counting.count_by` counts them.

    Returns
    -------
    TableView
        One row a label of the index.
    """
    frame = counts.map(format_value)
    frame.insert(0, head, counts.index)
    align: Mapping[str, str] = {str(name): "right" for name in counts.columns}
    behind = many_rows("reviews", by_row["review_ids"])
    return TableView(frame.reset_index(drop=True), {head: 2.4}, align, rows=behind)


def citation_marks(review_ids: tuple[str, ...]) -> str:
    """Return Markdown that cites several reviews at once.

    Parameters
    ----------
    review_ids : tuple of str
        Keys of the bibliography.

    Returns
    -------
    str
        For example ``[@smith_2020; @jones_2021]``; an en dash where there are none.
    """
    return f"[{'; '.join(f'@{key}' for key in review_ids)}]" if review_ids else DASH


def _question_note(review: Review) -> str:
    """Return the note that explains the short marks of the research questions."""
    parts = [f"{key.upper()}: {question.title}" for key, question in review.questions.items()]
    return f"{'; '.join(parts)}. An en dash means that the detail was not found."


def _question_marks(questions: tuple[str, ...]) -> str:
    return ", ".join(question.upper() for question in questions)


def _joined(first: pd.Series, second: pd.Series) -> pd.Series:
    """Return both texts with a colon between them, or the one that is known."""
    pairs = zip(first, second, strict=True)
    return pd.Series(
        [": ".join(text for text in pair if isinstance(text, str)) for pair in pairs],
        index=first.index,
        dtype=object,
    )


def _capitalised(text: object) -> str:
    return capitalised(text) if isinstance(text, str) and text else DASH
