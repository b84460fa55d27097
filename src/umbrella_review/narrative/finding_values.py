"""What notebooks record of coded findings: values with the ids of the rows behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from umbrella_review.counting import count_rows, make_value, share_rows, slug
from umbrella_review.ledger import Value
from umbrella_review.narrative.findings import best_supported, known_reviews, review_totals


@dataclass(frozen=True)
class Coding:
    """How a table of findings is coded, and under which topic its values are recorded.

    Parameters
    ----------
    topic : str
        First part of the value ids.
    table : str
        Name of the table of findings.
    kind : str
        Column of the kind of finding.
    kinds : tuple of str
        Values of that column.
    """

    topic: str
    table: str
    kind: str
    kinds: tuple[str, ...]

    def count(self, name: str, part: pd.DataFrame) -> Value:
        """Return the number of findings in a part of the table."""
        return count_rows(f"{self.topic}.{name}", part, table=self.table, unit="findings")

    def reviews(self, name: str, ids: Sequence[str], part: pd.DataFrame) -> Value:
        """Return the number of reviews behind a part of the table."""
        rows = {"reviews": list(ids), self.table: list(part["finding_id"])}
        return make_value(f"{self.topic}.{name}", len(ids), rows=rows, unit="reviews")

    def distinct(self, name: str, number: int, part: pd.DataFrame, unit: str) -> Value:
        """Return a number of other things that was counted over a part of the table."""
        rows = {self.table: part["finding_id"]}
        return make_value(f"{self.topic}.{name}", number, rows=rows, unit=unit)

    def of_kind(self, findings: pd.DataFrame, kind: str) -> pd.DataFrame:
        """Return the findings of one kind."""
        return findings[findings[self.kind].eq(kind)]


def common_values(
    coding: Coding, findings: pd.DataFrame, kept: pd.DataFrame, names: pd.Series
) -> list[Value]:
    """Return what is recorded of any set of coded findings.

    Parameters
    ----------
    coding : Coding
        Topic, table and kinds.
    findings, kept : DataFrame
        Findings and reviews that are left after filtering.
    names : Series
        Short citations indexed by review id.

    Returns
    -------
    list of Value
        Numbers of reviews and findings, by kind with shares in percent, support by reviews.
    """
    support = findings["review_ids"].map(len)
    contributing = review_totals(findings)["review_id"].tolist()
    return [
        count_rows(f"{coding.topic}.n_reviews", kept, table="reviews", unit="reviews"),
        coding.reviews("n_reviews_with_findings", contributing, findings),
        coding.count("n_findings", findings),
        *(coding.count(f"n_{kind}", coding.of_kind(findings, kind)) for kind in coding.kinds),
        *(_share(coding, findings, kind) for kind in coding.kinds),
        coding.count("n_single_review", findings[support.eq(1)]),
        coding.count("n_several_reviews", findings[support.gt(1)]),
        coding.count("n_review_not_known", findings[support.eq(0)]),
        *_extremes(coding, findings, names),
    ]


def group_values(
    coding: Coding,
    findings: pd.DataFrame,
    by: Sequence[str],
    groups: Iterable[tuple[str, ...]],
) -> list[Value]:
    """Return the numbers of findings, by kind, and of reviews in each group.

    Parameters
    ----------
    coding : Coding
        Topic, table and kinds.
    findings : DataFrame
        Coded findings.
    by : sequence of str
        One or more columns that make the groups.
    groups : iterable of tuple of str
        The groups, each one value per column; empty ones count zero.

    Returns
    -------
    list of Value
        Ids end in the group's name.
    """
    values = []
    for group in groups:
        part = findings
        for column, word in zip(by, group, strict=True):
            part = part[part[column].eq(word)]
        name = slug(" ".join(group))
        reviews = sorted(set(known_reviews(part)["review_id"]))
        values += [
            coding.count(f"n_findings_{name}", part),
            *(
                coding.count(f"n_{kind}_{name}", coding.of_kind(part, kind))
                for kind in coding.kinds
            ),
            coding.reviews(f"n_reviews_{name}", reviews, part),
        ]
    return values


def support_values(coding: Coding, table: pd.DataFrame, findings: pd.DataFrame) -> list[Value]:
    """Return for every finding the number of known reviews that support it.

    Parameters
    ----------
    coding : Coding
        Topic, table and kinds.
    table, findings : DataFrame
        All findings, and those left after filtering; the rest counts zero.

    Returns
    -------
    list of Value
        Ids end in the finding's id.
    """
    left = dict(zip(findings["finding_id"], findings["review_ids"], strict=True))
    return [
        coding.reviews(f"support_{slug(key)}", left.get(key, ()), table[table["finding_id"] == key])
        for key in table["finding_id"]
    ]


def _share(coding: Coding, findings: pd.DataFrame, kind: str) -> Value:
    part = coding.of_kind(findings, kind)
    return share_rows(f"{coding.topic}.share_{kind}", part, findings, table=coding.table)


def _extremes(coding: Coding, findings: pd.DataFrame, names: pd.Series) -> list[Value]:
    """Return the largest support of a finding, and the review that supports most findings."""
    best = best_supported(findings)
    support = len(best["review_ids"].iloc[0]) if len(best) else 0
    totals = review_totals(findings)
    most = int(totals["n_findings"].max()) if len(totals) else 0
    top = totals.loc[totals["n_findings"].eq(most), "review_id"]
    rows = {"reviews": top}
    return [
        coding.count("n_best_supported", best),
        coding.distinct("best_support", support, best, "reviews"),
        make_value(
            f"{coding.topic}.top_review", ", ".join(names[key] for key in top) or "none", rows=rows
        ),
        make_value(f"{coding.topic}.top_review_findings", most, rows=rows, unit="findings"),
    ]
