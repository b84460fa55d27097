"""Tables on the appraisal of the included reviews."""

from __future__ import annotations

import pandas as pd

from umbrella_review.appraisal.ratings import rating_words
from umbrella_review.ledger import format_value
from umbrella_review.review import Review
from umbrella_review.tables.citation import cite
from umbrella_review.tables.numbers import integer
from umbrella_review.tables.view import TableView
from umbrella_review.words import capitalised


def rating_counts_table(counts: pd.DataFrame) -> TableView:
    """Return ratings by where they are known from.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.appraisal.ratings.rating_counts` gives it.

    Returns
    -------
    TableView
        One row a rating, one column a kind of source, then all.
    """
    numbers = counts.drop(columns=["rating", "label"])
    frame = numbers.map(format_value)
    frame.insert(0, "Rating", counts["label"])
    return TableView(frame, {"Rating": 1.6}, {str(name): "right" for name in numbers.columns})


def review_ratings_table(amstar2: pd.DataFrame, reviews: pd.DataFrame, review: Review) -> TableView:
    """Return the rating of every review and where it is known from.

    Parameters
    ----------
    amstar2 : DataFrame
        The table of this name.
    reviews : DataFrame
        Reviews in the order of print.
    review : Review
        For the printed words.

    Returns
    -------
    TableView
        One row a review, in the order of `reviews`.
    """
    basis = amstar2.set_index("review_id")["rating_basis"]
    words = reviews["review_id"].map(basis).map(review.vocabulary("rating_basis"))
    ratings = rating_words(amstar2, review.vocabulary("rating"))
    frame = pd.DataFrame(
        {
            "Review": reviews["review_id"].map(cite(reviews)),
            "Rating": reviews["review_id"].map(ratings),
            "Where the rating is known from": words.map(capitalised, na_action="ignore"),
        }
    )
    widths = {"Review": 1.5, "Rating": 1.1, "Where the rating is known from": 3.2}
    return TableView(frame, widths, markdown=["Review"])


def weaknesses_table(weaknesses: pd.DataFrame) -> TableView:
    """Return the weaknesses in critical domains.

    Parameters
    ----------
    weaknesses : DataFrame
        As `umbrella_review.appraisal.ratings.weaknesses` gives it.

    Returns
    -------
    TableView
        One row a domain; shares in percent, an en dash where no count is reported.
    """
    frame = pd.DataFrame(
        {
            "Domain": weaknesses["domain"],
            "Items": weaknesses["items"],
            "With a weakness": weaknesses["n"].map(integer),
            "Reviews scored": weaknesses["n_scored"].map(integer),
            "Share (%)": weaknesses["percent"].map(integer),
        }
    )
    align = dict.fromkeys(("With a weakness", "Reviews scored", "Share (%)"), "right")
    return TableView(
        frame,
        {"Domain": 3.6, "Items": 1, "With a weakness": 1, "Reviews scored": 1, "Share (%)": 0.9},
        align,
        notes=["An en dash means that no count is reported."],
    )


def rating_rule_table(rule: pd.DataFrame) -> TableView:
    """Return the rule of the overall rating (Shea et al. 2017, BMJ 358:j4008).

    Parameters
    ----------
    rule : DataFrame
        As `umbrella_review.appraisal.ratings.rating_rule` gives it.

    Returns
    -------
    TableView
        One row a rating, the best first.
    """
    heads = {
        "label": "Rating",
        "critical": "Weaknesses in critical domains",
        "noncritical": "Weaknesses in other domains",
    }
    return TableView(rule.rename(columns=heads))


def statements_table(statements: pd.DataFrame) -> TableView:
    """Return what is said about the use of the instrument, with the items concerned.

    Parameters
    ----------
    statements : DataFrame
        Rows of the table `amstar2_statements`.

    Returns
    -------
    TableView
        One row a statement.
    """
    frame = pd.DataFrame(
        {
            "Items": statements["items"].map(lambda items: ", ".join(items) if items else None),
            "Adaptation": statements["statement"].map(capitalised),
            "Stated in": statements["locator"],
        }
    )
    return TableView(
        frame.reset_index(drop=True), {"Items": 0.6, "Adaptation": 3.4, "Stated in": 2}
    )
