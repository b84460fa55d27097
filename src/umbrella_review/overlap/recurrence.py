"""How often primary studies recur in the reviews, and what that allows to say about overlap."""

from __future__ import annotations

import pandas as pd

from umbrella_review.overlap.cca import BANDS, band, covered_area


def recurrence(overlap: pd.DataFrame, n_reviews: int) -> pd.DataFrame:
    """Return how many primary studies stand in how many reviews.

    Studies that the reported counts leave over stand in some number of reviews that is not
    listed: the derived row gives the smallest and the largest such number.

    Parameters
    ----------
    overlap : DataFrame
        The table `reported_overlap`: facts ``total``, ``recurrence`` and ``maximum``.
    n_reviews : int
        Reviews included: no study can stand in more.

    Returns
    -------
    DataFrame
        Columns `lowest` and `highest` (number of reviews, the same where it is reported),
        `n_studies` and `derived`, in rising order.

    Raises
    ------
    ValueError
        If the total is missing, or the counts exceed it, or leave studies over that fit nowhere.
    """
    totals = overlap.loc[overlap["fact"] == "total", "n_studies"]
    if totals.empty:
        raise ValueError("the table reported_overlap has no row with the fact 'total'")
    listed = overlap[overlap["fact"].isin(("recurrence", "maximum"))]
    known = {
        int(times): int(n_studies)
        for times, n_studies in zip(listed["n_reviews"], listed["n_studies"], strict=True)
    }
    maxima = overlap.loc[overlap["fact"] == "maximum", "n_reviews"]
    ceiling = n_reviews if maxima.empty else int(maxima.iloc[0])
    open_numbers = [number for number in range(1, ceiling + 1) if number not in known]
    rest = int(totals.iloc[0]) - sum(known.values())
    if rest < 0 or (rest > 0 and not open_numbers):
        raise ValueError(
            f"the counts in reported_overlap add up to {sum(known.values())} primary studies,"
            f" which cannot agree with the total of {int(totals.iloc[0])}"
        )
    rows = [(number, number, n_studies, False) for number, n_studies in known.items()]
    if rest:
        rows.append((open_numbers[0], open_numbers[-1], rest, True))
    frame = pd.DataFrame(rows, columns=["lowest", "highest", "n_studies", "derived"])
    return frame.sort_values("lowest", ignore_index=True)


def spans(counts: pd.DataFrame) -> list[str]:
    """Return the numbers of reviews in words.

    Parameters
    ----------
    counts : DataFrame
        As `recurrence` gives it.

    Returns
    -------
    list of str
        One text a row: ``2``, or ``4 to 8`` for a derived row.
    """
    pairs = zip(counts["lowest"], counts["highest"], strict=True)
    return [str(low) if low == high else f"{low} to {high}" for low, high in pairs]


def inclusion_bounds(counts: pd.DataFrame) -> tuple[int, int]:
    """Return the smallest and the largest number of inclusions that a distribution allows.

    Parameters
    ----------
    counts : DataFrame
        As `recurrence` gives it.

    Returns
    -------
    lowest, highest : int
        The same where no row is derived.
    """
    lowest = int((counts["n_studies"] * counts["lowest"]).sum())
    highest = int((counts["n_studies"] * counts["highest"]).sum())
    return lowest, highest


def area_bounds(counts: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Return bounds of the inclusions and of the corrected covered area.

    Parameters
    ----------
    counts : DataFrame
        As `recurrence` gives it.
    reviews : DataFrame
        The table of this name: its own counts of primary studies are a lower bound of the
        inclusions, if they were counted as the total was.

    Returns
    -------
    DataFrame
        Rows ``reported`` and ``own_counts``; columns `basis`, `lowest`, `highest` (inclusions),
        `area_lowest`, `area_highest` (percent), `pieper` and `groove` (the bands of both bounds
        by each convention, e.g. ``slight to moderate``), `possible` (whether the lower bound
        keeps below the upper one).
    """
    lowest, highest = inclusion_bounds(counts)
    own = max(lowest, int(reviews["n_primary_studies"].sum()))
    n_studies, n_reviews = int(counts["n_studies"].sum()), len(reviews)
    rows = []
    for basis, least in (("reported", lowest), ("own_counts", own)):
        areas = [100 * covered_area(n, n_studies, n_reviews) for n in (least, highest)]
        names = [
            " to ".join(dict.fromkeys(band(area, convention) for area in areas))
            for convention in BANDS
        ]
        rows.append((basis, least, highest, *areas, *names, least <= highest))
    columns = ["basis", "lowest", "highest", "area_lowest", "area_highest", *BANDS, "possible"]
    return pd.DataFrame(rows, columns=columns)
