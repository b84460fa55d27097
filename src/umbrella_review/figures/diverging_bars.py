"""Bars to both sides of a middle line: what speaks against to the left, what speaks for right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.findings_frame import FindingNouns, bars_frame
from umbrella_review.figures.frame import framed
from umbrella_review.figures.kinds import MARKS
from umbrella_review.figures.style import INK, PALE, new_figure
from umbrella_review.figures.text import text_width, wrap

_BAR = 0.62
_TEXT = 9.0
_LABEL_WIDTH = 1.6
_SIDE_WIDTH = 1.6  # inches that the longest bar has at the least


def diverging_bars(
    counts: pd.DataFrame,
    by: str,
    groups: Mapping[str, str],
    kinds: Mapping[str, str],
    nouns: FindingNouns,
) -> Figure:
    """Draw per group the findings against, for, and in a panel aside the undecided ones.

    Parameters
    ----------
    counts : DataFrame
        One row a group, one column a kind (`umbrella_review.narrative.findings.group_counts`).
    by : str
        Column of the group.
    groups : mapping of str to str
        Printed labels of the groups, from top to bottom.
    kinds : mapping of str to str
        Printed labels of three kinds: against (left), for (right), undecided (aside).
    nouns : FindingNouns
        What the groups are.

    Returns
    -------
    Figure
        Of text width; its height follows from the groups.
    """
    table = counts.set_index(by).reindex(list(groups), fill_value=0)
    if table[list(kinds)].to_numpy().sum() == 0:
        return empty_figure()
    against, favour, aside = kinds
    longest = max(int(table[[against, favour]].to_numpy().max()), 1)
    reach = _end(longest, longest)
    side = _end(max(int(table[aside].max()), 1), longest)
    figure = new_figure(height=1.0 + 0.42 * len(table))
    ratios = [2 * reach, max(side, 0.4 * reach)]
    main, extra = figure.subplots(1, 2, sharey=True, width_ratios=ratios)
    positions = range(len(table))
    _bars(main, positions, -table[against], against)
    _bars(main, positions, table[favour], favour)
    _bars(extra, positions, table[aside], aside)
    main.axvline(0, color=INK, lw=0.9)
    extra.axvline(0, color=INK, lw=0.9)
    main.set_xlim(-reach, reach)
    extra.set_xlim(0, ratios[1])
    main.set_yticks(positions, [wrap(label, _LABEL_WIDTH, _TEXT) for label in groups.values()])
    main.set_ylim(len(table) - 0.45, -0.55)
    main.set_xlabel("Number of findings", fontsize=_TEXT)
    figure.set_layout_engine("constrained", w_pad=0.1, h_pad=0.06)
    step = max(1, round(reach / 4))
    _head(main, 0.48, "right", kinds[against])
    _head(main, 0.52, "left", kinds[favour])
    _head(extra, 0.0, "left", kinds[aside])
    for axes in (main, extra):
        axes.xaxis.set_major_locator(MultipleLocator(step))
        axes.xaxis.set_major_formatter(lambda number, _: f"{abs(number):.0f}")
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0, labelsize=_TEXT)
        axes.grid(axis="x", color=PALE, lw=0.8)
        axes.set_axisbelow(True)
    return framed(figure, bars_frame(table, groups, kinds, nouns))


def _end(number: int, longest: int) -> float:
    """Return where an axis may end, so that a number has room behind its bar."""
    return number + longest * (text_width(str(number), _TEXT) + 0.1) / _SIDE_WIDTH


def _bars(axes: Axes, positions: Sequence[int], numbers: pd.Series, kind: str) -> None:
    mark = MARKS[kind]
    axes.barh(
        positions,
        numbers,
        height=_BAR,
        color=mark.tint if mark.hatch else mark.colour,
        edgecolor=mark.colour,
        hatch=mark.hatch,
        linewidth=1.0,
    )
    for position, number in zip(positions, numbers, strict=True):
        left = number < 0
        axes.annotate(
            f"{abs(number)}",
            (number, position),
            xytext=(-4 if left else 4, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            fontsize=_TEXT,
        ).set_visible(bool(number))


def _head(axes: Axes, x: float, align: str, label: str) -> None:
    axes.text(
        x,
        1.03,
        label,
        transform=axes.transAxes,
        ha=align,
        va="bottom",
        fontsize=_TEXT,
        fontweight="bold",
        color=INK,
    )
