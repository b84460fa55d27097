"""Sign tests of directions of effect: is one side favoured more often than chance would have it?

The exact binomial test asks whether, of the units that point to one side or the other, more
point to one side than a fair coin would let expect (McKenzie and Brennan, Cochrane Handbook,
chapter 12, section 12.2.1.3; Boon and Thomson 2021, doi 10.1002/jrsm.1458). Units with no or
with mixed effects have no side: they are left out, as both sources do, and their number stays
with the result. No variant counts them on a side, because no source that we know supports one.

What speaks against the test is bound to each result as cautions, so that it is printed with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import binomtest

from umbrella_review.narrative.directions import direction_counts

Counts = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
OUTCOME = ("synthesis", "outcome_domain", "outcome_group")
GENERAL = ("overlap", "not_binomial", "as_stated")  # these hold for every test of reviews

CAUTIONS: Mapping[str, str] = MappingProxyType(
    {
        "no_unit": "no review points to either side",
        "cannot_reach": "so few reviews point to a side that p could not fall below the level of "
        "the test even if all of them agreed",
        "left_out": "reviews with no or with mixed effects have no side and are left out; the "
        "test says nothing of them",
        "overlap": "reviews that share primary studies are not independent, as the test assumes",
        "not_binomial": "the test has been called inappropriate for syntheses, since the units "
        "do not follow the binomial distribution it employs (Nikolakopoulos 2020)",
        "as_stated": "directions are as stated in words; where no effect means no significant "
        "effect, an estimate on either side may stand behind it",
    }
)


@dataclass(frozen=True)
class SignTest:
    """Exact sign tests, one an element of each array.

    Parameters
    ----------
    n_favours, n_against : ndarray of int
        Units that favour the intervention, and control.
    n_left_out : ndarray of int
        Units with no or with mixed effects.
    proportion, ci_lb, ci_ub : ndarray of float
        Share of the units with a side that favour the intervention, with its exact interval
        (Clopper and Pearson 1934, doi 10.1093/biomet/26.4.404); NaN without such units.
    p : ndarray of float
        Two-sided, above 0 and at most 1; NaN without units that have a side.
    smallest_p : ndarray of float
        The p that this number of units would give if all agreed; 1 without any.
    cannot_reach : ndarray of bool
        Whether `smallest_p` is above 1 - level: below six units at a level of 0.95.
    cautions : tuple of tuple of str
        Per test the keys of `CAUTIONS` that hold for it.
    """

    n_favours: Counts
    n_against: Counts
    n_left_out: Counts
    proportion: Numbers
    ci_lb: Numbers
    ci_ub: Numbers
    p: Numbers
    smallest_p: Numbers
    cannot_reach: npt.NDArray[np.bool_]
    cautions: tuple[tuple[str, ...], ...]

    def tidy(self) -> pd.DataFrame:
        """Return the tests as a table, one row each, with these names as columns."""
        return pd.DataFrame(asdict(self) | {"cautions": list(self.cautions)})


def sign_test(
    n_favours: npt.ArrayLike,
    n_against: npt.ArrayLike,
    n_left_out: npt.ArrayLike = 0,
    *,
    level: float = 0.95,
) -> SignTest:
    """Test for each pair of counts whether one side is favoured more often than the other.

    Parameters
    ----------
    n_favours, n_against : array_like of int
        Units on either side, one pair a test.
    n_left_out : array_like of int, default 0
        Units that have no side; they change the cautions alone.
    level : float, default 0.95
        Confidence level of the intervals; 1 - level is what p is held against.

    Returns
    -------
    SignTest
        One-dimensional arrays.

    Raises
    ------
    ValueError
        If a count is negative.

    Notes
    -----
    McKenzie and Brennan, Cochrane Handbook, section 12.2.1.3, except that the interval is exact,
    and so wider than the intervals of Wilson and of Jeffreys that are named there.
    """
    favours, against, left_out = (
        np.atleast_1d(array)
        for array in np.broadcast_arrays(
            *(np.asarray(counts, dtype=np.int64) for counts in (n_favours, n_against, n_left_out))
        )
    )
    if min(counts.min(initial=0) for counts in (favours, against, left_out)) < 0:
        raise ValueError("numbers of units cannot be negative")
    rows = [_exact(*pair, level) for pair in zip(favours.tolist(), against.tolist(), strict=True)]
    proportion, ci_lb, ci_ub, p = np.array(rows, dtype=np.float64).reshape(-1, 4).T
    units = favours + against
    smallest = np.minimum(1.0, 2.0 * 0.5**units)
    cannot = smallest > 1 - level
    keys = zip((units == 0).tolist(), cannot.tolist(), (left_out > 0).tolist(), strict=True)
    cautions = tuple(_cautions(*marks) for marks in keys)
    return SignTest(
        favours, against, left_out, proportion, ci_lb, ci_ub, p, smallest, cannot, cautions
    )


def outcome_tests(units: pd.DataFrame, *, level: float = 0.95) -> pd.DataFrame:
    """Test the directions of each outcome group, apart by synthesis.

    Parameters
    ----------
    units : DataFrame
        One row a review, synthesis and outcome group, as
        `umbrella_review.narrative.directions.first_results` gives them. Rows that name no review
        are left out: they may be of a review that is counted already.
    level : float, default 0.95
        As in `sign_test`.

    Returns
    -------
    DataFrame
        `OUTCOME`, `n_reviews`, `no_effect`, `mixed`, and the columns of `SignTest.tidy`.
    """
    counts = direction_counts(units[units["review_id"].notna()])
    tests = sign_test(
        counts["favours_intervention"],
        counts["favours_control"],
        counts["no_effect"] + counts["mixed"],
        level=level,
    )
    return counts[[*OUTCOME, "n_reviews", "no_effect", "mixed"]].join(tests.tidy())


def _exact(favours: int, against: int, level: float) -> tuple[float, float, float, float]:
    """Return the proportion, the ends of its interval and p."""
    if favours + against == 0:
        return (np.nan,) * 4
    test = binomtest(favours, favours + against)
    interval = test.proportion_ci(confidence_level=level, method="exact")
    return test.statistic, interval.low, interval.high, test.pvalue


def _cautions(no_unit: bool, cannot_reach: bool, left_out: bool) -> tuple[str, ...]:
    special = {
        "no_unit": no_unit,
        "cannot_reach": cannot_reach and not no_unit,
        "left_out": left_out,
    }
    return (*(key for key, holds in special.items() if holds), *GENERAL)
