"""Arms that several comparisons share: their people are divided, not counted twice.

An arm counts for each comparison with an equal part of its people (documentation of the R package
metaumbrella 1.1.0, "partial dependence"; Cochrane Handbook, section 23.3.4), and effects are
computed again from the smaller numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from umbrella_review.grading.arrays import Array, Columns
from umbrella_review.grading.columns import scale_of
from umbrella_review.pooling.dependence import shared_arm_size

_CONTROLS = ("n_controls", "n_controls_exp", "n_controls_nexp")
_NOT_EXPOSED = ("n_nexp", "n_cases_nexp", "n_controls_nexp", "time_nexp")


def arm_columns(shared: str, measure: str) -> tuple[str, ...]:
    """Return the columns of the arm that a column of shared arms stands for.

    Parameters
    ----------
    shared : {"shared_controls", "shared_nexp"}
        The column.
    measure : str
        A key of `umbrella_review.grading.columns.MEASURES`.

    Returns
    -------
    tuple of str
        Empty where the measure has no such arm: differences compare cases with controls, and
        ratios the exposed with others; only odds ratios can be read both ways.
    """
    if scale_of(measure) == "difference":
        return ("n_controls",) if shared == "shared_controls" else ()
    kind = measure.removeprefix("log")
    if kind == "OR" and shared == "shared_controls":
        return _CONTROLS
    return _NOT_EXPOSED if kind in {"OR", "RR", "IRR"} and shared == "shared_nexp" else ()


def comparisons(
    factor: Sequence[str], study: Sequence[str], multiple: Sequence[str], label: Sequence[str]
) -> Array:
    """Count the comparisons of a factor that share an arm.

    Parameters
    ----------
    factor, study : sequence of str
        Of each row.
    multiple : sequence of str
        ``outcomes``, ``groups`` or empty: outcomes of a study are one comparison, groups several.
    label : sequence of str
        Name of the shared arm; empty where it is not shared.

    Returns
    -------
    ndarray
        1 or more, one number a row.
    """
    keys = [
        (one, name, who, place if many == "groups" else 0)
        for place, (one, name, who, many) in enumerate(
            zip(factor, label, study, multiple, strict=True)
        )
    ]
    found: dict[tuple[str, str], int] = {}
    for one, name, *_ in dict.fromkeys(keys):
        found[one, name] = found.get((one, name), 0) + 1
    return np.array([found[key[:2]] if key[1] else 1 for key in keys], dtype=float)


def divided(measure: str, columns: Columns, parts: Columns) -> dict[str, Array]:
    """Return columns with the people of shared arms divided.

    Parameters
    ----------
    measure : str
        Of all rows.
    columns : mapping of str to ndarray
        Numbers of people and times, sums filled in.
    parts : mapping of str to ndarray
        Per column of shared arms the comparisons of `comparisons`.

    Returns
    -------
    dict of str to ndarray
        Sums are made anew in rows that share an arm.
    """
    got = dict(columns)
    for shared, number in parts.items():
        for name in arm_columns(shared, measure):
            got[name] = shared_arm_size(got[name], number)
    touched = np.any([number > 1 for number in parts.values()], axis=0)
    sums = {"n_sample": ("n_cases", "n_controls")}
    if scale_of(measure) == "ratio":
        kinds = ("cases", "controls")
        sums = {f"n_{kind}": (f"n_{kind}_exp", f"n_{kind}_nexp") for kind in kinds} | sums
    for whole, (one, other) in sums.items():
        total = got[one] + got[other]
        got[whole] = np.where(touched & ~np.isnan(total), total, got[whole])
    return got
