"""Tables of directions of effect: how many reviews have which, and the statements behind them."""

from __future__ import annotations

from itertools import chain

import pandas as pd

from umbrella_review.appraisal.ratings import rating_words
from umbrella_review.effects.reported import LATER
from umbrella_review.narrative.directions import direction_counts, first_results
from umbrella_review.ordering import in_order_of
from umbrella_review.review import Review
from umbrella_review.tables.citation import cite, typeset
from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.estimate_cells import labels, outcome_cells
from umbrella_review.tables.rows import RowIds, many_rows, one_row, together
from umbrella_review.tables.view import TableView
from umbrella_review.vocabulary import DIRECTIONS
from umbrella_review.words import capitalised, uncapitalised

KEYS = ["synthesis", "outcome_domain", "outcome_group"]
_RULE = (
    "Each review counts once per outcome and synthesis, with its first result; where its "
    "statements differ, as mixed. The columns on follow-up count results after the end of the "
    "intervention in the same way. A statement that names no review is counted under its "
    "direction, but not as a review."
)


def summary_table(units: pd.DataFrame, review: Review) -> TableView:
    """Return how many reviews have which direction, per synthesis and outcome group.

    Parameters
    ----------
    units : DataFrame
        As `umbrella_review.narrative.directions.by_review` gives it.
    review : Review
        Labels, and the order of outcome groups.

    Returns
    -------
    TableView
        One row a synthesis and outcome group, a column for each direction that occurs; first
        results, then follow-up. Or the table that says that nothing is left.
    """
    if units.empty:
        return empty_table()
    first = direction_counts(first_results(units))
    later = direction_counts(units[units["period"].eq(LATER)])
    both = first.merge(later, on=KEYS, how="left", suffixes=("", "_later")).fillna(0)
    ordered = _ordered(both, review)
    frame = pd.DataFrame(
        {
            "Synthesis": labels(ordered["synthesis"], "synthesis", review),
            "Outcome": labels(ordered["outcome_group"], "outcome_group", review),
            "Reviews": ordered["n_reviews"].map(str),
        }
    )
    shown = [word for word in DIRECTIONS if ordered[word].any() or ordered[f"{word}_later"].any()]
    for suffix, head in (("", ""), ("_later", "Follow-up: ")):
        for word in shown:
            label = review.label("direction", word)
            name = f"{head}{uncapitalised(label)}" if head else label
            frame[name] = ordered[f"{word}{suffix}"].astype(int).map(str)
    numbers = list(frame.columns[2:])
    widths = {"Synthesis": 20, "Outcome": 20} | dict.fromkeys(numbers, 10.5)
    align = dict.fromkeys(numbers, "right")
    return TableView(frame, widths, align, notes=(_RULE,), rows=statements_behind(ordered, units))


def statements_behind(outcomes: pd.DataFrame, units: pd.DataFrame) -> list[RowIds]:
    """Return the statements behind each synthesis and outcome group.

    Parameters
    ----------
    outcomes : DataFrame
        One row a synthesis and outcome group, with the columns of `KEYS`.
    units : DataFrame
        As `umbrella_review.narrative.directions.by_review` gives them.

    Returns
    -------
    list of RowIds
        Of the table `effect_directions`, one entry a row of `outcomes`.
    """
    groups = units.groupby(KEYS, sort=False)["direction_ids"]
    ids = {key: list(chain.from_iterable(found)) for key, found in groups}
    keys = outcomes[KEYS].itertuples(index=False, name=None)
    return many_rows("effect_directions", (ids.get(key, ()) for key in keys))


def statements_table(
    directions: pd.DataFrame, reviews: pd.DataFrame, amstar2: pd.DataFrame, review: Review
) -> TableView:
    """Return statements on directions of effect in full.

    Parameters
    ----------
    directions : DataFrame
        Rows of the table `effect_directions`.
    reviews, amstar2 : DataFrame
        The tables of these names.
    review : Review
        Labels, and the order of outcome groups.

    Returns
    -------
    TableView
        One row a statement, by synthesis and outcome group, or the table that says that nothing
        is left.
    """
    if directions.empty:
        return empty_table()
    rows = _ordered(directions, review)
    frame = pd.DataFrame(
        {
            "Outcome": outcome_cells(rows, review),
            "Review": rows["review_id"].map(cite(reviews)).fillna("not named"),
            "Population": typeset(rows["population"], reviews),
            "Time": typeset(rows["timepoint"], reviews),
            "Direction": labels(rows["direction"], "direction", review),
            "Rating": rows["review_id"].map(rating_words(amstar2, review.vocabulary("rating"))),
            "Note": typeset(rows["note"], reviews),
        }
    )
    widths = {"Outcome": 19, "Review": 18, "Population": 15, "Time": 8, "Direction": 14}
    widths |= {"Rating": 13, "Note": 27}
    return TableView(
        frame,
        widths=widths,
        markdown=("Outcome", "Review"),
        rows=together(
            one_row("effect_directions", rows["direction_id"]),
            one_row("amstar2", rows["review_id"]),
        ),
    )


def inconsistent_table(
    directions: pd.DataFrame, reviews: pd.DataFrame, review: Review
) -> TableView:
    """Return statements that the review's own numbers contradict.

    Parameters
    ----------
    directions : DataFrame
        Rows of the table `effect_directions`.
    reviews : DataFrame
        The table of this name.
    review : Review
        Labels.

    Returns
    -------
    TableView
        One row a statement, or the table that says that nothing is left.
    """
    rows = inconsistent(directions)
    if rows.empty:
        return empty_table()
    frame = pd.DataFrame(
        {
            "Review": rows["review_id"].map(cite(reviews)),
            "Outcome": rows["outcome"].map(capitalised),
            "Time": typeset(rows["timepoint"], reviews),
            "Direction as stated": labels(rows["direction"], "direction", review),
            "What the review's own numbers say": typeset(rows["note"], reviews).map(
                capitalised, na_action="ignore"
            ),
        }
    )
    widths = {"Review": 14, "Outcome": 14, "Time": 11, "Direction as stated": 13}
    widths |= {"What the review's own numbers say": 30}
    behind = one_row("effect_directions", rows["direction_id"])
    return TableView(frame, widths=widths, markdown=("Review",), rows=behind)


def inconsistent(directions: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that estimates contradict.

    Parameters
    ----------
    directions : DataFrame
        Rows of the table `effect_directions`.

    Returns
    -------
    DataFrame
        Rows in their order, with a new index; statements that were not checked are left out.
    """
    no = directions["consistent_with_estimates"].eq(False).fillna(False)
    return directions[no.astype(bool)].reset_index(drop=True)


def _ordered(rows: pd.DataFrame, review: Review) -> pd.DataFrame:
    orders = {name: review.vocabulary(name) for name in ("synthesis", "outcome_group")}
    return in_order_of(rows, **orders)
