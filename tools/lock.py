"""Renew ``requirements.lock``: ``make lock``.

Resolves the dependencies of the package and of its development for every supported Python and
platform at once, with the hash of every file. The list carries no address of a package index.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAD = """\
# Every dependency of the package and of its development, for all supported platforms and
# Pythons, with hashes. Made by `make lock`; do not edit.
"""


def main() -> int:
    """Write the lock and return the exit code of the resolver."""
    target = ROOT / "requirements.lock"
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--extra", "dev"),
        *("--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade"),
        *("--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet"),
    ]
    result = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if result.returncode == 0:
        target.write_text(HEAD + result.stdout, encoding="utf-8", newline="\n")
    return result.returncode


if __name__ == "__main__":
    sys.exit(main())
