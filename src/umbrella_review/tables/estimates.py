"""Tables of the results that reviews report: pooled, additional, and held against follow-up."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from umbrella_review.appraisal.ratings import rating_words
from umbrella_review.review import Review
from umbrella_review.tables.citation import cite, typeset
from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.estimate_cells import (
    COMPUTED,
    harmonised_text,
    heterogeneity,
    labels,
    outcome_cells,
    p_cells,
    printed,
    results_in_words,
)
from umbrella_review.tables.numbers import integer
from umbrella_review.tables.rows import RowIds, one_row, together
from umbrella_review.tables.view import TableView

CHANGES = {
    "kept": "Kept",
    "lost": "Lost",
    "gained": "Appears later",
    "none": "None at either time",
    "other": "Other",
    "unknown": "Not known",
}
_WIDTHS = {  # about the characters of a typical cell
    "Outcome": 19,
    "Review": 25,
    "Time": 21,
    "k": 3,
    "n": 6,
    "As printed": 21,
    "Harmonised": 18,
    "p": 9,
    "Heterogeneity": 20,
    "Rating": 15,
    "Direction": 22,
    "Numbers from": 17,
    "Analysis": 14,
}
_NOTES = {
    "harmonised": (
        "Harmonised: the sign is turned where needed so that positive values favour the "
        "intervention; ratios as natural logarithms. In brackets {level:.0%} confidence intervals. "
        "En dash: not known."
    ),
    "computed": f"{COMPUTED} computed here from the interval that the review prints.",
}


def pooled_table(
    estimates: pd.DataFrame, reviews: pd.DataFrame, amstar2: pd.DataFrame, review: Review
) -> TableView:
    """Return pooled results with everything that is known of them, grouped by outcome.

    Parameters
    ----------
    estimates : DataFrame
        With the columns of `umbrella_review.effects.reported.harmonised`, in order of print.
    reviews, amstar2 : DataFrame
        The tables of these names.
    review : Review
        Labels.

    Returns
    -------
    TableView
        One row a result, or the table that says that nothing is left.
    """
    if estimates.empty:
        return empty_table()
    ratings = rating_words(amstar2, review.vocabulary("rating"))
    frame = pd.DataFrame(
        {
            "Outcome": outcome_cells(estimates, review),
            "Review": estimates["review_id"].map(cite(reviews)),
            "Time": typeset(estimates["timepoint"], reviews),
            "k": estimates["k"].map(integer),
            "n": estimates["n_participants"].map(integer),
            "As printed": printed(estimates),
            "Harmonised": harmonised_text(estimates),
            "p": p_cells(estimates),
            "Heterogeneity": heterogeneity(estimates),
            "Rating": estimates["review_id"].map(ratings),
            "Direction": labels(estimates["direction"], "direction", review),
            "Numbers from": labels(estimates["numbers_from"], "numbers_from", review),
        }
    )
    view = _view(frame, rows=_behind(estimates))
    return view.with_notes(*_notes(frame, review), *_published(estimates, review))


def additional_table(
    estimates: pd.DataFrame, reviews: pd.DataFrame, amstar2: pd.DataFrame, review: Review
) -> TableView:
    """Return the results that the tables of pooled results leave out, with the kind of analysis.

    Parameters
    ----------
    estimates : DataFrame
        With the columns of `umbrella_review.effects.reported.harmonised`, in order of print.
    reviews, amstar2 : DataFrame
        The tables of these names.
    review : Review
        Labels.

    Returns
    -------
    TableView
        One row a result, or the table that says that nothing is left.
    """
    if estimates.empty:
        return empty_table()
    whole = pooled_table(estimates, reviews, amstar2, review).frame
    frame = whole.drop(columns=["Heterogeneity", "Numbers from", "Rating"])
    frame.insert(2, "Analysis", labels(estimates["analysis_type"], "analysis_type", review))
    # A subgroup takes more words.
    view = _view(frame, rows=_behind(estimates), Outcome=36)
    return view.with_notes(*_notes(frame, review))


def followup_table(pairs: pd.DataFrame, reviews: pd.DataFrame, review: Review) -> TableView:
    """Return follow-up results beside the earlier results for the same outcome and review.

    Parameters
    ----------
    pairs : DataFrame
        As `umbrella_review.effects.reported.followup_pairs` gives them; pairs without an earlier
        result are left out.
    reviews : DataFrame
        The table of this name.
    review : Review
        Labels.

    Returns
    -------
    TableView
        One row a pair, or the table that says that nothing is left.
    """
    known = pairs[pairs["estimate_id_first"].notna()].reset_index(drop=True)
    if known.empty:
        return empty_table()
    frame = pd.DataFrame(
        {
            "Outcome": outcome_cells(known, review),
            "Review": known["review_id"].map(cite(reviews)),
            "First result": results_in_words(known, "_first", review),
            "Follow-up": results_in_words(known, "", review),
            "Effect": known["change"].map(CHANGES),
        }
    )
    widths = {"Outcome": 19, "Review": 19, "First result": 25, "Follow-up": 25, "Effect": 12}
    behind = together(
        one_row("estimates", known["estimate_id_first"]), one_row("estimates", known["estimate_id"])
    )
    view = TableView(frame, widths=widths, markdown=("Outcome", "Review"), rows=behind)
    return view.with_notes(*_notes(frame, review))


def _behind(estimates: pd.DataFrame) -> list[RowIds]:
    return together(
        one_row("estimates", estimates["estimate_id"]), one_row("amstar2", estimates["review_id"])
    )


def _view(frame: pd.DataFrame, *, rows: Sequence[RowIds], **wider: float) -> TableView:
    widths = {name: _WIDTHS[name] for name in frame.columns} | wider
    right = dict.fromkeys(("k", "n"), "right")
    return TableView(frame, widths=widths, align=right, markdown=("Outcome", "Review"), rows=rows)


def _notes(frame: pd.DataFrame, review: Review) -> list[str]:
    computed = "p" in frame and frame["p"].str.endswith(COMPUTED).any()
    harmonised = _NOTES["harmonised"].format(level=review.synthesis.confidence_level)
    return [harmonised, *([_NOTES["computed"]] if computed else [])]


def _published(estimates: pd.DataFrame, review: Review) -> list[str]:
    domains = [name for name in review.outcome_tables if name in set(estimates["outcome_domain"])]
    numbers = ", ".join(str(review.outcome_tables[name]) for name in domains)
    return [f"Corresponds to table {numbers} of the published review."] if numbers else []
