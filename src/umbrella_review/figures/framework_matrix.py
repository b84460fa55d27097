"""Implementation findings: reviews against domains of the framework, and the balance by domain."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from umbrella_review.figures.count_matrix import count_matrix
from umbrella_review.figures.diverging_bars import diverging_bars
from umbrella_review.figures.findings_frame import FindingNouns
from umbrella_review.narrative.findings import TOTAL, UNKNOWN
from umbrella_review.narrative.framework import DETERMINANTS
from umbrella_review.palette import DOMAINS
from umbrella_review.review import Review

_NOUNS = FindingNouns("review", "domain", "implementation_findings")


def framework_matrix(counts: pd.DataFrame, names: pd.Series, review: Review) -> Figure:
    """Draw which review found how much in which domain, by determinant.

    Parameters
    ----------
    counts : DataFrame
        From `umbrella_review.narrative.framework.domain_by_review`.
    names : Series
        Short names indexed by review id.
    review : Review
        Gives the labels.

    Returns
    -------
    Figure
        One row a review, one column a domain, totals.
    """
    keys = [key for key in counts["row"].unique() if key != TOTAL]
    rows = {key: "Review not known" if key == UNKNOWN else names[key] for key in keys}
    domains = [key for key in counts["column"].unique() if key != TOTAL]
    columns = {domain: review.label("framework_domain", domain) for domain in domains}
    kinds = {kind: review.label("determinant", kind) for kind in DETERMINANTS}
    every = zip(review.vocabulary("framework_domain"), DOMAINS, strict=False)
    colours = {domain: colour for domain, colour in every if domain in columns}
    return count_matrix(counts, rows, columns, kinds, _NOUNS, colours=colours)


def determinant_bars(counts: pd.DataFrame, review: Review) -> Figure:
    """Draw facilitators against barriers per domain.

    Parameters
    ----------
    counts : DataFrame
        From `umbrella_review.narrative.framework.domain_counts`.
    review : Review
        Gives the labels.

    Returns
    -------
    Figure
        One pair of bars a domain.
    """
    domains = {key: review.label("framework_domain", key) for key in counts["framework_domain"]}
    facilitator, barrier, neutral = DETERMINANTS
    sides = (barrier, facilitator, neutral)
    kinds = {kind: review.label("determinant", kind) for kind in sides}
    return diverging_bars(counts, "framework_domain", domains, kinds, _NOUNS)
