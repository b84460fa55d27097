"""The results of a synthesis as tables on the terminal."""

from __future__ import annotations

import math
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from umbrella_review.synthesis.entries import Entry
from umbrella_review.synthesis.models import model_entries
from umbrella_review.synthesis.run import Synthesis

_WIDTH = 110  # where the output is no terminal; a narrower one would break numbers
_TESTS = {
    "z": "normal",
    "t": "t, k-1 df",
    "knha": "Knapp-Hartung, t with k-1 df",
    "adhoc": "Knapp-Hartung not below normal, t with k-1 df",
}


def show(synthesis: Synthesis) -> None:
    """Print the models, and the diagnostics if there are any.

    Parameters
    ----------
    synthesis : Synthesis
        The results.
    """
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, highlight=False, width=width)
    console.print(_models(synthesis))
    if synthesis.diagnostics:
        console.print(_diagnostics(synthesis))
    for line in _notes(synthesis):
        console.print(Text(line))


def _models(synthesis: Synthesis) -> Table:
    table = Table(title="Pooled effects")
    table.add_column("Analysis", overflow="fold")
    table.add_column("Model", no_wrap=True)
    for head in ("k", "Estimate", "95% CI", "95% PI", "p", "tau2", "I2"):
        table.add_column(head, justify="right", no_wrap=True)
    found = model_entries(synthesis.batch, synthesis.models)
    for name, of_one in zip(synthesis.batch.names, found, strict=True):
        for place, entry in enumerate(of_one):
            table.add_row(
                Text("" if place else name),
                f"{entry['method']} {entry['test']}",
                str(entry["k"]),
                _number(entry["estimate"]),
                _interval(entry, "ci"),
                _interval(entry, "pi"),
                _p(entry["pval"]),
                _number(entry["tau2"]),
                _number(entry["I2"], "{:.1f}%"),
            )
    return table


def _diagnostics(synthesis: Synthesis) -> Table:
    table = Table(title="Small-study effects and robustness")
    table.add_column("Analysis", overflow="fold")
    heads = ("Egger p", "Rank p", "TES p", "Filled (L0)", "Fail-safe N", "Leave-one-out estimates")
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    for name, entry in zip(synthesis.batch.names, synthesis.diagnostics, strict=True):
        refits = _of(entry["leave1out"], method="REML", test="z")["estimate"]
        known = [number for number in refits if not math.isnan(number)]
        filled = _of(entry["trimfill"], method="REML", estimator="L0", side_arg="default")
        table.add_row(
            Text(name),
            _p(_of(entry["regtest"], model="lm", predictor="sei")["pval"]),
            _p(entry["ranktest"]["pval"]),
            _p(_of(entry["tes"], model="EE", test="chi2")["pval"]),
            _number(filled["k0"], "{:.0f}"),
            _number(_of(entry["fsn"], type="Rosenthal")["fsnum"], "{:.0f}"),
            f"{_number(min(known))} to {_number(max(known))}" if known else "–",
        )
    return table


def _of(entries: list[Entry], **wanted: str) -> Entry:
    return next(one for one in entries if wanted.items() <= one.items())


def _notes(synthesis: Synthesis) -> list[str]:
    tests = dict.fromkeys(model.fit.test for model in synthesis.models)
    notes = [f"{test}: intervals and tests are {_TESTS[test]}." for test in tests]
    notes.append("CI: confidence interval. PI: prediction interval, with the quantile of the test.")
    if synthesis.diagnostics:
        notes.append("Filled: studies that trim and fill adds under REML. All results: --json.")
    return notes


def _interval(entry: Entry, kind: str) -> str:
    lower, upper = entry.get(f"{kind}_lb", math.nan), entry.get(f"{kind}_ub", math.nan)
    if math.isnan(lower):
        return "–"
    return f"{_number(lower)} to {_number(upper)}"


def _number(number: float, form: str = "{:.3f}") -> str:
    if math.isnan(number):
        return "–"
    if form == "{:.3f}" and number and not 1e-3 <= abs(number) < 1e5:
        form = "{:.2e}"
    return form.format(number).replace("-", "−")


def _p(number: float) -> str:
    if math.isnan(number):
        return "–"
    return "<0.001" if number < 1e-3 else f"{number:.3f}"
