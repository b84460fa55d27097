"""Imports inside the package go downwards only, and its source names no subject matter."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "umbrella_review"
FILES = sorted(PACKAGE.rglob("*.py"))

# From the ground up; a part may import parts of the same line and of lines before.
LAYERS = (
    "errors archive dates columnar",
    "palette paths strict_yaml vocabulary instrument schemas ledger provenance software words",
    "shapes bibliography csv_file heads criteria ledger_file",
    "qmd",
    "cells failures contract links",
    "review_file review",
    "appraisal filters counting ordering",
    "effects pooling bias grading overlap selection narrative characteristics coverage audit "
    "reporting timeline",
    "synthesis multiverse credibility",
    "load",
    "codebook",
    "tables",
    "figures",
    "notebook parameters",
    "build render",
    "release",
    "bundle",
    "cli",
)
# Parts of one line that must not know each other.
APART = ({"build", "render"},)


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def level(part: str) -> int:
    for place, names in enumerate(LAYERS):
        if part in names.split():
            return place
    raise AssertionError(f"{part} has no place in LAYERS")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: write imports in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("umbrella_review.")}
    return {
        name for name in found if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()
    }


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_downwards(path):
    part = part_of(path)
    if part == "__init__":
        assert not imports(path)
        return
    for other in imports(path) - {part}:
        assert level(other) <= level(part), f"{part} imports {other}, which stands above it"
        for apart in APART:
            assert not {part, other} <= apart, f"{part} and {other} must not know each other"


SUBJECT = re.compile(
    r"\bpeer|\bpsw|mental health|psychosis|psychiatr|\brecovery\b|\bcfir\b|\bcooper|"
    r"\bwhite(_20| et al)|schizo|depress|suicid|damschroder|\bcarers?\b",
    re.IGNORECASE,
)


def test_no_word_of_this_review_stands_in_the_package():
    found = []
    for path in sorted(PACKAGE.rglob("*")):
        if not path.is_file() or path.suffix not in {".py", ".html", ".css", ".typ", ".lua", ".js"}:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if SUBJECT.search(line):
                found.append(f"{path.relative_to(PACKAGE)}:{number}: {line.strip()}")
    assert not found, "\n".join(found)
