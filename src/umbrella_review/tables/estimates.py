"""Tables of the results that reviews report: pooled, additional, and held against follow-up."""

from __future__ import annotations

import pandas as pd

from umbrella_review.effects.harmonise import RATIOS
from umbrella_review.review import Review
from umbrella_review.tables.citation import cite
from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.numbers import DASH, integer, interval, number, p_text
from umbrella_review.tables.view import TableView, escape

COMPUTED = "‡"
_WIDTHS = {  # about the characters of a typical cell
    "Outcome": 19,
    "Review": 25,
    "Time": 20,
    "k": 3,
    "n": 6,
    "As printed": 22,
    "Harmonised": 18,
    "p": 9,
    "Heterogeneity": 23,
    "Rating": 20,
    "Direction": 19,
    "Numbers from": 15,
    "Analysis": 14,
}
_NOTES = {
    "harmonised": (
        "Harmonised: the sign is turned where needed so that positive values favour the "
        "intervention; ratios as natural logarithms. In brackets {level:.0%} confidence intervals. "
        "En dash: not known."
    ),
    "computed": f"{COMPUTED} computed here from the interval that the review prints.",
}


def pooled_table(
    estimates: pd.DataFrame, reviews: pd.DataFrame, amstar2: pd.DataFrame, review: Review
) -> TableView:
    """Return pooled results with everything that is known of them, grouped by outcome.

    Parameters
    ----------
    estimates : DataFrame
        With the columns of `umbrella_review.effects.reported.harmonised`, in order of print.
    reviews, amstar2 : DataFrame
        The tables of these names.
    review : Review
        Labels.
    """
    if estimates.empty:
        return empty_table()
    ratings = ratings_of(amstar2, review)
    frame = pd.DataFrame(
        {
            "Outcome": outcome_cells(estimates, review),
            "Review": estimates["review_id"].map(cite(reviews)),
            "Time": estimates["timepoint"],
            "k": estimates["k"].map(integer),
            "n": estimates["n_participants"].map(integer),
            "As printed": printed(estimates),
            "Harmonised": harmonised_text(estimates),
            "p": p_cells(estimates),
            "Heterogeneity": heterogeneity(estimates),
            "Rating": estimates["review_id"].map(ratings),
            "Direction": labels(estimates["direction"], "direction", review),
            "Numbers from": labels(estimates["numbers_from"], "numbers_from", review),
        }
    )
    view = _view(frame)
    return view.with_notes(*_notes(frame, review), *_published(estimates, review))


def additional_table(
    estimates: pd.DataFrame, reviews: pd.DataFrame, amstar2: pd.DataFrame, review: Review
) -> TableView:
    """Return the results that the tables of pooled results leave out, with the kind of analysis.

    Parameters
    ----------
    estimates, reviews, amstar2, review
        As for `pooled_table`.
    """
    if estimates.empty:
        return empty_table()
    whole = pooled_table(estimates, reviews, amstar2, review).frame
    frame = whole.drop(columns=["Heterogeneity", "Numbers from", "Rating"])
    frame.insert(2, "Analysis", labels(estimates["analysis_type"], "analysis_type", review))
    view = _view(frame)
    return view.with_notes(*_notes(frame, review))


def followup_table(pairs: pd.DataFrame, reviews: pd.DataFrame, review: Review) -> TableView:
    """Return follow-up results beside the earlier results for the same outcome and review.

    Parameters
    ----------
    pairs : DataFrame
        As `umbrella_review.effects.reported.followup_pairs` gives them; pairs without an earlier
        result are left out.
    reviews : DataFrame
        The table of this name.
    review : Review
        Labels.
    """
    known = pairs[pairs["estimate_id_first"].notna()].reset_index(drop=True)
    if known.empty:
        return empty_table()
    frame = pd.DataFrame(
        {
            "Outcome": outcome_cells(known, review),
            "Review": known["review_id"].map(cite(reviews)),
            "First result": _results(known, "_first", review),
            "Follow-up": _results(known, "", review),
            "Effect": known["change"].map(CHANGES),
        }
    )
    widths = {"Outcome": 19, "Review": 19, "First result": 25, "Follow-up": 25, "Effect": 12}
    view = TableView(frame, widths=widths, markdown=("Outcome", "Review"))
    return view.with_notes(*_notes(frame, review))


CHANGES = {
    "kept": "Kept",
    "lost": "Lost",
    "gained": "Appears later",
    "none": "None at either time",
    "other": "Other",
    "unknown": "Not known",
}


def outcome_cells(rows: pd.DataFrame, review: Review) -> pd.Series:
    """Return outcomes as Markdown; the first of a group carries the group's label in bold."""
    starts = rows["outcome_group"].ne(rows["outcome_group"].shift())
    group_labels = labels(rows["outcome_group"], "outcome_group", review)
    cells = []
    for start, label, outcome in zip(starts, group_labels, rows["outcome"], strict=True):
        words = sentence(outcome)
        same = words.casefold() == label.casefold()
        head = f"**{escape(label)}**" if start else ""
        body = "" if same and start else escape(words if not start else outcome)
        cells.append(": ".join(part for part in (head, body) if part))
    return pd.Series(cells, index=rows.index, dtype=object)


