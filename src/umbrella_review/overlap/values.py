"""What is known of the overlap, as values to record."""

from __future__ import annotations

from typing import Any

import pandas as pd

from umbrella_review.counting import make_value, percent
from umbrella_review.ledger import Value

TOPIC = "overlap"


def recurrence_values(counts: pd.DataFrame, overlap: pd.DataFrame) -> list[Value]:
    """Return how many primary studies stand in how many reviews.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.overlap.recurrence.recurrence` gives it.
    overlap : DataFrame
        The table `reported_overlap`, for the ids of the rows.
    """
    rows = {"reported_overlap": overlap["overlap_id"].tolist()}
    total = int(counts["n_studies"].sum())
    known = counts[~counts["derived"]]
    listed = overlap.loc[overlap["fact"] == "recurrence", "n_studies"].sum()
    once = int(counts.loc[counts["highest"] == 1, "n_studies"].sum())
    numbers: dict[str, int] = {
        "n_studies": total,
        "n_in_several": total - once,
        "n_in_more_than_listed": total - int(listed),
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


def area_values(bounds: pd.DataFrame, reviews: pd.DataFrame) -> list[Value]:
    """Return the bounds of inclusions and corrected covered area, and the reviews' own counts.

    Parameters
    ----------
    bounds : DataFrame
        As `umbrella_review.overlap.recurrence.area_bounds` gives it.
    reviews : DataFrame
        The table of this name.
    """
    reported: dict[Any, Any] = bounds[bounds["basis"] == "reported"].iloc[0].to_dict()
    known = reviews["n_primary_studies"].notna()
    total = int(reviews["n_primary_studies"].sum())
    rows = {"reviews": reviews.loc[known, "review_id"].tolist()}
    names = list(dict.fromkeys((reported["band_lowest"], reported["band_highest"])))
    percent_values = [
        make_value(f"{TOPIC}.cca_{end}", reported[f"area_{end}"], unit="%", decimals=2)
        for end in ("lowest", "highest")
    ]
    return [
        make_value(f"{TOPIC}.inclusions_lowest", int(reported["lowest"])),
        make_value(f"{TOPIC}.inclusions_highest", int(reported["highest"])),
        *percent_values,
        make_value(f"{TOPIC}.band", " to ".join(names)),
        make_value(f"{TOPIC}.own_counts_sum", total, rows=rows),
        make_value(f"{TOPIC}.own_counts_known", int(known.sum()), unit="reviews", rows=rows),
        make_value(f"{TOPIC}.own_counts_not_known", int((~known).sum()), unit="reviews"),
        make_value(f"{TOPIC}.inclusions_left", int(reported["highest"]) - total, rows=rows),
    ]


def known_values(
    lists: pd.DataFrame,
    pairs: pd.DataFrame,
    citations: pd.DataFrame,
    reviews: pd.DataFrame,
    names: pd.Series,
) -> list[Value]:
    """Return how much of the citation matrix is known, and the pair that shares most.

    Parameters
    ----------
    lists, pairs : DataFrame
        As `known_lists` and `known_pairs` of `umbrella_review.overlap.known` give them.
    citations, reviews : DataFrame
        The tables of these names.
    names : Series
        Short citations by review id.
    """
    rows = {"citations": citations["citation_id"].tolist()}
    numbers = {
        "n_inclusions_known": len(citations),
        "n_studies_known": citations["study_id"].nunique(),
        "n_lists_known": len(lists),
        "n_lists_complete": int(lists["complete"].sum()),
        "n_lists_not_known": len(reviews) - len(lists),
        "n_pairs_compared": len(pairs),
        "n_pairs_sharing": int((pairs["n_shared"] > 0).sum()),
    }
    values = [make_value(f"{TOPIC}.{name}", n, rows=rows) for name, n in numbers.items()]
    if not numbers["n_pairs_sharing"]:
        return [*values, make_value(f"{TOPIC}.shared_most", 0, rows=rows)]
    first = pairs.iloc[0]
    both = f"{names[first['review_a']]} and {names[first['review_b']]}"
    return [
        *values,
        make_value(f"{TOPIC}.shared_most", int(first["n_shared"]), rows=rows),
        make_value(f"{TOPIC}.shared_most_reviews", both, rows=rows),
        make_value(f"{TOPIC}.shared_most_studies", " and ".join(first["shared"]), rows=rows),
    ]
