"""Check the public docstrings against the numpydoc rules named in ``pyproject.toml``."""

import importlib
import inspect
import pkgutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from numpydoc.validate import validate

import umbrella_review

ROOT = Path(__file__).parents[1]


def public_names() -> Iterator[str]:
    """Yield the dotted name of every public class and function of the package."""
    for found in pkgutil.walk_packages(umbrella_review.__path__, "umbrella_review."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, thing in vars(module).items():
            own = getattr(thing, "__module__", None) == found.name
            if (
                own
                and not name.startswith("_")
                and (inspect.isclass(thing) or inspect.isfunction(thing))
                and not getattr(thing, "_is_protocol", False)  # nobody calls a protocol
            ):
                yield f"{found.name}.{name}"


def main() -> int:
    """Print each broken rule and return 1 if there is one."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rules = set(settings["tool"]["numpydoc_validation"]["checks"])
    broken = 0
    for name in sorted(set(public_names())):
        result = validate(name)
        for code, message in result["errors"]:
            if code in rules:
                broken += 1
                print(f"{result['file']}:{result['file_line']}: {name}: {code} {message}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
