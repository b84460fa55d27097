"""Table of implementation findings by domain of the framework."""

from __future__ import annotations

import pandas as pd

from umbrella_review.ordering import in_order_of
from umbrella_review.review import Review
from umbrella_review.tables.findings import cited, finished, remarks
from umbrella_review.tables.rows import one_row
from umbrella_review.tables.view import TableView


def implementation_table(findings: pd.DataFrame, citations: pd.Series, review: Review) -> TableView:
    """Return one row a finding: domain, determinant, finding, reviews.

    Within a domain facilitators come first, then barriers, then the rest.

    Parameters
    ----------
    findings : DataFrame
        Implementation findings.
    citations : Series
        Markdown citations indexed by review id.
    review : Review
        Gives labels and their order.

    Returns
    -------
    TableView
        Ordered by domain and determinant; notes of findings below.
    """
    domains = review.vocabulary("framework_domain")
    determinants = review.vocabulary("determinant")
    ordered = in_order_of(findings, framework_domain=domains, determinant=determinants)
    frame = pd.DataFrame(
        {
            "Domain": ordered["framework_domain"].map(domains),
            "Determinant": ordered["determinant"].map(determinants),
            "Finding": ordered["finding"],
            "Reviews": cited(ordered["review_ids"], citations),
        }
    )
    widths = {"Domain": 1.5, "Determinant": 0.9, "Finding": 4.2, "Reviews": 3.4}
    behind = one_row("implementation_findings", ordered["finding_id"])
    view = TableView(frame, widths, markdown=("Reviews",), rows=behind)
    return finished(view, remarks(ordered))
