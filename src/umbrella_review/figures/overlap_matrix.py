"""The known part of the citation matrix: primary studies by reviews."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.style import ACCENT, FAINT, FULL_WIDTH, INK, PALE, new_figure
from umbrella_review.figures.text import wrap
from umbrella_review.overlap.known import ABSENT, IMPOSSIBLE, UNKNOWN
from umbrella_review.words import agreeing, counted

_ROW, _LABEL_WIDTH, _HEAD_WIDTH, _SIZE = 0.235, 2.6, 0.78, 7.5  # inches, points
_MARKS = {"stated": ACCENT, "probable": "#A9C4DE", "inferred": "#A9C4DE"}
_SIGNS = {UNKNOWN: ("?", "Not known"), IMPOSSIBLE: ("×", "Published after the review")}


def draw(cells: pd.DataFrame, names: pd.Series, labels: Mapping[str, str]) -> Figure:
    """Draw a mark per known inclusion, a question mark where nothing is known.

    Parameters
    ----------
    cells : DataFrame
        As `umbrella_review.overlap.known.matrix_cells` gives it.
    names : Series
        Short citations by review id.
    labels : mapping of str to str
        Printed words of the certainties.

    Returns
    -------
    Figure
        Studies as rows, reviews as columns; as high as its rows need.
    """
    if cells.empty:
        return empty_figure()
    studies = cells.drop_duplicates("study_id")["study_id"].tolist()
    reviews = cells.drop_duplicates("review_id")["review_id"].tolist()
    figure = new_figure(FULL_WIDTH, max(2.5, _ROW * len(studies) + 1.4))
    axes = figure.add_subplot()
    x, y = cells["review_id"].map(reviews.index), cells["study_id"].map(studies.index)
    for state in [state for state in labels if (cells["state"] == state).any()]:
        chosen = cells["state"] == state
        dots = axes.scatter(x[chosen], y[chosen], s=34, label=labels[state], zorder=3)
        dots.set(facecolor=_MARKS.get(state, "white"), edgecolor=INK, linewidth=0.7)
    signs = {state: sign for state, sign in _SIGNS.items() if (cells["state"] == state).any()}
    for state, (sign, _) in signs.items():
        for column, row in zip(x[cells["state"] == state], y[cells["state"] == state], strict=True):
            axes.text(column, row, sign, ha="center", va="center", size=_SIZE, color=FAINT)
    axes.hlines(
        [row + 0.5 for row in range(len(studies))], -0.5, len(reviews) - 0.5, PALE, linewidth=0.6
    )
    texts = cells.drop_duplicates("study_id")["study_label"]
    axes.set_yticks(range(len(studies)), [wrap(text, _LABEL_WIDTH, _SIZE) for text in texts])
    axes.set_xticks(range(len(reviews)), [wrap(names[key], _HEAD_WIDTH, _SIZE) for key in reviews])
    axes.tick_params(length=0, labelsize=_SIZE, top=True, bottom=False, labeltop=True)
    axes.tick_params(labelbottom=False)
    axes.set(xlim=(-0.5, len(reviews) - 0.5), ylim=(len(studies) - 0.5, -0.5))
    axes.spines[["left", "bottom"]].set_visible(False)
    keys, words = axes.get_legend_handles_labels()
    keys += [
        Line2D([], [], ls="none", marker=f"${sign}$", ms=5, mew=0, color=FAINT)
        for sign, _ in signs.values()
    ]
    words += [label for _, label in signs.values()]
    figure.legend(keys, words, loc="outside lower left", ncols=len(keys))
    return framed(figure, _frame(cells, len(studies), len(reviews)))


def _frame(cells: pd.DataFrame, n_studies: int, n_reviews: int) -> Frame:
    n_unknown = int((cells["state"] == UNKNOWN).sum())
    n_late = int((cells["state"] == IMPOSSIBLE).sum())
    included = len(cells) - n_unknown - n_late - int((cells["state"] == ABSENT).sum())
    return Frame(
        f"Nothing is known of {n_unknown} of {counted(len(cells), 'cell')} of the citation matrix",
        f"{n_studies} primary {agreeing(n_studies, 'study', 'studies')} by the "
        f"{counted(n_reviews, 'review')} whose studies are known by name, "
        "at least in part",
        ("citations", "reviews"),
        "Empty: the complete list of the review lacks the study",
        f"Inclusions: {included}; cells that could be none, since the study is later: {n_late}",
    )
