"""Codebook and data package: in step with contracts and data, and safe to read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from umbrella_review import codebook
from umbrella_review.errors import DataError
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.schemas import TABLES


@pytest.fixture
def copied(tmp_path: Path, copy_project: Callable[[Path], Project]) -> Project:
    return copy_project(tmp_path)


@pytest.fixture(scope="module")
def package(project: Project) -> dict[str, object]:
    return json.loads((project.data / codebook.PACKAGE).read_text(encoding="utf-8"))


def test_both_files_are_as_the_contracts_and_the_data_make_them(
    project: Project, copied: Project
) -> None:
    for path in codebook.write(copied):
        assert path.read_bytes() == (project.data / path.name).read_bytes(), (
            f"{path.name} is out of step: run umbrella codebook"
        )


def test_changed_data_change_the_package_and_not_the_codebook(copied: Project) -> None:
    before = [path.read_bytes() for path in codebook.write(copied)]
    table = copied.data / "experience_findings.csv"
    table.write_bytes(table.read_bytes().replace(b"self-esteem", b"self-worth"))
    after = [path.read_bytes() for path in codebook.write(copied)]
    assert (after[0] == before[0], after[1] == before[1]) == (True, False)


def test_bad_data_are_not_described(copied: Project) -> None:
    table = copied.data / "amstar2.csv"
    table.write_bytes(table.read_bytes().replace(b",high,", b",hgh,"))
    before = (copied.data / codebook.PACKAGE).read_bytes()
    with pytest.raises(DataError, match="hgh"):
        codebook.write(copied)
    assert (copied.data / codebook.PACKAGE).read_bytes() == before


def test_the_command_writes_or_names_the_problem(
    copied: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copied.data)
    assert codebook.main() == 0
    assert capsys.readouterr().out.count("\n") == 2
    (copied.data / "gaps.csv").unlink()
    assert codebook.main() == 2
    assert "data/gaps.csv: there is no such file" in capsys.readouterr().err


def test_every_column_stands_in_the_codebook(project: Project) -> None:
    text = (project.data / codebook.CODEBOOK).read_text(encoding="utf-8")
    for name, schema in TABLES.items():
        section = text.split(f"## `{name}.csv`")[1].split("\n## ")[0]
        for column in schema.columns:
            assert f"| `{column.name}` |" in section


def test_every_row_of_the_codebook_has_all_its_cells(project: Project) -> None:
    text = (project.data / codebook.CODEBOOK).read_text(encoding="utf-8")
    for table in re.findall(r"(?:^\|.*\n)+", text, re.M):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(widths) == 1, table


def test_words_of_the_review_are_only_words(copied: Project) -> None:
    text = copied.review_file.read_text(encoding="utf-8")
    hostile = "<script>alert(1)</script> | *x* {{< meta title >}}"
    copied.review_file.write_text(
        text.replace("clinical: Clinical", f'clinical: "{hostile}"'), encoding="utf-8"
    )
    shown = codebook.codebook(Review.read(copied.review_file))
    assert hostile not in shown
    assert r"\<script\>alert(1)\</script\> \| \*x\* \{\{\< meta title \>\}\}" in shown


def test_hashes_and_sizes_are_those_of_the_files(
    project: Project, package: dict[str, list[dict[str, str]]]
) -> None:
    for resource in package["resources"]:
        data = (project.data / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    names = [resource["name"] for resource in package["resources"]]
    assert names == [*TABLES, "references"]


def test_the_package_says_what_the_contracts_say(package: dict[str, object]) -> None:
    resources = {resource["name"]: resource for resource in package["resources"]}  # type: ignore[attr-defined]
    estimates = resources["estimates"]["schema"]
    fields = {field["name"]: field for field in estimates["fields"]}
    assert estimates["primaryKey"] == ["estimate_id"]
    assert estimates["missingValues"] == [""]
    assert estimates["foreignKeys"] == [
        {"fields": ["review_id"], "reference": {"resource": "reviews", "fields": ["review_id"]}}
    ]
    assert fields["i2"]["constraints"] == {"minimum": 0, "maximum": 100}
    assert fields["i2"]["unit"] == "%"
    assert fields["measure"]["constraints"]["enum"] == ["SMD", "MD", "RR", "OR"]
    assert fields["estimate_id"]["constraints"]["unique"] is True
    assert {field["type"] for field in fields.values()} == {
        "string",
        "integer",
        "number",
        "boolean",
    }
    reviews = {field["name"]: field for field in resources["reviews"]["schema"]["fields"]}
    assert (reviews["questions"]["type"], reviews["questions"]["delimiter"]) == ("list", ";")
    assert package["licenses"][0]["name"] == "CC-BY-4.0"  # type: ignore[index]
    assert package["sources"][0]["path"].startswith("https://doi.org/10.1186/")  # type: ignore[index]