def sentence(words: str) -> str:
    """Return words with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def labels(column: pd.Series, vocabulary: str, review: Review) -> pd.Series:
    """Return the printed words of a column of a vocabulary; an en dash where it is empty."""
    words = [DASH if pd.isna(cell) else review.label(vocabulary, cell) for cell in column]
    return pd.Series(words, index=column.index, dtype=object)


def ratings_of(amstar2: pd.DataFrame, review: Review) -> pd.Series:
    """Return the words for the rating of each review, its possible ratings where not known."""
    words = [
        review.label("rating", rating)
        if isinstance(rating, str)
        else " or ".join(review.label("rating", value).lower() for value in possible)
        for rating, possible in zip(amstar2["rating"], amstar2["possible_ratings"], strict=True)
    ]
    return pd.Series([sentence(word) for word in words], index=amstar2["review_id"], dtype=object)


def printed(estimates: pd.DataFrame) -> pd.Series:
    """Return estimates with measure and interval as the reviews print them."""
    texts = _by_row(estimates, ["estimate", "ci_lb", "ci_ub"])
    measures = estimates["measure"].fillna("")
    return texts.where(texts.eq(DASH), measures + " " + texts).str.strip()


def harmonised_text(estimates: pd.DataFrame) -> pd.Series:
    """Return harmonised estimates with their intervals; ratios on the logarithmic scale."""
    texts = _by_row(estimates, ["favours", "favours_lb", "favours_ub"])
    ratio = estimates["measure"].isin(RATIOS) & texts.ne(DASH)
    return texts.where(~ratio, "ln " + estimates["measure"].fillna("") + " " + texts)


def p_cells(estimates: pd.DataFrame) -> pd.Series:
    """Return p values as printed, or computed from the interval and marked."""
    computed = estimates["p_from_ci"].map(lambda p: DASH if pd.isna(p) else p_text(p) + COMPUTED)
    return estimates["p_reported"].fillna(computed)


def heterogeneity(estimates: pd.DataFrame) -> pd.Series:
    """Return I² with its interval, Q with degrees of freedom and p, and τ², as far as known."""
    return pd.Series(
        [_heterogeneity(row) for _, row in estimates.iterrows()],
        index=estimates.index,
        dtype=object,
    )


def _heterogeneity(row: pd.Series) -> str:
    parts = []
    if pd.notna(row["i2"]):
        ends = (number(row["i2_ci_lb"], 0), number(row["i2_ci_ub"], 0))
        span = "" if DASH in ends else f" ({ends[0]},\N{NO-BREAK SPACE}{ends[1]})"
        parts.append(f"I² {number(row['i2'], 0)}%{span}")
    if pd.notna(row["q"]):
        df = "" if pd.isna(row["q_df"]) else f" (df\N{NO-BREAK SPACE}{row['q_df']})"
        p = "" if pd.isna(row["q_p_reported"]) else f", p {row['q_p_reported']}"
        parts.append(f"Q {number(row['q'])}{df}{p}")
    if pd.notna(row["tau2"]):
        parts.append(f"τ² {number(row['tau2'])}")
    return "; ".join(parts) or DASH


def _effects(pairs: pd.DataFrame, suffix: str) -> pd.Series:
    names = [f"{name}{suffix}" for name in ("favours", "favours_lb", "favours_ub")]
    texts = _by_row(pairs, names)
    measure = pairs[f"measure{suffix}"]
    scale = measure.where(~measure.isin(RATIOS), "ln " + measure)
    return (", " + scale + " " + texts).where(texts.ne(DASH), "")


def _results(pairs: pd.DataFrame, suffix: str, review: Review) -> pd.Series:
    directions = labels(pairs[f"direction{suffix}"], "direction", review).map(_lower)
    return pairs[f"timepoint{suffix}"].map(sentence) + ": " + directions + _effects(pairs, suffix)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _by_row(rows: pd.DataFrame, names: list[str]) -> pd.Series:
    texts = [interval(*cells) for cells in rows[names].itertuples(index=False)]
    return pd.Series(texts, index=rows.index, dtype=object)


def _view(frame: pd.DataFrame) -> TableView:
    widths = {name: _WIDTHS[name] for name in frame.columns}
    right = dict.fromkeys(("k", "n"), "right")
    return TableView(frame, widths=widths, align=right, markdown=("Outcome", "Review"))


def _notes(frame: pd.DataFrame, review: Review) -> list[str]:
    computed = "p" in frame and frame["p"].str.endswith(COMPUTED).any()
    harmonised = _NOTES["harmonised"].format(level=review.synthesis.confidence_level)
    return [harmonised, *([_NOTES["computed"]] if computed else [])]


def _published(estimates: pd.DataFrame, review: Review) -> list[str]:
    domains = [name for name in review.outcome_tables if name in set(estimates["outcome_domain"])]
    numbers = ", ".join(str(review.outcome_tables[name]) for name in domains)
    return [f"Corresponds to table {numbers} of the published review."] if numbers else []
