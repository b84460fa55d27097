"""How far the estimates of pairs of reviews depend on each other, by what is known of them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from umbrella_review.overlap.correlation import correlation_from_counts, naive_pooling

LISTS = "lists"
SAME_EVIDENCE = "same_evidence"


def dependence(pairs: pd.DataFrame, overlap: pd.DataFrame) -> pd.DataFrame:
    """Return the correlation of pairs of reviews, and what an average that ignores it loses.

    Parameters
    ----------
    pairs : DataFrame
        As `umbrella_review.overlap.known.known_pairs` gives it.
    overlap : DataFrame
        The table `reported_overlap`: a fact ``shared_evidence`` says that the named reviews pool
        the same studies, which makes their estimates one.

    Returns
    -------
    DataFrame
        Pairs that share a study: `basis` (``lists`` for lower bounds from shared studies, equally
        weighted, over the reviews' own numbers; ``same_evidence``), `review_a`, `review_b`,
        `outcome` (missing for lists, which are of whole reviews), `own_a`, `own_b`, `n_shared`,
        `correlation`, `inflation` (true over naive variance of the average of two estimates of
        equal standard error) and `effective_reviews` (independent reviews the two are worth).
        The last three are missing where a review's own number is.
    """
    known = pairs[pairs["n_shared"] > 0].assign(basis=LISTS, outcome=None)
    counts = (known[name].astype("Float64") for name in ("own_a", "own_b", "n_shared"))
    known["correlation"] = correlation_from_counts(
        *(column.to_numpy(dtype=float, na_value=np.nan) for column in counts)
    )
    columns = ["basis", "review_a", "review_b", "outcome", "own_a", "own_b", "n_shared"]
    rows = [*known[[*columns, "correlation"]].itertuples(index=False, name=None), *_same(overlap)]
    frame = pd.DataFrame(rows, columns=[*columns, "correlation"])
    averages = [_average(correlation) for correlation in frame["correlation"]]
    frame["inflation"] = [inflation for inflation, _ in averages]
    frame["effective_reviews"] = [effective for _, effective in averages]
    return frame


def _same(overlap: pd.DataFrame) -> list[tuple[object, ...]]:
    facts = overlap[overlap["fact"] == "shared_evidence"]
    return [
        (SAME_EVIDENCE, a, b, outcome, pd.NA, pd.NA, pd.NA, 1.0)
        for named, outcome in zip(facts["review_ids"], facts["outcome"], strict=True)
        for a, b in combinations(named, 2)
    ]


def _average(correlation: float) -> tuple[float, float]:
    if np.isnan(correlation):
        return correlation, correlation
    pooled = naive_pooling([[1.0, correlation], [correlation, 1.0]])
    return pooled.inflation, pooled.effective_reviews
