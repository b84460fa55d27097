"""Ratings of the reviews, and their weaknesses, as horizontal bars."""

from __future__ import annotations

from itertools import cycle

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from umbrella_review.counting import ALL
from umbrella_review.figures.bars import label_rows, stack_bars
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.style import ANSWER, FULL_WIDTH, INK, PALE, RATING, new_figure
from umbrella_review.words import agreeing, counted, uncapitalised

_HATCHES = ("", "///", "xxx")
_LABEL_WIDTH = 2.3  # inches
_LABEL_SIZE = 8.0


def draw_ratings(counts: pd.DataFrame) -> Figure:
    """Draw a bar a rating, its parts by where the rating is known from.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.appraisal.ratings.rating_counts` gives it.

    Returns
    -------
    Figure
        Of text width; a row a rating, the best at the top.
    """
    kinds = [name for name in counts.columns if name not in ("rating", "label", ALL)]
    colours = [RATING[rating] for rating in counts["rating"]]
    hatches = dict(zip(kinds, cycle(_HATCHES), strict=False))
    looks = {kind: {"color": colours, "hatch": hatch} for kind, hatch in hatches.items()}
    figure = new_figure(FULL_WIDTH, 0.42 * len(counts) + 1.1)
    axes = figure.add_subplot()
    stack_bars(axes, counts.set_index("label"), looks, _LABEL_WIDTH)
    axes.set_xlabel("Reviews")
    keys = [
        Patch(facecolor="white", edgecolor=INK, linewidth=0.6, hatch=hatch, label=kind)
        for kind, hatch in hatches.items()
    ]
    figure.legend(handles=keys, loc="outside upper left", ncols=len(keys))
    return framed(figure, _rating_frame(counts))


def draw_weaknesses(weaknesses: pd.DataFrame) -> Figure:
    """Draw the share of the scored reviews that have a weakness, a bar a domain.

    Parameters
    ----------
    weaknesses : DataFrame
        As `umbrella_review.appraisal.ratings.weaknesses` gives it; domains without a count say so.

    Returns
    -------
    Figure
        Of text width; a row a domain, in the order of the rows.
    """
    figure = new_figure(FULL_WIDTH, 0.46 * len(weaknesses) + 0.7)
    axes = figure.add_subplot()
    shares = weaknesses["percent"]
    axes.barh(weaknesses.index, 100, color=PALE, height=0.62)
    axes.barh(weaknesses.index, shares.fillna(0), color=ANSWER["no"], height=0.62)
    for place, (_, row) in enumerate(weaknesses.iterrows()):
        known = pd.notna(row["percent"])
        words = f"{row['n']} of {row['n_scored']}" if known else "count not reported"
        start = (row["percent"] if known else 0) + 1.5
        axes.text(start, place, words, va="center", color=INK, size=_LABEL_SIZE)
    stars = weaknesses["critical"].map({True: "*", False: ""})
    label_rows(axes, weaknesses["domain"] + " (" + weaknesses["items"] + ")" + stars, _LABEL_WIDTH)
    axes.set_xlim(0, 100)
    axes.set_xlabel("Share of the reviews scored (%)")
    return framed(figure, _weakness_frame(weaknesses))


def _rating_frame(counts: pd.DataFrame) -> Frame:
    n, most = int(counts[ALL].sum()), counts.iloc[int(counts[ALL].argmax())]
    each = [
        f"{label}: {number}" for label, number in zip(counts["label"], counts[ALL], strict=True)
    ]
    return Frame(
        f"{most[ALL]} of {counted(n, 'review')} {agreeing(most[ALL], 'is', 'are')} rated "
        f"{uncapitalised(most['label'])} by AMSTAR 2",
        f"Overall ratings by AMSTAR 2, and where they are known from; reviews, n = {n}",
        ("amstar2",),
        told="; ".join(each),
    )


def _weakness_frame(weaknesses: pd.DataFrame) -> Frame:
    known = weaknesses.dropna(subset=["percent"])
    each = [
        f"{row['domain']}: {row['n']} of {counted(row['n_scored'], 'review')} scored"
        for _, row in known.iterrows()
    ]
    weakest = known.iloc[0] if len(known) else None
    title = (
        "Weaknesses in the domains of AMSTAR 2"
        if weakest is None
        else (
            f"The most frequent weakness is in {uncapitalised(weakest['domain'])}: "
            f"{weakest['n']} of {counted(weakest['n_scored'], 'review')}"
        )
    )
    critical = "* critical" if weaknesses["critical"].any() else ""
    return Frame(
        title,
        "Reviews with a weakness in a domain of AMSTAR 2, of those scored on it (item numbers in "
        "brackets)",
        ("amstar2_items",),
        critical,
        "; ".join(each),
    )
