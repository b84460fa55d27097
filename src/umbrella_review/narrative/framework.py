"""Implementation findings by the domains of a framework: what helps and what hinders."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from umbrella_review.ledger import Value
from umbrella_review.narrative.finding_values import (
    Coding,
    common_values,
    group_values,
    support_values,
)
from umbrella_review.narrative.findings import (
    UNKNOWN,
    by_review,
    grid,
    group_counts,
    known_reviews,
    review_totals,
)

TABLE = "implementation_findings"
DETERMINANTS = ("facilitator", "barrier", "neutral")


def domain_counts(findings: pd.DataFrame, domains: Sequence[str]) -> pd.DataFrame:
    """Return per domain the findings of each determinant and the reviews behind them.

    Parameters
    ----------
    findings : DataFrame
        Implementation findings.
    domains : sequence of str
        Domains of the framework in the order of print.

    Returns
    -------
    DataFrame
        As `umbrella_review.narrative.findings.group_counts`.
    """
    return group_counts(findings, "framework_domain", domains, "determinant", DETERMINANTS)


def domain_by_review(
    findings: pd.DataFrame, domains: Sequence[str], kept: pd.DataFrame
) -> pd.DataFrame:
    """Return the review x domain matrix of findings, reviews with most findings first.

    A finding of several reviews stands in the row of each, and once in the totals. Findings
    whose review is not known have a row of their own, last, where there are any.

    Parameters
    ----------
    findings : DataFrame
        Implementation findings.
    domains : sequence of str
        Domains of the framework in the order of print.
    kept : DataFrame
        The reviews of the question; those without a finding come after the others.

    Returns
    -------
    DataFrame
        As `umbrella_review.narrative.findings.grid`: rows are review ids, columns are domains.
    """
    long = by_review(findings)
    order = list(review_totals(findings)["review_id"])
    order += [key for key in kept["review_id"] if key not in order]
    if long["review_id"].eq(UNKNOWN).any():
        order.append(UNKNOWN)
    kinds = ("determinant", DETERMINANTS)
    return grid(long, ("review_id", order), ("framework_domain", domains), kinds)


def values(
    topic: str,
    table: pd.DataFrame,
    findings: pd.DataFrame,
    *,
    kept: pd.DataFrame,
    domains: Sequence[str],
    names: pd.Series,
) -> list[Value]:
    """Return all that is recorded of the implementation findings.

    Parameters
    ----------
    topic : str
        First part of the value ids.
    table, findings : DataFrame
        All findings, and those left after filtering.
    kept : DataFrame
        The reviews left after filtering.
    domains : sequence of str
        Domains of the framework.
    names : Series
        Short citations indexed by review id.

    Returns
    -------
    list of Value
        In no order that matters; ids are unique.
    """
    coding = Coding(topic, TABLE, "determinant", DETERMINANTS)
    counts = domain_counts(findings, domains)
    filled = counts[counts["n_findings"].gt(0)]
    without = int(filled["barrier"].eq(0).sum())
    groups = [(domain,) for domain in domains]
    reach = known_reviews(findings).groupby("review_id")["framework_domain"].nunique()
    everywhere = reach.index[reach.eq(len(domains))].tolist()
    return [
        *common_values(coding, findings, kept, names),
        *group_values(coding, findings, ["framework_domain"], groups),
        coding.distinct("n_domains", len(filled), findings, "domains"),
        coding.distinct("n_domains_without_barrier", without, findings, "domains"),
        coding.reviews("n_reviews_all_domains", everywhere, findings),
        *support_values(coding, table, findings),
    ]
