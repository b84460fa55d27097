"""Marks on axes of effects."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from umbrella_review.figures import style

_ROOM = 0.3  # inches between two labels
_ROUND = (1, 0.5, 2, 0.2, 5, 0.1, 10, 0.05, 20, 0.67, 1.5, 0.8, 1.25, 0.33, 3)


def ratio_ticks(limits: tuple[float, float], width: float, sign: float = 1.0) -> dict[float, float]:
    """Return the ratios to label on a logarithmic axis, the roundest ones first served.

    Parameters
    ----------
    limits : tuple of float
        Ends of the axis, natural logarithms.
    width : float
        Of the axis, in inches.
    sign : float, default 1
        -1 for an axis on which ratios fall.

    Returns
    -------
    dict of float to float
        Place on the axis to ratio, from left to right.
    """
    room = _ROOM * (limits[1] - limits[0]) / width
    ticks: dict[float, float] = {}
    for ratio in _ROUND:
        place = sign * float(np.log(ratio))
        if limits[0] <= place <= limits[1] and all(abs(place - other) >= room for other in ticks):
            ticks[place] = ratio
    return dict(sorted(ticks.items()))


def draw_effect_axis(
    axes: Axes, limits: tuple[float, float], width: float, *, ratios: float | None
) -> None:
    """Draw the axis of a forest plot: a faint grid, no vertical axis, round labels.

    Parameters
    ----------
    axes : Axes
        Where effects are drawn.
    limits : tuple of float
        Ends of the axis.
    width : float
        Of the axis, in inches.
    ratios : float or None
        For effects that are logarithms of ratios the sign of `ratio_ticks`.
    """
    axes.patch.set_alpha(0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="x", labelsize=7, length=3, pad=2)
    axes.grid(axis="x", color=style.PALE, lw=0.6, zorder=0)
    axes.set_axisbelow(True)
    if ratios is not None:
        ticks = ratio_ticks(limits, width, ratios)
        axes.set_xticks(list(ticks), [f"{ratio:g}" for ratio in ticks.values()])
    else:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5]))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}".replace("-", "−")))
