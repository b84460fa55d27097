"""Fitted models of a batch with their prediction intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from umbrella_review.pooling.model import Fit, fit, weights_percent
from umbrella_review.pooling.prediction import Prediction, predict
from umbrella_review.pooling.tau2 import Tau2, estimate_tau2
from umbrella_review.synthesis.batch import Batch
from umbrella_review.synthesis.entries import Entry, by_analysis, entries, joined, same

_FIT = {
    **same("k", "estimate", "se", "stat", "df", "pval", "ci_lb", "ci_ub", "tau2", "se_tau2"),
    **{"I2": "i2", "H2": "h2", "Q": "q", "Qp": "q_pval"},
}


@dataclass(frozen=True)
class Model:
    """One model, fitted to every analysis of a batch.

    Parameters
    ----------
    fit : Fit
        Estimates, an analysis a place.
    pi : Prediction
        Prediction interval with the quantile of the model's test: normal, or t with k - 1
        degrees of freedom.
    pi_riley : Prediction
        The same with t of k - 2 degrees of freedom.
    """

    fit: Fit
    pi: Prediction
    pi_riley: Prediction


def fit_models(batch: Batch, models: Iterable[tuple[str, str]]) -> tuple[Model, ...]:
    """Fit models to all analyses at once.

    Parameters
    ----------
    batch : Batch
        The analyses.
    models : iterable of tuple of str
        Pairs of method and test.

    Returns
    -------
    tuple of Model
        In the same order.
    """
    between: dict[str, Tau2] = {}  # tests of one method share its variance between studies
    fitted = []
    for method, test in models:
        if method not in between:
            between[method] = estimate_tau2(batch.yi, batch.vi, method)
        fitted.append(fit(batch.yi, batch.vi, method=method, test=test, tau2=between[method]))
    return tuple(Model(one, predict(one, "metafor"), predict(one, "t_k2")) for one in fitted)


def model_entries(batch: Batch, models: Iterable[Model]) -> list[list[Entry]]:
    """Return the numbers of the models.

    Parameters
    ----------
    batch : Batch
        The analyses.
    models : iterable of Model
        Fitted to them.

    Returns
    -------
    list of list of dict
        One list an analysis, with an entry for each model.
    """
    return by_analysis([_entries(batch, model) for model in models])


def _entries(batch: Batch, model: Model) -> list[Entry]:
    fitted = model.fit
    found = entries(fitted, _FIT, {"method": fitted.method, "test": fitted.test})
    if fitted.method != "FE":  # one common effect leaves nothing to predict
        for name, interval in (("pi", model.pi), ("pi_riley", model.pi_riley)):
            ends = entries(interval, {f"{name}_lb": "lb", f"{name}_ub": "ub"}, {})
            found = joined(found, ends)
    if fitted.test == "z":  # weights are the same for all tests
        weights = weights_percent(batch.yi, batch.vi, fitted.tau2)
        for entry, line, k in zip(found, weights, batch.k, strict=True):
            entry["weights_pct"] = line[:k]
    return found
