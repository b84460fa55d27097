"""What is known of the overlap, as values to record."""

from __future__ import annotations

from typing import Any

import pandas as pd

from umbrella_review.counting import make_value, percent
from umbrella_review.ledger import Value
from umbrella_review.overlap.cca import BANDS
from umbrella_review.words import enumerate_words

TOPIC = "overlap"


def recurrence_values(counts: pd.DataFrame, overlap: pd.DataFrame) -> list[Value]:
    """Return how many primary studies stand in how many reviews.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.overlap.recurrence.recurrence` gives it.
    overlap : DataFrame
        The table `reported_overlap`, for the ids of the rows.

    Returns
    -------
    list of Value
        Counts of studies by number of reviews, with two shares in percent; the numbers of the
        derived row only where there is one.
    """
    rows = {"reported_overlap": overlap["overlap_id"].tolist()}
    total = int(counts["n_studies"].sum())
    known = counts[~counts["derived"]]
    listed = overlap[overlap["fact"] == "recurrence"]
    once = int(counts.loc[counts["highest"] == 1, "n_studies"].sum())
    numbers: dict[str, int] = {
        "n_studies": total,
        "n_in_several": total - once,
        "n_in_more_than_listed": total - int(listed["n_studies"].sum()),
        "listed_highest": int(listed["n_reviews"].max()),
        "maximum": int(counts["highest"].max()),
        "n_at_maximum": int(counts["n_studies"].iloc[-1]),
        "inclusions_exact": int((known["n_studies"] * known["lowest"]).sum()),
        **{f"n_in_{row['lowest']}": int(row["n_studies"]) for _, row in known.iterrows()},
    }
    for _, row in counts[counts["derived"]].iterrows():
        numbers |= {
            "n_rest": int(row["n_studies"]),
            "rest_lowest": int(row["lowest"]),
            "rest_highest": int(row["highest"]),
        }
    values = [make_value(f"{TOPIC}.{name}", n, rows=rows) for name, n in numbers.items()]
    shares = {"share_in_1": once, "share_in_several": total - once}
    return values + [
        make_value(f"{TOPIC}.{name}", percent(n, total), unit="%", decimals=0, rows=rows)
        for name, n in shares.items()
    ]


def area_values(
    bounds: pd.DataFrame, overlap: pd.DataFrame, reviews: pd.DataFrame, bands: str
) -> list[Value]:
    """Return the bounds of inclusions and corrected covered area, and the reviews' own counts.

    Parameters
    ----------
    bounds : DataFrame
        As `umbrella_review.overlap.recurrence.area_bounds` gives it.
    overlap, reviews : DataFrame
        The tables `reported_overlap` and `reviews`, for the ids of the rows.
    bands : {'pieper', 'groove'}
        The convention of the protocol.

    Returns
    -------
    list of Value
        Counts, areas in percent with two decimals, and the band by each convention.
    """
    reported: dict[Any, Any] = bounds[bounds["basis"] == "reported"].iloc[0].to_dict()
    known = reviews["n_primary_studies"].notna()
    total = int(reviews["n_primary_studies"].sum())
    rows = {"reviews": reviews.loc[known, "review_id"].tolist()}
    others = {"reviews": reviews.loc[~known, "review_id"].tolist()}
    stated = {"reported_overlap": overlap["overlap_id"].tolist()}
    percent_values = [
        make_value(f"{TOPIC}.cca_{end}", reported[f"area_{end}"], unit="%", decimals=2, rows=stated)
        for end in ("lowest", "highest")
    ]
    return [
        make_value(f"{TOPIC}.inclusions_lowest", int(reported["lowest"]), rows=stated),
        make_value(f"{TOPIC}.inclusions_highest", int(reported["highest"]), rows=stated),
        *percent_values,
        make_value(f"{TOPIC}.band", reported[bands], rows=stated),
        *(make_value(f"{TOPIC}.band_{name}", reported[name], rows=stated) for name in BANDS),
        make_value(f"{TOPIC}.own_counts_sum", total, rows=rows),
        make_value(f"{TOPIC}.own_counts_known", int(known.sum()), unit="reviews", rows=rows),
        make_value(
            f"{TOPIC}.own_counts_not_known", int((~known).sum()), unit="reviews", rows=others
        ),
        make_value(
            f"{TOPIC}.inclusions_left", int(reported["highest"]) - total, rows=rows | stated
        ),
    ]


def known_values(
    lists: pd.DataFrame,
    pairs: pd.DataFrame,
    citations: pd.DataFrame,
    named: pd.DataFrame,
    names: pd.Series,
) -> list[Value]:
    """Return how much of the citation matrix is known, and the pair that shares most.

    Parameters
    ----------
    lists, pairs : DataFrame
        As `known_lists` and `known_pairs` of `umbrella_review.overlap.known` give them.
    citations : DataFrame
        The table of this name.
    named : DataFrame
        Rows of `citations` whose primary study can be recognised in another review.
    names : Series
        Short citations of all reviews, by review id.

    Returns
    -------
    list of Value
        Counts, and the names of the reviews and studies of the pair that shares most; ``none``
        where no pair shares a study.
    """
    rows = {"citations": citations["citation_id"].tolist()}
    numbers = {
        "n_inclusions_known": len(citations),
        "n_inclusions_unnamed": len(citations) - len(named),
        "n_studies_known": named["study_id"].nunique(),
        "n_lists_known": len(lists),
        "n_lists_complete": int(lists["complete"].sum()),
        "n_lists_not_known": len(names) - len(lists),
        "n_pairs_compared": len(pairs),
        "n_pairs_sharing": int((pairs["n_shared"] > 0).sum()),
    }
    values = [make_value(f"{TOPIC}.{name}", n, rows=rows) for name, n in numbers.items()]
    most = pairs[pairs["n_shared"] > 0].head(1)
    both = [names[key] for key in (*most["review_a"], *most["review_b"])]
    studies = [study for shared in most["shared"] for study in shared]
    return [
        *values,
        make_value(f"{TOPIC}.shared_most", len(studies), rows=rows),
        make_value(f"{TOPIC}.shared_most_reviews", enumerate_words(both), rows=rows),
        make_value(f"{TOPIC}.shared_most_studies", enumerate_words(studies), rows=rows),
    ]
