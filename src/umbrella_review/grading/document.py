"""Graded factors as a document, under the field names of metaumbrella's results."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from umbrella_review.criteria import Profile
from umbrella_review.effects.conversion import LOGISTIC_DEVIATION
from umbrella_review.grading.columns import CHANGES
from umbrella_review.grading.factors import Choices, Factor
from umbrella_review.grading.profiles import grade
from umbrella_review.grading.trail import Grade


def document_of(factors: Sequence[Factor], profile: Profile, choices: Choices) -> dict[str, Any]:
    """Return the graded factors as plain values.

    Parameters
    ----------
    factors : sequence of Factor
        From `umbrella_review.grading.factors.factors_of`.
    profile : str or PersonalProfile
        By which `class` and `trail` of each factor are made.
    choices : Choices
        How the factors were computed.

    Returns
    -------
    dict
        ``factors`` by name. `class_Ioannidis` and `class_GRADE` follow the rules of metaumbrella
        where a profile of that name was asked for, else ours, which never guess.
    """
    name = profile if isinstance(profile, str) else profile.name
    return {
        "profile": name,
        "options": {**asdict(choices), "prediction_interval": "t(k-1)"},
        "factors": {factor.name: entry_of(factor, grade(factor.evidence, profile))
                    for factor in factors},
    }  # fmt: skip


def entry_of(factor: Factor, chosen: Grade) -> dict[str, Any]:
    """Return the results of a factor.

    Parameters
    ----------
    factor : Factor
        Its results.
    chosen : Grade
        By the profile that was asked for.

    Returns
    -------
    dict
        Under metaumbrella's field names; `class`, `class_reason` and `trail` are ours.
    """
    evidence, studies, excess = factor.evidence, factor.studies, factor.excess
    kind = factor.measure.removeprefix("log")
    prefix = "metaumbrella-" if chosen.profile.startswith("metaumbrella-") else ""
    as_g = evidence.as_g()
    exponent = as_g * LOGISTIC_DEVIATION
    return {
        "measure": factor.measure,
        "scale": _scale(evidence.scale, kind),
        "n_studies": evidence.n_studies,
        "n_cases": evidence.n_cases,
        "n_controls": evidence.n_controls,
        "total_n": evidence.total_n,
        "value": evidence.value,
        "z": factor.z,
        "p_value": evidence.p_value,
        "ci_lo": evidence.ci_lo,
        "ci_up": evidence.ci_up,
        "pi_lo": evidence.pi_lo,
        "pi_up": evidence.pi_up,
        "tau2": factor.tau2,
        "I2": evidence.i2,
        "Q": factor.q,
        "Q_p": factor.q_p,
        "largest_value": factor.largest_value,
        "largest_ci_lo": evidence.largest_ci_lo,
        "largest_ci_up": evidence.largest_ci_up,
        "egger_t": factor.egger_t,
        "egger_p": evidence.egger_p,
        "esb": {
            "p": evidence.esb_p,
            "p_TESS": excess.pval_tess[0],
            "p_PSST": excess.pval_psst[0],
            "z": factor.esb_z,
            "observed_sig": excess.observed[0],
            "expected_sig": excess.expected[0],
            "power": excess.power[0],
            "sig": excess.significant[0],
        },
        "jackknife_p": evidence.jackknife_p,
        "overall_rob_pct": evidence.rob_pct,
        "report_rob_pct": evidence.report_pct,
        "perc_contradict": evidence.contrary,
        "amstar": evidence.amstar,
        "indirectness": evidence.indirectness,
        "studies": {
            "study": studies.names,
            "value": studies.yi,
            "se": studies.se,
            "ci_lo": studies.ci_lo,
            "ci_up": studies.ci_up,
            "weight": factor.weight,
        },
        "class_Ioannidis": grade(evidence, f"{prefix}ioannidis").label,
        "class_GRADE": grade(evidence, f"{prefix}grade").label,
        "summary_eG": as_g,
        # Beyond the largest number an odds ratio is infinite.
        "summary_eOR": math.exp(exponent) if not exponent > 700 else math.inf,
        "summary_power_med": 100 * evidence.power(),
        "class": chosen.label,
        "class_profile": chosen.profile,
        "class_reason": chosen.reason,
        "trail": [asdict(one) for one in chosen.trail],
    }


def _scale(scale: str, kind: str) -> str:
    if scale == "difference":
        return "Bias-corrected SMC" if kind in CHANGES else "Bias-corrected SMD"
    return "Fisher z" if scale == "correlation" else f"log ({kind})"
