"""Tables on the overlap of primary studies."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from umbrella_review.counting import percent
from umbrella_review.ledger import format_value
from umbrella_review.overlap.cca import BANDS, band
from umbrella_review.overlap.recurrence import spans
from umbrella_review.tables.citation import cite
from umbrella_review.tables.numbers import DASH, integer, number
from umbrella_review.tables.rows import EVERY, group_rows, many_rows, one_row, together
from umbrella_review.tables.view import TableView
from umbrella_review.words import capitalised

BAND_NAMES = {"pieper": "Pieper", "groove": "GROOVE"}
BASES = {
    "reported": "Counts of recurring studies as reported",
    "own_counts": "Counts of recurring studies, and the reviews' own numbers of primary studies",
}

_COUNTED = ("total", "recurrence", "maximum")  # facts that tell how often studies recur
_KEY = "overlap_id"


def recurrence_table(counts: pd.DataFrame, overlap: pd.DataFrame) -> TableView:
    """Return how many primary studies stand in how many reviews.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.overlap.recurrence.recurrence` gives it.
    overlap : DataFrame
        The table `reported_overlap`.

    Returns
    -------
    TableView
        One row a number of reviews; shares in percent of all primary studies.
    """
    total = int(counts["n_studies"].sum())
    frame = pd.DataFrame(
        {
            "Reviews that include the study": spans(counts),
            "Primary studies": counts["n_studies"].map(format_value),
            "Share (%)": counts["n_studies"].map(lambda n: format_value(percent(n, total), 1)),
            "Known from": counts["derived"].map({True: "What is left over", False: "Reported"}),
        }
    )
    counted = overlap[overlap["fact"].isin(_COUNTED)]
    behind = many_rows(
        "reported_overlap",
        [
            # What is left over comes of all the others; any share, of the total.
            counted.loc[derived | counted["n_reviews"].eq(n) | counted["fact"].eq("total"), _KEY]
            for n, derived in zip(counts["lowest"], counts["derived"], strict=True)
        ],
    )
    align = {"Primary studies": "right", "Share (%)": "right"}
    return TableView(frame, align=align, rows=behind)


def bounds_table(bounds: pd.DataFrame, overlap: pd.DataFrame) -> TableView:
    """Return the bounds of inclusions and corrected covered area.

    Parameters
    ----------
    bounds : DataFrame
        As `umbrella_review.overlap.recurrence.area_bounds` gives it.
    overlap : DataFrame
        The table `reported_overlap`.

    Returns
    -------
    TableView
        One row a way to count inclusions.
    """
    frame = pd.DataFrame(
        {
            "Computed from": bounds["basis"].map(BASES),
            "Inclusions": _ranges(bounds["lowest"], bounds["highest"], 0),
            "Corrected covered area (%)": _ranges(bounds["area_lowest"], bounds["area_highest"], 2),
            **{f"Band ({BAND_NAMES[name]})": bounds[name].map(capitalised) for name in BANDS},
        }
    )
    counted = tuple(overlap.loc[overlap["fact"].isin(_COUNTED), _KEY])
    behind = together(
        many_rows("reported_overlap", [counted] * len(bounds)),
        many_rows("reviews", [EVERY] * len(bounds)),
    )
    widths = {"Computed from": 2.6, "Corrected covered area (%)": 1.4}
    return TableView(frame, widths, rows=behind)


def known_lists_table(
    lists: pd.DataFrame, citations: pd.DataFrame, reviews: pd.DataFrame, labels: Mapping[str, str]
) -> TableView:
    """Return how much of the lists of primary studies is known.

    Parameters
    ----------
    lists : DataFrame
        As `umbrella_review.overlap.known.known_lists` gives it.
    citations : DataFrame
        The inclusions that were counted.
    reviews : DataFrame
        The table of this name.
    labels : mapping of str to str
        Printed words of the certainties.

    Returns
    -------
    TableView
        One row a review with a known list, and a last row for all others.
    """
    shown = [word for word in labels if word in lists.columns]
    frame = pd.DataFrame({"Review": lists["review_id"].map(cite(reviews))})
    for word in shown:
        frame[labels[word]] = lists[word].map(format_value)
    frame["Primary studies of the review"] = lists["n_primary_studies"].map(integer)
    frame["List"] = lists["complete"].map({True: "Complete", False: "In part"})
    listed = lists["review_id"]
    behind = together(
        group_rows("citations", citations, "citation_id", "review_id", listed),
        one_row("reviews", listed),
    )
    other = reviews.loc[~reviews["review_id"].isin(listed), "review_id"]
    if len(other):
        rest = dict.fromkeys(frame.columns, DASH)
        rest |= {"Review": f"{len(other)} other reviews", "List": "Not known"}
        behind += many_rows("reviews", [other])
        frame = pd.concat([frame.astype(object), pd.DataFrame([rest])], ignore_index=True)
    align = {labels[word]: "right" for word in shown}
    align["Primary studies of the review"] = "right"
    return TableView(frame, {"Review": 2}, align, markdown=["Review"], rows=behind)


def pairs_table(pairs: pd.DataFrame, citations: pd.DataFrame, reviews: pd.DataFrame) -> TableView:
    """Return the shared primary studies of pairs of reviews.

    Parameters
    ----------
    pairs : DataFrame
        As `umbrella_review.overlap.known.known_pairs` gives it.
    citations : DataFrame
        The inclusions that the pairs were made from.
    reviews : DataFrame
        The table of this name.

    Returns
    -------
    TableView
        One row a pair, in the order of `pairs`; covered areas in percent, with and without the
        cells that no study can fill, each with its band by both conventions.
    """
    marks = cite(reviews)
    known = zip(_of(pairs["n_a"], pairs["own_a"]), _of(pairs["n_b"], pairs["own_b"]), strict=True)
    frame = pd.DataFrame(
        {
            "Reviews": [
                f"{marks[a]} and {marks[b]}"
                for a, b in zip(pairs["review_a"], pairs["review_b"], strict=True)
            ],
            "Known studies": [" and ".join(both) for both in known],
            "Shared, at least": [
                ": ".join(part for part in (str(len(names)), "; ".join(names)) if part)
                for names in pairs["shared"]
            ],
            "Covered area, at least": pairs["covered_area"].map(area_cell),
            "Later than the other review, at least": pairs["n_impossible"].map(format_value),
            "Covered area without these, at least": pairs["covered_area_possible"].map(area_cell),
        }
    )
    widths = {"Reviews": 1.6, "Shared, at least": 1.2}
    areas = ("Covered area, at least", "Covered area without these, at least")
    align = {"Later than the other review, at least": "right"}
    both = (pairs["review_a"], pairs["review_b"])
    behind = together(
        *(group_rows("citations", citations, "citation_id", "review_id", ids) for ids in both),
        *(one_row("reviews", ids) for ids in both),
    )
    widths |= dict.fromkeys(areas, 1.3)
    return TableView(frame, widths, align, markdown=["Reviews"], rows=behind)


def area_cell(area: float) -> str:
    """Return a corrected covered area with its band by each convention.

    Parameters
    ----------
    area : float
        From 0 to 1, or missing.

    Returns
    -------
    str
        For example ``5.0% (Pieper: slight; GROOVE: moderate)``; an en dash where it is missing.
    """
    if pd.isna(area):
        return DASH
    named = "; ".join(f"{BAND_NAMES[key]}: {band(100 * area, key)}" for key in BANDS)
    return f"{number(100 * area, 1)}% ({named})"


def shared_evidence_table(overlap: pd.DataFrame, reviews: pd.DataFrame) -> TableView:
    """Return the results that enter twice, through two reviews of the same studies.

    Parameters
    ----------
    overlap, reviews : DataFrame
        The tables `reported_overlap` and `reviews`.

    Returns
    -------
    TableView
        One row a result.
    """
    rows = overlap[overlap["fact"] == "shared_evidence"].reset_index(drop=True)
    marks = cite(reviews)
    frame = pd.DataFrame(
        {
            "Reviews": rows["review_ids"].map(lambda ids: " and ".join(marks[key] for key in ids)),
            "Outcome": rows["outcome"].str.capitalize(),
            "What shows it": rows["note"],
        }
    )
    widths = {"Reviews": 1.8, "Outcome": 1.2, "What shows it": 3}
    behind = one_row("reported_overlap", rows[_KEY])
    return TableView(frame, widths, markdown=["Reviews"], rows=behind)


def _ranges(low: pd.Series, high: pd.Series, decimals: int) -> list[str]:
    return [
        f"{format_value(a, decimals)} to {format_value(b, decimals)}"
        for a, b in zip(low, high, strict=True)
    ]


def _of(part: pd.Series, whole: pd.Series) -> list[str]:
    return [f"{n} of {integer(of)}" for n, of in zip(part, whole, strict=True)]
