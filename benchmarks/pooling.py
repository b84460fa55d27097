"""How long it takes to pool thousands of analyses, how much memory, and how both grow.

Run it with ``.venv/bin/python benchmarks/pooling.py``. One run fits 5,000 simulated analyses of 3
to 40 studies by REML with Knapp-Hartung tests, prediction intervals, heterogeneity, Egger's test,
the test of excess significance and leave-one-out. Where R with metafor is found, R does the same
work on a part of the analyses, one after the other as metafor works, and the ratio is printed.
The regression test with heterogeneity, and trim and fill, are measured beside it.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np

from umbrella_review.bias.excess import tes
from umbrella_review.bias.refit import leave_one_out
from umbrella_review.bias.regtest import regtest
from umbrella_review.bias.trimfill import trimfill
from umbrella_review.pooling.model import fit
from umbrella_review.pooling.prediction import predict

ANALYSES = 5_000
STUDIES = (3, 40)
GROWTH_IN_ANALYSES = (1_250, 2_500, 5_000, 10_000)
GROWTH_IN_STUDIES = (5, 10, 20, 40)
ANALYSES_IN_R = 100
SEED = 20_240
Work = Callable[[np.ndarray, np.ndarray], dict[str, float]]
GOAL = 200

R_WORK = """
suppressMessages(library(metafor))
rows <- read.csv(commandArgs(TRUE)[1])
parts <- split(rows, rows$analysis)
start <- proc.time()[["elapsed"]]
failed <- 0
for (part in parts) {
  done <- try({
    model <- rma(yi, vi, data=part, method="REML", test="knha")
    predict(model)
    regtest(model, model="lm", predictor="sei")
    tes(part$yi, part$vi)
    leave1out(model)
  }, silent=TRUE)
  failed <- failed + inherits(done, "try-error")
}
cat(proc.time()[["elapsed"]] - start, failed, "\\n")
"""


def simulate(analyses: int, fewest: int, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Return effects and variances of analyses of random size, NaN after the last study."""
    random = np.random.default_rng(SEED)
    k = random.integers(fewest, most + 1, analyses)
    shape = analyses, most
    vi = random.uniform(0.01, 0.25, shape)
    between = random.choice([0.0, 0.02, 0.1], (analyses, 1))
    mean = random.normal(0.3, 0.3, (analyses, 1))
    yi = mean + random.normal(0.0, 1.0, shape) * np.sqrt(vi + between)
    missing = np.arange(most) >= k[:, None]
    return np.where(missing, np.nan, yi), np.where(missing, np.nan, vi)


def work(yi: np.ndarray, vi: np.ndarray) -> dict[str, float]:
    """Do everything for all analyses; return the seconds of each part."""
    return timed(
        {
            "REML, Knapp-Hartung, heterogeneity, PI": lambda: predict(
                fit(yi, vi, method="REML", test="knha")
            ),
            "Egger": lambda: regtest(yi, vi),
            "excess significance": lambda: tes(yi, vi),
            "leave-one-out": lambda: leave_one_out(yi, vi, method="REML", test="knha"),
        }
    )


def further(yi: np.ndarray, vi: np.ndarray) -> dict[str, float]:
    """Test and fill funnel plots by REML; return the seconds of each part."""
    return timed(
        {
            "Egger, mixed-effects": lambda: regtest(yi, vi, model="rma", method="REML"),
            "trim and fill, L0": lambda: trimfill(yi, vi, method="REML"),
        }
    )


def timed(parts: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the seconds of each part."""
    seconds = {}
    for name, part in parts.items():
        start = time.perf_counter()
        part()
        seconds[name] = time.perf_counter() - start
    return seconds


def best(yi: np.ndarray, vi: np.ndarray, runs: int = 3, of: Work | None = None) -> dict[str, float]:
    """Return the parts of the fastest of some runs."""
    do = of or work
    return min((do(yi, vi) for _ in range(runs)), key=lambda parts: sum(parts.values()))


def peak_memory(yi: np.ndarray, vi: np.ndarray) -> float:
    """Return the largest memory that the work takes at a time, in megabytes."""
    tracemalloc.start()
    work(yi, vi)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def seconds_in_r(yi: np.ndarray, vi: np.ndarray) -> tuple[float, int] | None:
    """Return the seconds that R takes for the same work and how many analyses it refused."""
    program = shutil.which("Rscript")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        rows, script = Path(name) / "studies.csv", Path(name) / "work.R"
        script.write_text(R_WORK, encoding="utf-8")
        with rows.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["analysis", "yi", "vi"])
            for place, study in zip(*np.nonzero(np.isfinite(yi)), strict=True):
                writer.writerow([place, yi[place, study], vi[place, study]])
        done = subprocess.run(
            [program, str(script), str(rows)], capture_output=True, text=True, check=False
        )
    if done.returncode:
        return None
    seconds, failed = done.stdout.split()[-2:]  # R may have said something before
    return float(seconds), int(failed)


def main() -> None:
    """Print the tables."""
    yi, vi = simulate(ANALYSES, *STUDIES)
    parts = best(yi, vi)
    total = sum(parts.values())
    studies = int(np.isfinite(yi).sum())
    print(f"{ANALYSES} analyses of {STUDIES[0]} to {STUDIES[1]} studies, {studies} studies")
    for name, seconds in parts.items():
        print(f"  {name:42} {seconds:7.3f} s  {seconds / total:5.0%}")
    print(f"  {'all':42} {total:7.3f} s  {1e6 * total / ANALYSES:.0f} microseconds an analysis")
    print(f"  peak memory of arrays {peak_memory(yi, vi):.0f} MB")
    print("\nBeside it")
    for name, seconds in best(yi, vi, of=further).items():
        each = 1e6 * seconds / ANALYSES
        print(f"  {name:42} {seconds:7.3f} s  {each:.0f} microseconds an analysis")
    print("\nGrowth with the number of analyses")
    for count in GROWTH_IN_ANALYSES:
        seconds = sum(best(*simulate(count, *STUDIES), runs=2).values())
        print(f"  {count:6} analyses {seconds:7.3f} s  {1e6 * seconds / count:7.0f} us an analysis")
    print("\nGrowth with the number of studies, 2,000 analyses")
    for count in GROWTH_IN_STUDIES:
        seconds = sum(best(*simulate(2_000, count, count), runs=2).values())
        each = 1e6 * seconds / 2_000 / count
        print(f"  {count:6} studies  {seconds:7.3f} s  {each:7.1f} us a study")
    in_r = seconds_in_r(yi[:ANALYSES_IN_R], vi[:ANALYSES_IN_R])
    if in_r is None:
        print("\nR with metafor was not found; nothing to compare with.")
        return
    seconds, failed = in_r
    ratio = seconds / ANALYSES_IN_R / (total / ANALYSES)
    print(f"\nR with metafor: {seconds:.1f} s for {ANALYSES_IN_R} analyses, {failed} refused")
    print(f"  {ratio:.0f} times as long an analysis; the goal is {GOAL}")


if __name__ == "__main__":
    main()
