"""The rows behind the page on which readers explore: reviews, estimates and findings.

Columns are named as the data name them, and cells hold codes: the page looks up the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from umbrella_review.appraisal.ratings import rating_keys, rating_words
from umbrella_review.effects.harmonise import RATIOS
from umbrella_review.effects.reported import pooled_results
from umbrella_review.narrative.key_findings import as_findings
from umbrella_review.review import Review
from umbrella_review.tables.citation import short_names
from umbrella_review.tables.estimate_cells import printed
from umbrella_review.tables.numbers import interval
from umbrella_review.tables.rows import one_row
from umbrella_review.tables.view import TableView
from umbrella_review.words import with_true_signs

# Labels of the tables: by these the page finds them among the results of all notebooks.
REVIEWS, ESTIMATES, FINDINGS = (
    f"tbl-explorer-{name}" for name in ("reviews", "estimates", "findings")
)
SEPARATOR = ";"  # between several values of a cell

# Of each table of findings: its key, the columns of topic and kind, and that of the words.
_SHAPES: Mapping[str, tuple[str, str, str, str]] = {
    "effect_directions": ("direction_id", "outcome_group", "direction", "outcome"),
    "implementation_findings": ("finding_id", "framework_domain", "determinant", "finding"),
    "experience_findings": ("finding_id", "theme", "valence", "finding"),
}
_OPTIONAL = {
    "time": "timepoint",
    "followup_class": "followup_class",
    "synthesis": "synthesis",
    "perspective": "perspective",
    "population": "population",
    "intervention_format": "intervention_format",
}


def explorer_reviews(reviews: pd.DataFrame, amstar2: pd.DataFrame, review: Review) -> TableView:
    """Return what a reader can filter by, for each review.

    Parameters
    ----------
    reviews, amstar2 : DataFrame
        The tables of these names.
    review : Review
        Words of the ratings.

    Returns
    -------
    TableView
        `review_id`, `name`, `questions`, `population_groups`, `intervention_format`, `ratings`
        (those that are possible, best first) and `rating` (in words).
    """
    ids = reviews["review_id"]
    frame = pd.DataFrame(
        {
            "review_id": ids,
            "name": ids.map(short_names(reviews)),
            "questions": _joined(reviews["questions"]),
            "population_groups": _joined(reviews["population_groups"]),
            "intervention_format": reviews["intervention_format"],
            "ratings": _joined(ids.map(rating_keys(amstar2))),
            "rating": ids.map(rating_words(amstar2, review.vocabulary("rating"))),
        }
    )
    behind = one_row("reviews", ids)
    return TableView(frame, widths={"name": 2, "population_groups": 2}, rows=behind)


def explorer_estimates(
    estimates: pd.DataFrame, repeated: pd.Series, question: str, minimum_k: int
) -> TableView:
    """Return the results that reviews report, with and without numbers.

    Parameters
    ----------
    estimates : DataFrame
        With the columns of `umbrella_review.effects.reported.harmonised`, in order of print.
    repeated : Series of bool
        Whether the same evidence enters twice.
    question : str
        The question that they answer.
    minimum_k : int
        Fewest studies of a pooled result.

    Returns
    -------
    TableView
        Effects are positive where they favour the intervention, ratios as logarithms; `text` is
        the effect in print, `printed` as the review has it; `pooled` marks the main results that
        `umbrella_review.effects.reported.pooled_results` keeps.
    """
    columns = ["estimate_id", "review_id", "outcome_domain", "outcome_group", "outcome"]
    columns += ["timepoint", "population", "intervention_format", "analysis_type", "measure"]
    pooled = pooled_results(estimates, minimum_k)["estimate_id"]
    frame = estimates[columns].assign(
        timepoint=_typeset(estimates["timepoint"]),
        population=_typeset(estimates["population"]),
        question=question,
        k=estimates["k"],
        n=estimates["n_participants"],
        sign=estimates["sign"],
        favours=estimates["favours"],
        favours_lb=estimates["favours_lb"],
        favours_ub=estimates["favours_ub"],
        text=[_effect(row) for _, row in estimates.iterrows()],
        printed=printed(estimates),
        direction=estimates["direction"],
        repeated=repeated.astype(bool),
        pooled=estimates["estimate_id"].isin(pooled),
    )
    return TableView(frame, rows=one_row("estimates", estimates["estimate_id"]))


def explorer_findings(tables: Mapping[str, tuple[str, pd.DataFrame]]) -> TableView:
    """Return statements on effects and coded findings in one shape.

    Parameters
    ----------
    tables : mapping of str to tuple of str and DataFrame
        By question the name of a table, one of `effect_directions`, `implementation_findings`
        and `experience_findings`, and its rows.

    Returns
    -------
    TableView
        `finding_id`, `table`, `question`, `review_ids`, `domain` (of outcomes; else the
        question), `topic`, `kind`, `text`, and what only some tables tell: `time`,
        `followup_class`, `synthesis`, `perspective`, `population` and `intervention_format`.
    """
    parts = [_findings(question, name, rows) for question, (name, rows) in tables.items()]
    frame = pd.concat(parts, ignore_index=True)
    pairs = zip(frame["table"], frame["finding_id"], strict=True)
    behind = [{table: (row,)} for table, row in pairs]
    return TableView(frame, widths={"text": 3}, rows=behind)


def _findings(question: str, name: str, rows: pd.DataFrame) -> pd.DataFrame:
    key, topic, kind, words = _SHAPES[name]
    cited = rows if "review_ids" in rows else as_findings(rows)
    frame = pd.DataFrame(
        {
            "finding_id": rows[key],
            "table": name,
            "question": question,
            "review_ids": _joined(cited["review_ids"]),
            "domain": rows.get("outcome_domain", question),
            "topic": rows[topic],
            "kind": rows[kind],
            "text": rows[words],
        }
    )
    more = pd.DataFrame({new: rows.get(old) for new, old in _OPTIONAL.items()}, index=frame.index)
    in_words = {name: _typeset(more[name]) for name in ("time", "population")}
    return frame.join(more.assign(**in_words))


def _typeset(texts: pd.Series) -> pd.Series:
    return texts.map(with_true_signs, na_action="ignore")


def _joined(cells: Iterable[object]) -> list[str]:
    return [SEPARATOR.join(cell) if isinstance(cell, tuple | list) else "" for cell in cells]


def _effect(row: pd.Series) -> str:
    ratio = row["measure"] in RATIOS
    names = ["estimate", "ci_lb", "ci_ub"] if ratio else ["favours", "favours_lb", "favours_ub"]
    return interval(*row[names])
