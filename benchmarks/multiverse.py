"""How many specifications a second the multiverse evaluates, against a loop of single calls.

Run it with ``.venv/bin/python benchmarks/multiverse.py``. Twenty simulated studies are filtered by
four axes; every subset is pooled by all estimators, tests and prediction intervals. The loop fits
a sample of the same specifications one after the other, as a script would, with the same engine.
"""

from __future__ import annotations

import time
import tracemalloc

import numpy as np

from umbrella_review.multiverse.evaluate import Models, evaluate
from umbrella_review.multiverse.subsets import product, without_each
from umbrella_review.pooling.model import TESTS, fit
from umbrella_review.pooling.prediction import KINDS, predict
from umbrella_review.pooling.tau2 import METHODS

STUDIES = 20
GRIDS = ((2, 2, 2), (4, 3, 3), (6, 5, 3), (10, 8, 6))
SAMPLE = 2_000
SEED = 20_240
ALL = Models(tuple(METHODS), tuple(TESTS), tuple(KINDS))


def simulate(options: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return effects, variances and the subsets of filters with so many options."""
    random = np.random.default_rng(SEED)
    vi = random.uniform(0.01, 0.25, STUDIES)
    yi = 0.2 + random.normal(0.0, 1.0, STUDIES) * np.sqrt(vi + 0.02)
    filters = [random.random((n, STUDIES)) < 0.75 for n in options]
    return yi, vi, product([*filters, without_each(STUDIES)])


def seconds_in_a_loop(yi: np.ndarray, vi: np.ndarray, subsets: np.ndarray) -> float:
    """Return the seconds that a single call takes on average."""
    random = np.random.default_rng(SEED)
    shape = len(subsets), len(ALL.methods), len(ALL.tests), len(ALL.prediction_intervals)
    start = time.perf_counter()
    for place in random.integers(0, np.prod(shape), SAMPLE):
        s, m, t, p = np.unravel_index(place, shape)
        chosen = subsets[s]
        one = fit(yi[chosen], vi[chosen], method=ALL.methods[m], test=ALL.tests[t])
        predict(one, ALL.prediction_intervals[p])
    return (time.perf_counter() - start) / SAMPLE


def main() -> None:
    """Print the table."""
    print(f"{STUDIES} studies; estimators x tests x intervals: {len(METHODS)} x 4 x {len(KINDS)}")
    for options in GRIDS:
        yi, vi, subsets = simulate(options)
        runs = []
        for _ in range(3):
            start = time.perf_counter()
            found = evaluate(yi, vi, subsets, ALL)
            runs.append(time.perf_counter() - start)
        n, seconds = found.pi_lb.size, min(runs)
        tracemalloc.start()
        evaluate(yi, vi, subsets, ALL)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        ratio = seconds_in_a_loop(yi, vi, subsets) / (seconds / n)
        print(
            f"  {n:9,} specifications, {found.subset.max() + 1:6,} subsets {seconds:7.3f} s  "
            f"{n / seconds:11,.0f} a second, {ratio:6,.0f} times a loop, {peak:5.0f} MB"
        )


if __name__ == "__main__":
    main()
