"""How long builds of the report take: from nothing, with nothing changed, with one row changed.

Run it with ``.venv/bin/python benchmarks/build.py``. It copies the project into a temporary folder
and prints seconds, and ratios to the build from nothing, which hold across machines.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ("data", "sections", "assets", "notebooks", "review.yml", "_quarto.yml", "index.qmd")
ROW = ("experience_findings.csv", "a larger social network", "a wider social network")


def copy_project(folder: Path) -> None:
    """Copy the sources of the project."""
    for name in SOURCES:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)


def seconds(folder: Path, *options: str) -> float:
    """Return the seconds that one build takes."""
    command = [sys.executable, "-c", "from umbrella_review.cli import main; main()", "build"]
    start = time.perf_counter()
    subprocess.run([*command, *options], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def change_row(folder: Path) -> None:
    """Change one row of one table."""
    name, old, new = ROW
    path = folder / "data" / name
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8", newline="\n")


def main() -> None:
    """Print the table of times."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_project(folder)
        times = {"from nothing, one worker": seconds(folder, "--workers", "1")}
        times["everything again, two workers"] = seconds(folder, "--force", "--workers", "2")
        times["nothing changed"] = min(seconds(folder) for _ in range(3))
        change_row(folder)
        times["one row changed"] = seconds(folder)
    whole = times["from nothing, one worker"]
    for label, value in times.items():
        print(f"{label:32} {value:6.1f} s   {value / whole:5.2f} of a build from nothing")


if __name__ == "__main__":
    main()
