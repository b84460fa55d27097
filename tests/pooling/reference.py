"""Reference analyses of `tests/reference/metafor`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[1] / "reference" / "metafor"


@cache
def analyses():
    """Return (name, analysis) of every data set and measure."""
    found = []
    for path in sorted(FOLDER.glob("dat.*.json")):
        for measure, analysis in json.loads(path.read_text("utf-8"))["analyses"].items():
            found.append((f"{path.stem}-{measure}", analysis))
    return found


def raw(name):
    """Return the raw columns of a data set."""
    path = FOLDER / f"{name}.json"
    return {k: np.array(v) for k, v in json.loads(path.read_text("utf-8"))["raw_inputs"].items()}


def assert_close(found, expected, rtol, atol=0.0, what=""):
    """Compare numbers; None stands for a missing one, and tiny p-values compare by logarithm."""
    if expected is None:
        assert np.isnan(found), what
    elif 0 < expected < 1e-12 and "p" in what.lower():
        np.testing.assert_allclose(np.log(found), np.log(expected), rtol=rtol, err_msg=what)
    else:
        np.testing.assert_allclose(found, expected, rtol=rtol, atol=atol, err_msg=what)
