"""The reference analyses, as parameters of tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import gammaln

REFERENCE = Path(__file__).parents[1] / "reference"
# Measures whose tests of excess significance use the variance under no effect.
MEAN_DIFFERENCES = {"SMD", "MD", "G"}


def metafor() -> dict[str, dict[str, Any]]:
    """Return every analysis of the reference of metafor, named by data set and measure."""
    found = {}
    for path in sorted((REFERENCE / "metafor").glob("dat.*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        for measure, analysis in content["analyses"].items():
            arrays = {name: np.array(analysis[name], dtype=float) for name in ("yi", "vi")}
            ni = analysis.get("ni")
            arrays["ni"] = None if ni is None else np.array(ni, dtype=float)
            found[f"{path.stem}-{measure}"] = {**analysis, **arrays}
    return found


METAFOR = metafor()


def rows(name: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the reference rows of one diagnostic in all analyses."""
    return [(analysis, row) for analysis, content in METAFOR.items() for row in content[name]]


def tau2_of(analysis: str, method: str) -> tuple[float, float]:
    """Return estimate and heterogeneity of a reference model."""
    model = next(
        model
        for model in METAFOR[analysis]["models"]
        if model["method"] == method and model["test"] == "z"
    )
    return model["estimate"], model["tau2"]


def metaumbrella() -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Return file, call, rows of input and results of every factor of metaumbrella's runs."""
    found = []
    for path in sorted((REFERENCE / "metaumbrella").glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        inputs = content["inputs"]
        for run in content["runs"]:
            for factor, result in run["factors"].items():
                here = [i for i, name in enumerate(inputs["factor"]) if name == factor]
                part = {name: [values[i] for i in here] for name, values in inputs.items()}
                found.append((f"{path.stem}-{factor}", run["call"], part, result))
    return found


def correction(df: np.ndarray) -> np.ndarray:
    """Return the exact bias correction of a standardised mean difference (Hedges 1981)."""
    return np.exp(gammaln(df / 2) - np.log(df / 2) / 2 - gammaln((df - 1) / 2))
