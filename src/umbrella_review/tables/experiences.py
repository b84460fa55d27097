"""Tables of experience findings: the themes, every finding, and where accounts contrast."""

from __future__ import annotations

import pandas as pd

from umbrella_review.narrative.findings import best_supported
from umbrella_review.narrative.themes import VALENCES
from umbrella_review.ordering import in_order_of
from umbrella_review.review import Review
from umbrella_review.tables.findings import cited, finished, remarks
from umbrella_review.tables.rows import group_rows, many_rows, one_row, together
from umbrella_review.tables.view import TableView

_TABLE = "experience_findings"
_HEADS = {"benefit": "Benefits", "challenge": "Challenges", "mixed": "Mixed"}


def theme_table(counts: pd.DataFrame, findings: pd.DataFrame, review: Review) -> TableView:
    """Return one row a theme: its findings by valence, and the best supported of them.

    Parameters
    ----------
    counts : DataFrame
        From `umbrella_review.narrative.themes.theme_counts`.
    findings : DataFrame
        Experience findings.
    review : Review
        Gives labels.

    Returns
    -------
    TableView
        Themes without findings are left out.
    """
    counts = counts[counts["n_findings"].gt(0)]
    frame = pd.DataFrame(
        {
            "Theme": counts["theme"].map(review.vocabulary("theme")),
            **{_HEADS[valence]: counts[valence].map(str) for valence in VALENCES},
            "Reviews": counts["n_reviews"].map(str),
            "Supported by most reviews": [
                _best(findings[findings["theme"].eq(theme)]) for theme in counts["theme"]
            ],
        }
    )
    numbers = [*_HEADS.values(), "Reviews"]
    widths = {"Theme": 2.0, **dict.fromkeys(numbers, 0.95), "Supported by most reviews": 4.2}
    behind = group_rows(_TABLE, findings, "finding_id", "theme", counts["theme"])
    view = TableView(frame, widths, dict.fromkeys(numbers, "right"), rows=behind)
    return finished(view, ["A review counts once in a theme, whatever the number of its findings."])


def experience_table(findings: pd.DataFrame, citations: pd.Series, review: Review) -> TableView:
    """Return one row a finding: theme, perspective, valence, finding, reviews.

    Parameters
    ----------
    findings : DataFrame
        Experience findings.
    citations : Series
        Markdown citations indexed by review id.
    review : Review
        Gives labels and their order.

    Returns
    -------
    TableView
        Ordered by theme, perspective and valence; notes of findings below.
    """
    themes, perspectives = review.vocabulary("theme"), review.vocabulary("perspective")
    ordered = in_order_of(findings, theme=themes, perspective=perspectives, valence=VALENCES)
    frame = pd.DataFrame(
        {
            "Theme": ordered["theme"].map(themes),
            "Perspective": ordered["perspective"].map(perspectives),
            "Valence": ordered["valence"].map(review.vocabulary("valence")),
            "Finding": ordered["finding"],
            "Reviews": cited(ordered["review_ids"], citations),
        }
    )
    widths = {"Theme": 2.5, "Perspective": 1.6, "Valence": 0.8, "Finding": 4.2, "Reviews": 2.7}
    behind = one_row(_TABLE, ordered["finding_id"])
    view = TableView(frame, widths, markdown=("Reviews",), rows=behind)
    return finished(view, remarks(ordered))


def contrast_table(contrasts: pd.DataFrame, findings: pd.DataFrame, review: Review) -> TableView:
    """Return one row a cell of theme and perspective in which accounts contrast.

    Parameters
    ----------
    contrasts : DataFrame
        From `umbrella_review.narrative.themes.contrasts`.
    findings : DataFrame
        Experience findings.
    review : Review
        Gives labels.

    Returns
    -------
    TableView
        Findings of a cell are parted by dots; the rule stands below.
    """
    words = findings.set_index("finding_id")["finding"]
    frame = pd.DataFrame(
        {
            "Theme": contrasts["theme"].map(review.vocabulary("theme")),
            "Perspective": contrasts["perspective"].map(review.vocabulary("perspective")),
            **{
                _HEADS[valence]: [
                    " • ".join(words[key] for key in ids) for ids in contrasts[valence]
                ]
                for valence in VALENCES
            },
        }
    )
    widths = {"Theme": 1.3, "Perspective": 1.2, "Benefits": 3.0, "Challenges": 3.0, "Mixed": 2.2}
    rule = (
        "A cell of theme and perspective is listed where it holds at least one benefit and one "
        "challenge, or a finding that is itself mixed. A dot parts the findings of a cell."
    )
    behind = together(*(many_rows(_TABLE, contrasts[valence]) for valence in VALENCES))
    return finished(TableView(frame, widths, rows=behind), [rule])


def _best(findings: pd.DataFrame) -> str:
    best = best_supported(findings)
    if best.empty:
        return ""
    return f"{' • '.join(best['finding'])} (reviews: {len(best['review_ids'].iloc[0])})"
