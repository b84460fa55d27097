"""The files at the top of the project agree with each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PIN = re.compile(r"^([\w.-]+)==(\S+)(?: ; .*)? \\$", re.MULTILINE)
NOTEBOOKS = sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("examples/*/*.ipynb")])
THIN = 15


def test_lock_pins_every_dependency_within_its_range() -> None:
    pinned: dict[str, set[str]] = {}
    for name, version in PIN.findall(LOCK):
        pinned.setdefault(canonicalize_name(name), set()).add(version)
    project = PYPROJECT["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for requirement in map(Requirement, wanted):
        versions = pinned[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_every_pin_of_the_lock_has_hashes_and_no_address() -> None:
    blocks = re.split(r"\n(?=\S)", LOCK.split("\n", 2)[2])
    assert len(blocks) > 50
    assert all("--hash=sha256:" in block for block in blocks if block.strip())
    assert "://" not in LOCK


def test_conda_environment_offers_quarto_and_every_package_that_conda_carries() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    names = [entry.split()[0] for entry in environment["dependencies"] if isinstance(entry, str)]
    assert {"quarto", "jupyter", "papermill", "pandas", "scipy"} <= set(names)
    assert any(name.startswith("seaborn") for name in names)
    assert environment["dependencies"][-1] == {"pip": ["--editable ."]}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_thin_and_stripped(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert notebook.cells[0].cell_type == "markdown"
    assert [cell.metadata.get("tags") for cell in code].count(["parameters"]) == 1
    for cell in code:
        lines = cell.source.splitlines()
        assert not cell.outputs, cell.id
        assert cell.execution_count is None, cell.id
        assert len(lines) <= THIN, cell.id
        assert not re.search(r"(?m)^\s*(def|class|for|while|if)\b|\blambda\b", cell.source), cell.id


def test_labels_of_cells_are_unique_over_all_notebooks() -> None:
    labels = [
        label
        for path in NOTEBOOKS
        for label in re.findall(r"#\| label: (\S+?)(?:\\n|\")", path.read_text("utf-8"))
    ]
    assert labels
    assert len(labels) == len(set(labels))


def test_no_file_names_a_package_registry_or_this_machine() -> None:
    halves = (
        "pypi .org",
        "pythonhosted .org",
        "npmjs .",
        "deb .debian",
        "conda .anaconda",
        "/ro ot/",
        "/tm p/",
    )
    words = [half.replace(" ", "") for half in halves]  # so that this file does not name them
    suffixes = {
        ".py",
        ".md",
        ".yml",
        ".toml",
        ".lock",
        ".qmd",
        ".ipynb",
        ".csv",
        ".cff",
        ".css",
        "",
    }
    skipped = {".git", ".venv", "build", "reports"}
    tops = [
        top for top in ROOT.iterdir() if top.name not in skipped and not top.name.startswith(".")
    ]
    files = [path for top in tops for path in ([top] if top.is_file() else top.rglob("*"))]
    for path in files:
        if path.is_file() and path.suffix in suffixes:
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not [word for word in words if word in text], path


def test_code_has_its_folders() -> None:
    assert list(ROOT.glob("*.py")) == []
