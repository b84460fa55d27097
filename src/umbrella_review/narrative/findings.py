"""Coded findings of reviews: which are left, who supports them, where they fall."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from umbrella_review.filters import rows_with

TOTAL = "total"
UNKNOWN = "not_known"


def keep_findings(
    findings: pd.DataFrame,
    kept: pd.DataFrame,
    everyone: pd.DataFrame,
    **columns: Collection[str],
) -> pd.DataFrame:
    """Return the findings that some kept review supports, citing kept reviews only.

    A finding whose review is not known stays only while no review has been filtered away:
    nobody can tell whether it came from one of those.

    Parameters
    ----------
    findings : DataFrame
        With `review_ids` as tuples.
    kept, everyone : DataFrame
        The reviews of the question after and before filtering.
    **columns : collection of str
        Per column the values to keep; an empty collection keeps all.

    Returns
    -------
    DataFrame
        Rows of `findings`, in their order, with a new index.
    """
    ids = set(kept["review_id"])
    cited = findings["review_ids"].map(lambda cell: tuple(key for key in cell if key in ids))
    complete = set(everyone["review_id"]) <= ids
    unknown = findings["review_ids"].map(len).eq(0) & complete
    keep = cited.map(len).gt(0) | unknown
    for column, values in columns.items():
        keep &= rows_with(findings[column], values)
    return findings.assign(review_ids=cited)[keep].reset_index(drop=True)


def by_review(findings: pd.DataFrame) -> pd.DataFrame:
    """Return one row per finding and review; a review that is not known is `UNKNOWN`.

    Parameters
    ----------
    findings : DataFrame
        Coded findings, `review_ids` as tuples.

    Returns
    -------
    DataFrame
        Columns of `findings` with `review_id` in place of `review_ids`.
    """
    long = findings.rename(columns={"review_ids": "review_id"}).explode("review_id")
    known = long["review_id"].where(long["review_id"].notna(), UNKNOWN)
    return long.assign(review_id=known).reset_index(drop=True)


def group_counts(
    findings: pd.DataFrame, by: str, groups: Sequence[str], kind: str, kinds: Sequence[str]
) -> pd.DataFrame:
    """Count findings and supporting reviews by group.

    Parameters
    ----------
    findings : DataFrame
        Coded findings.
    by, kind : str
        Columns of the group and of the kind of finding.
    groups, kinds : sequence of str
        Their values in the order of print; groups without findings count zero.

    Returns
    -------
    DataFrame
        One row a group: `by`, one column a kind, `n_findings`, `n_reviews`.
    """
    table = pd.crosstab(findings[by], findings[kind]) if len(findings) else pd.DataFrame()
    table = table.reindex(index=list(groups), columns=list(kinds), fill_value=0).astype(int)
    supporters = known_reviews(findings).groupby(by)["review_id"].nunique()
    table["n_findings"] = table[list(kinds)].sum(axis=1)
    table["n_reviews"] = supporters.reindex(table.index, fill_value=0).astype(int)
    return table.rename_axis(index=by, columns=None).reset_index()


def grid(
    findings: pd.DataFrame,
    rows: tuple[str, Sequence[str]],
    columns: tuple[str, Sequence[str]],
    kinds: tuple[str, Sequence[str]],
) -> pd.DataFrame:
    """Count findings in each cell of a matrix, with margins that count each finding once.

    Parameters
    ----------
    findings : DataFrame
        One row a finding, or a finding and review (see `by_review`), with `finding_id`.
    rows, columns, kinds : tuple of str and sequence of str
        Each a column of `findings` and its values in the order of print.

    Returns
    -------
    DataFrame
        `row`, `column`, `kind`, `n_findings`: one line a cell and kind, zero cells too; the
        margins carry `TOTAL`.
    """
    cells = pd.DataFrame(
        {
            "finding_id": findings["finding_id"],
            "row": findings[rows[0]],
            "column": findings[columns[0]],
            "kind": findings[kinds[0]],
        }
    )
    margins = [
        cells,
        cells.assign(row=TOTAL),
        cells.assign(column=TOTAL),
        cells.assign(row=TOTAL, column=TOTAL),
    ]
    distinct = pd.concat(margins).drop_duplicates()
    order = pd.MultiIndex.from_product(
        [[*rows[1], TOTAL], [*columns[1], TOTAL], list(kinds[1])], names=["row", "column", "kind"]
    )
    counts = distinct.groupby(["row", "column", "kind"]).size().reindex(order, fill_value=0)
    return counts.astype(int).rename("n_findings").reset_index()


def known_reviews(findings: pd.DataFrame) -> pd.DataFrame:
    """Return one row per finding and review that is known.

    Parameters
    ----------
    findings : DataFrame
        Coded findings, `review_ids` as tuples.

    Returns
    -------
    DataFrame
        As `by_review`, without the rows of unknown reviews.
    """
    long = by_review(findings)
    return long[long["review_id"].ne(UNKNOWN)]


def review_totals(findings: pd.DataFrame) -> pd.DataFrame:
    """Return the number of findings that each review supports, most first, then by id.

    Parameters
    ----------
    findings : DataFrame
        Coded findings, `review_ids` as tuples.

    Returns
    -------
    DataFrame
        `review_id`, `n_findings`.
    """
    totals = known_reviews(findings).groupby("review_id").size().rename("n_findings")
    ordered = totals.reset_index().sort_values(["n_findings", "review_id"], ascending=[False, True])
    return ordered.reset_index(drop=True)


def best_supported(findings: pd.DataFrame) -> pd.DataFrame:
    """Return the findings that the largest number of reviews supports.

    Parameters
    ----------
    findings : DataFrame
        Coded findings, `review_ids` as tuples.

    Returns
    -------
    DataFrame
        Rows of `findings`; none where no review is known.
    """
    support = findings["review_ids"].map(len)
    most = support.max() if len(findings) else 0
    return findings[support.eq(most) & support.gt(0)]
