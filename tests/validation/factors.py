"""Factors of metaumbrella's reference: the pooled results of each run from its studies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from tests.validation.compare import REFERENCE, Entry, Tolerance, reference
from umbrella_review.bias.refit import leave_one_out
from umbrella_review.bias.regtest import regtest
from umbrella_review.pooling.model import fit
from umbrella_review.pooling.prediction import predict

FIELDS = (
    *("n_studies", "value", "z", "p_value", "ci_lo", "ci_up", "pi_lo", "pi_up"),
    *("tau2", "I2", "Q", "Q_p", "egger_t", "egger_p", "jackknife_p"),
)
METHODS = ("DL", "hksj", "PM", "ML", "FE")


def method_of(call: str) -> str:
    """The estimator of a run; REML unless it names another."""
    return next((name for name in METHODS if f'method.var="{name}"' in call), "REML")


def factor_entries() -> Iterator[Entry]:
    """All factors of all runs."""
    for path in sorted((REFERENCE / "metaumbrella").glob("*.json")):
        for run in reference(f"metaumbrella/{path.name}")["runs"]:
            for name, factor in run["factors"].items():
                known = {field: factor[field] for field in FIELDS if factor.get(field) is not None}
                yield Entry(path.stem, name, run["call"], (method_of(run["call"]),), known)


def factor_tolerance(entry: Entry, field: str) -> Tolerance:
    """How far a field may lie from the reference: its own iterations stop early."""
    (method,) = entry.key
    if method in {"DL", "hksj", "FE"}:
        return Tolerance(1e-8, 1e-12)
    return Tolerance(0.0, 1e-4) if field == "tau2" else Tolerance(1e-3, 1e-6)


@cache
def our_factor(dataset: str, name: str, call: str) -> Mapping[str, Any]:
    """Our results for the studies of a factor."""
    runs = reference(f"metaumbrella/{dataset}.json")["runs"]
    studies = next(run for run in runs if run["call"] == call)["factors"][name]["studies"]
    yi, vi = np.array(studies["value"]), np.array(studies["se"]) ** 2
    named = method_of(call)
    method = "DL" if named == "hksj" else named
    plain = fit(yi, vi, method=method)
    tested = fit(yi, vi, method=method, test="knha") if named == "hksj" else plain
    common = fit(yi, vi, method="FE")
    interval = predict(plain, "t_k1")
    egger = regtest(yi, vi)
    jackknife = leave_one_out(yi, vi, method=method, test=tested.test)
    ours = {
        "n_studies": plain.k,
        "value": plain.estimate,
        "z": plain.stat,
        "p_value": tested.pval,
        "ci_lo": tested.ci_lb,
        "ci_up": tested.ci_ub,
        "pi_lo": interval.lb,
        "pi_up": interval.ub,
        "tau2": plain.tau2,
        "I2": common.i2,
        "Q": common.q,
        "Q_p": common.q_pval,
        "egger_t": egger.stat,
        "egger_p": egger.pval,
        "jackknife_p": jackknife.pval,
    }
    return {
        field: values[0].tolist() if values.ndim == 2 else values.item()
        for field, values in ours.items()
    }
