"""Run everything that must hold before a change lands: ``make test``.

Linters and types first, because they answer within seconds; then the tests, spread over the
processor's cores. The last lines say what was skipped and why.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ("src", "tests", "tools", "benchmarks")
STEPS = {
    "ruff": ("-m", "ruff", "check", "--quiet", *CODE),
    "format": ("-m", "ruff", "format", "--quiet", "--check", *CODE),
    "types": ("-m", "mypy", "--no-error-summary"),
    "docstrings": ("tools/docstrings.py",),
}
TESTS = ("-m", "pytest", "-n", "auto", "--dist", "loadgroup", "--no-loadscope-reorder", "-q")


def main() -> int:
    """Run the steps in order and stop at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-tests", action="store_true", help="linters and types alone")
    steps = dict(STEPS) if parser.parse_args().no_tests else {**STEPS, "tests": TESTS}
    for name, command in steps.items():
        print(f"{name} …", flush=True)
        code = subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode
        if code:
            print(f"{name} failed", file=sys.stderr)
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
