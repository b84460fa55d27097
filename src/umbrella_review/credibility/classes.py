"""Classes of credibility of reported results, as far as their figures decide them.

A review prints rounded figures, and no result of single studies. Each result is therefore read
three times: as printed, and at both ends of what rounding leaves open. A criterion counts as met
or not met where all readings agree; tests of bias and the largest study, which need single
studies, are not assessable.

Cases are counted as follows. For differences all participants count, since all of them are
people in whom the outcome was measured. For ratios only those with the event do: their number is
not known, but it cannot exceed that of the participants, so that few participants already settle
that there are too few cases.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from umbrella_review.audit import statistics
from umbrella_review.audit.outcome import Settings
from umbrella_review.audit.reported_row import ReportedRow, reported_rows
from umbrella_review.audit.statistics import Bounded
from umbrella_review.credibility.heterogeneity import APPROXIMATED, EXACT, share_between
from umbrella_review.criteria import PersonalProfile, Profile
from umbrella_review.grading.evidence import NAN, Evidence
from umbrella_review.grading.ioannidis import LABELS
from umbrella_review.grading.personal import FLOOR
from umbrella_review.grading.possible import agreed, possible_classes
from umbrella_review.grading.profiles import grade
from umbrella_review.grading.thresholds import MANY_CASES
from umbrella_review.grading.trail import NOT_ASSESSABLE, Criterion

NO_PARTICIPANTS = "the number of participants is not known"
NO_EVENTS = "the number of participants with the event is not known"
ONLY_APPROXIMATED = "the between-study variance is only approximated"
SINGLE_STUDIES = "the results of single studies are not known"
_P = ("p_reported", "p_value")


@dataclass(frozen=True)
class Graded:
    """The grading of a reported result.

    Parameters
    ----------
    estimate_id : str
        The result.
    possible : tuple of str
        Classes that remain possible, the best first; one where the class is certain.
    trail : tuple of Criterion
        Every criterion, as far as all readings of the printed figures agree on it.
    certainty : str
        Label of the algorithm after GRADE, or ``not assessable``.
    """

    estimate_id: str
    possible: tuple[str, ...]
    trail: tuple[Criterion, ...]
    certainty: str


def grade_reported(rows: pd.DataFrame, profile: Profile, settings: Settings) -> tuple[Graded, ...]:
    """Grade reported results.

    Parameters
    ----------
    rows : DataFrame
        As `umbrella_review.credibility.prediction.predicted` gives them.
    profile : str or PersonalProfile
        As `umbrella_review.grading.profiles.grade` takes it.
    settings : Settings
        Confidence level and rounding of the printed figures.

    Returns
    -------
    tuple of Graded
        One a row, in their order.
    """
    return tuple(_grade(row, profile) for row in reported_rows(rows, "estimate_id", settings))


def p_value(row: ReportedRow) -> Bounded | None:
    """Return the p value of a reported result, within what rounding leaves open.

    Parameters
    ----------
    row : ReportedRow
        A reported result.

    Returns
    -------
    Bounded or None
        From the interval; narrowed by the printed p value where the two agree, and widened to
        hold both where they do not. None where neither is known.
    """
    computed = _p_from_interval(row)
    name = next((name for name in _P if row.has(name)), None)
    printed = row.probability(name) if name else None
    if computed is None or printed is None:
        return computed or printed
    if not computed.overlaps(printed):
        low, high = min(computed.low, printed.low), max(computed.high, printed.high)
        return Bounded(computed.value, low, high)
    low, high = max(computed.low, printed.low), min(computed.high, printed.high)
    shown = printed.value if printed.low > 0 else computed.value  # a bound is no value
    return Bounded(min(max(shown, low), high), low, high)


def _grade(row: ReportedRow, profile: Profile) -> Graded:
    readings = _readings(row)
    grades = [grade(reading, profile) for reading in readings]
    reasons = _reasons(row)
    trail = tuple(
        replace(one, reason=reasons[one.name])
        if one.status == NOT_ASSESSABLE and one.value is None and reasons.get(one.name)
        else one
        for one in agreed(grades[1:], grades[0])
    )
    if isinstance(profile, PersonalProfile):
        possible = possible_classes(trail, FLOOR)
    elif profile == "ioannidis":
        possible = possible_classes(trail, LABELS[-1])
    else:  # profiles that guess, or that count steps
        possible = tuple(dict.fromkeys(one.label for one in grades))
    return Graded(row.key, possible, trail, _certainty(readings))


def _certainty(readings: Sequence[Evidence]) -> str:
    labels = {grade(reading, "grade").label for reading in readings}
    return labels.pop() if len(labels) == 1 else NOT_ASSESSABLE


def _readings(row: ReportedRow) -> tuple[Evidence, Evidence, Evidence]:
    """Return the evidence as printed, at its least and at its most favourable."""
    p, i2, exact = p_value(row), share_between(row), row.cells.get("tau2_basis") in EXACT
    shown = Evidence(
        scale="ratio" if row.is_ratio() else "difference",
        n_studies=_number(row, "k"),
        n_cases=_cases(row),
        total_n=_number(row, "n_participants"),
        value=_number(row, "favours"),
        ci_lo=_number(row, "favours_lb"),
        ci_up=_number(row, "favours_ub"),
        p_value=p.value if p else NAN,
        i2=i2.value if i2 else NAN,
        pi_lo=_number(row, "pi_lb") if exact else NAN,
        pi_up=_number(row, "pi_ub") if exact else NAN,
    )
    least = replace(
        shown,
        p_value=p.high if p else NAN,
        i2=i2.high if i2 else NAN,
        pi_lo=_number(row, "pi_lb_low") if exact else NAN,
        pi_up=_number(row, "pi_ub_high") if exact else NAN,
    )
    most = replace(
        shown,
        p_value=p.low if p else NAN,
        i2=i2.low if i2 else NAN,
        pi_lo=_number(row, "pi_lb_high") if exact else NAN,
        pi_up=_number(row, "pi_ub_low") if exact else NAN,
    )
    return shown, least, most


def _cases(row: ReportedRow) -> float:
    if not row.has("n_participants"):
        return NAN
    people = row.number("n_participants")
    return NAN if row.is_ratio() and people > MANY_CASES else people


def _reasons(row: ReportedRow) -> dict[str, str]:
    approximated = row.cells.get("tau2_basis") == APPROXIMATED and not row.has("reason")
    return {
        "n_cases": NO_EVENTS if row.has("n_participants") else NO_PARTICIPANTS,
        "pi": ONLY_APPROXIMATED if approximated else str(row.cells.get("reason", "")),
        "egger_p": SINGLE_STUDIES,
        "esb_p": SINGLE_STUDIES,
        "largest_ci": SINGLE_STUDIES,
    }


def _p_from_interval(row: ReportedRow) -> Bounded | None:
    if not row.has("estimate", "ci_lb", "ci_ub"):
        return None
    z = statistics.z_from_interval(*row.interval(), level=row.settings.level, ratio=row.is_ratio())
    return statistics.p_from_z(z)


def _number(row: ReportedRow, name: str) -> float:
    return row.number(name) if row.has(name) else math.nan
