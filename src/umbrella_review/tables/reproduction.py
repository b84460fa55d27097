"""Tables on the reproduction of published numbers."""

from __future__ import annotations

import pandas as pd

from umbrella_review.audit.summary import LABELS, by_topic, summary_sentence
from umbrella_review.counting import ALL
from umbrella_review.ledger import format_value
from umbrella_review.tables.citation import typeset
from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.rows import EVERY, RowIds, group_rows, one_row, together
from umbrella_review.tables.view import TableView
from umbrella_review.words import capitalised

_TABLE = "published_results"
_FEW = 3  # ids that are listed; of more rows only the number is told
_YEAR = "year"  # the only unit whose numbers have no groups of thousands


def summary_table(results: pd.DataFrame) -> TableView:
    """Return what became of the numbers by topic, with a last row for all and a sentence below.

    Parameters
    ----------
    results : DataFrame
        As `umbrella_review.audit.reproduce.reproduce` gives it.

    Returns
    -------
    TableView
        A row a topic.
    """
    counts = by_topic(results)
    behind = group_rows(_TABLE, results, "result_id", "topic", counts.index)
    behind.append({_TABLE: EVERY})
    counts.loc[ALL] = counts.sum()
    frame = counts.rename(columns=dict(LABELS)).rename_axis("Topic").reset_index()
    heads = list(frame.columns[1:])
    words = {head: max(map(len, head.split())) for head in heads}  # no word of a head is broken
    widths = {"Topic": 24, **words, ALL: 6}
    align = dict.fromkeys(heads, "right")
    return TableView(frame, widths, align, notes=[summary_sentence(results)], rows=behind)


def differences_table(results: pd.DataFrame, reviews: pd.DataFrame) -> TableView:
    """Return the published numbers that the data contradict, with the reasons.

    Parameters
    ----------
    results : DataFrame
        As `umbrella_review.audit.reproduce.reproduce` gives it.
    reviews : DataFrame
        The table of this name; its short citations stand for ids of reviews in the texts.

    Returns
    -------
    TableView
        A row a number.
    """
    rows = results[results["status"] == "differs"]
    if rows.empty:
        return empty_table()
    frame = pd.DataFrame(
        {
            "Statement": typeset(rows["statement"], reviews).map(_sentence),
            "Stated in": rows["stated_in"],
            "Published": _published(rows),
            "Recomputed": rows["recomputed"],
            "Reason": typeset(rows["reason"], reviews).map(_sentence),
        }
    )
    widths = {"Statement": 2.4, "Stated in": 1.7, "Published": 0.9, "Recomputed": 1.1, "Reason": 4}
    return TableView(frame, widths, _right("Published", "Recomputed"), rows=_behind(rows))


def gaps_table(results: pd.DataFrame, reviews: pd.DataFrame) -> TableView:
    """Return the published numbers that could not, or only partly, be recomputed.

    Parameters
    ----------
    results : DataFrame
        As `umbrella_review.audit.reproduce.reproduce` gives it.
    reviews : DataFrame
        The table of this name; its short citations stand for ids of reviews in the texts.

    Returns
    -------
    TableView
        A row a number.
    """
    rows = results[results["status"].isin(["partly", "cannot"])]
    if rows.empty:
        return empty_table()
    frame = pd.DataFrame(
        {
            "Statement": typeset(rows["statement"], reviews).map(_sentence),
            "Published": _published(rows),
            "From the known part": rows["recomputed"],
            "Result": rows["status"].map(dict(LABELS)),
            "Reason": typeset(rows["reason"], reviews).map(_sentence),
        }
    )
    widths = {
        "Statement": 2.4,
        "Published": 0.9,
        "From the known part": 1.0,
        "Result": 1.3,
        "Reason": 3.8,
    }
    right = _right("Published", "From the known part")
    return TableView(frame, widths, right, rows=_behind(rows))


def results_table(results: pd.DataFrame, reviews: pd.DataFrame) -> TableView:
    """Return every published number beside the recomputed one, with rule, rows and reason.

    Parameters
    ----------
    results : DataFrame
        As `umbrella_review.audit.reproduce.reproduce` gives it.
    reviews : DataFrame
        The table of this name; its short citations stand for ids of reviews in the texts.

    Returns
    -------
    TableView
        A row a number.
    """
    frame = pd.DataFrame(
        {
            "No.": results["result_id"],
            "Statement": typeset(results["statement"], reviews).map(_sentence),
            "Published": _published(results),
            "Recomputed": results["recomputed"],
            "Result": results["status"].map(dict(LABELS)),
            "Rule": results["rule"].map(_sentence),
            "Rows": results["rows"].map(_rows),
            "Reason": typeset(results["reason"], reviews).map(_sentence),
        }
    )
    widths = {
        "No.": 0.8,
        "Statement": 2.6,
        "Published": 1.15,
        "Recomputed": 1.25,
        "Result": 1.4,
        "Rule": 3.7,
        "Rows": 2.0,
        "Reason": 3.0,
    }
    return TableView(frame, widths, _right("Published", "Recomputed"), rows=_behind(results))


def _behind(results: pd.DataFrame) -> list[RowIds]:
    """Return the published number, and the rows that its rule reads."""
    pairs = zip(results["table"], results["rows"], strict=True)
    read: list[RowIds] = [{table: ids} if ids else {} for table, ids in pairs]
    return together(one_row(_TABLE, results["result_id"]), read)


def _rows(ids: tuple[str, ...]) -> str:
    return ", ".join(ids) if len(ids) <= _FEW else f"{len(ids)} rows"


def _published(rows: pd.DataFrame) -> list[str]:
    pairs = zip(rows["published"], rows["unit"], strict=True)
    return [_printed(figure) if unit != _YEAR else figure for figure, unit in pairs]


def _printed(figure: str) -> str:
    places = len(figure.partition(".")[2])
    return format_value(float(figure), places)


def _sentence(text: str) -> str:
    """Return a text that begins with a capital, unless it begins with the name of a column."""
    first = text.split(" ", 1)[0]
    return text if "_" in first or len(first) < 2 else capitalised(text)


def _right(*heads: str) -> dict[str, str]:
    return dict.fromkeys(heads, "right")
