"""Cells of tables of results: outcomes, effects, p values and heterogeneity in print."""

from __future__ import annotations

import pandas as pd

from umbrella_review.effects.harmonise import RATIOS
from umbrella_review.review import Review
from umbrella_review.tables.numbers import DASH, interval, number, p_text
from umbrella_review.tables.view import escape
from umbrella_review.words import capitalised, uncapitalised, with_true_signs

COMPUTED = "‡"  # behind a p value that was computed from the printed interval


def outcome_cells(rows: pd.DataFrame, review: Review) -> pd.Series:
    """Return outcomes in print; the first of a group carries the group's label in bold.

    Parameters
    ----------
    rows : DataFrame
        With `outcome_group` and `outcome`, in the order of print.
    review : Review
        Gives the labels of groups.

    Returns
    -------
    Series of str
        Markdown, with the index of `rows`.
    """
    starts = rows["outcome_group"].ne(rows["outcome_group"].shift())
    group_labels = labels(rows["outcome_group"], "outcome_group", review)
    cells = []
    for start, label, outcome in zip(starts, group_labels, rows["outcome"], strict=True):
        words = capitalised(outcome)
        same = words.casefold() == label.casefold()
        head = f"**{escape(label)}**" if start else ""
        body = "" if same and start else escape(words if not start else outcome)
        cells.append(": ".join(part for part in (head, body) if part))
    return pd.Series(cells, index=rows.index, dtype=object)


def labels(column: pd.Series, vocabulary: str, review: Review) -> pd.Series:
    """Return the printed words of a column of a vocabulary.

    Parameters
    ----------
    column : Series of str
        Values; may be missing.
    vocabulary : str
        Name of the vocabulary, e.g. ``direction``.
    review : Review
        Gives the labels.

    Returns
    -------
    Series of str
        With the index of `column`; an en dash where it is missing.

    Raises
    ------
    KeyError
        If a value is not in the vocabulary.
    """
    words = [DASH if pd.isna(cell) else review.label(vocabulary, cell) for cell in column]
    return pd.Series(words, index=column.index, dtype=object)


def printed(estimates: pd.DataFrame) -> pd.Series:
    """Return estimates with measure and interval as the reviews print them.

    Parameters
    ----------
    estimates : DataFrame
        With `measure`, `estimate`, `ci_lb` and `ci_ub`.

    Returns
    -------
    Series of str
        For example ``SMD −0.25 (−0.40, −0.10)``; an en dash where the estimate is not known.
    """
    texts = _by_row(estimates, ["estimate", "ci_lb", "ci_ub"])
    measures = estimates["measure"].fillna("")
    return texts.where(texts.eq(DASH), measures + " " + texts).str.strip()


def harmonised_text(estimates: pd.DataFrame) -> pd.Series:
    """Return harmonised estimates with their intervals.

    Parameters
    ----------
    estimates : DataFrame
        With the columns of `umbrella_review.effects.reported.harmonised`.

    Returns
    -------
    Series of str
        Ratios as natural logarithms, marked by ``ln``; an en dash where nothing is known.
    """
    texts = _by_row(estimates, ["favours", "favours_lb", "favours_ub"])
    ratio = estimates["measure"].isin(RATIOS) & texts.ne(DASH)
    return texts.where(~ratio, "ln " + estimates["measure"].fillna("") + " " + texts)


def p_cells(estimates: pd.DataFrame) -> pd.Series:
    """Return p values as printed, or computed from the interval and marked by `COMPUTED`.

    Parameters
    ----------
    estimates : DataFrame
        With `p_reported` (text) and `p_from_ci` (number).

    Returns
    -------
    Series of str
        An en dash where neither is known.
    """
    computed = estimates["p_from_ci"].map(lambda p: DASH if pd.isna(p) else p_text(p) + COMPUTED)
    return estimates["p_reported"].fillna(computed)


def heterogeneity(estimates: pd.DataFrame) -> pd.Series:
    """Return the heterogeneity of pooled results, as far as it is reported.

    Parameters
    ----------
    estimates : DataFrame
        With `i2` and the ends of its interval (percent), `q`, `q_df`, `q_p_reported` and `tau2`.

    Returns
    -------
    Series of str
        I², Q and τ², parted by semicolons; an en dash where none is known.
    """
    return pd.Series(
        [_heterogeneity(row) for _, row in estimates.iterrows()],
        index=estimates.index,
        dtype=object,
    )


def results_in_words(pairs: pd.DataFrame, suffix: str, review: Review) -> pd.Series:
    """Return time, direction and harmonised effect of results as one text.

    Parameters
    ----------
    pairs : DataFrame
        As `umbrella_review.effects.reported.followup_pairs` gives them.
    suffix : {'', '_first'}
        Whether to print the follow-up or the earlier result.
    review : Review
        Gives the words for directions.

    Returns
    -------
    Series of str
        Missing where the time is; without an effect where it is not known.
    """
    directions = labels(pairs[f"direction{suffix}"], "direction", review).map(uncapitalised)
    times = pairs[f"timepoint{suffix}"].map(with_true_signs).map(capitalised)
    return times + ": " + directions + _effects(pairs, suffix)


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


def _by_row(rows: pd.DataFrame, names: list[str]) -> pd.Series:
    texts = [interval(*cells) for cells in rows[names].itertuples(index=False)]
    return pd.Series(texts, index=rows.index, dtype=object)
