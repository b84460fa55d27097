"""The bibliography: readable by two programs, complete, and in step with the tables."""

from __future__ import annotations

import json
import re
import subprocess

import bibtexparser
import pypandoc
import pytest

from umbrella_review.failures import SOURCE, SOURCE_SEPARATOR
from umbrella_review.load import load_table
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.schemas import BIBLIOGRAPHY, TABLES

# Pages and programs that name no author or no year.
UNDATED = {"elf_peer_support_2021", "pandoc", "papermill", "typst"}
METHODS = {
    "shea_2017",
    "page_2021",
    "gates_2022",
    "campbell_2020",
    "rethlefsen_2021",
    "damschroder_2009",
    "damschroder_2022",
    "pieper_2014",
    "perez_bracchiglione_2022",
    "boon_thomson_2021",
    "fusar_poli_radua_2018",
    "belbasis_2022",
    "aromataris_2015",
    "higgins_handbook_2022",
    "higgins_thompson_2002",
    "altman_bland_2011",
    "tricco_2018",
    "hedges_1981",
}

Entries = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def entries(project: Project) -> Entries:
    library = bibtexparser.parse_string(project.bibliography.read_text(encoding="utf-8"))
    assert not library.failed_blocks
    return {
        entry.key: {name: str(field.value) for name, field in entry.fields_dict.items()}
        for entry in library.entries
    }


def plain(text: str) -> str:
    return text.replace("{", "").replace("}", "")


def test_every_entry_has_author_title_and_year(entries: Entries) -> None:
    for key, entry in entries.items():
        assert entry["title"], key
        if key not in UNDATED:
            assert entry.get("author") or entry.get("editor"), key
            assert re.fullmatch(r"\d{4}", entry["year"]), key


def test_every_review_stands_there_as_in_the_table(
    project: Project, review: Review, entries: Entries
) -> None:
    reviews = load_table(project, "reviews", review)
    assert len(reviews) == 35
    for row in reviews.itertuples():
        entry = entries[row.review_id]
        assert plain(entry["title"]) == row.title
        assert entry["year"] == str(row.year)
        assert entry.get("volume") == row.volume
        assert entry.get("doi") == (row.doi if isinstance(row.doi, str) else None)
        first = plain(entry["author"]).split(" and ", maxsplit=1)[0].split(",")[0]
        assert row.authors.startswith(first)


def test_the_second_paper_of_a_review_has_its_own_entry(entries: Entries) -> None:
    assert entries["pitt_2013_jsswr"]["volume"] == "4"
    assert entries["pitt_2013_jsswr"]["pages"] == "333--356"


def test_methods_and_guidelines_are_there(entries: Entries) -> None:
    assert set(entries) >= METHODS


def test_every_source_of_the_tables_is_there(
    project: Project, review: Review, entries: Entries
) -> None:
    used = {review.based_on, review.framework.reference}
    for name, schema in TABLES.items():
        frame = load_table(project, name, review)
        for column in schema.columns:
            if column.references == BIBLIOGRAPHY:
                cells = frame[column.name].str.split(SOURCE_SEPARATOR, regex=False).explode()
                matches = [SOURCE.fullmatch(cell) for cell in cells]
                assert all(matches)
                used |= {match["key"] for match in matches if match and match["key"]}
    assert used <= set(entries)


def test_identifiers_have_their_form_and_occur_once(entries: Entries) -> None:
    found = [entry["doi"].lower() for entry in entries.values() if "doi" in entry]
    assert len(found) == len(set(found))
    assert all(re.fullmatch(r"10\.\d{4,9}/\S+", doi) for doi in found)
    urls = [entry["url"] for entry in entries.values() if "url" in entry]
    assert all(url.startswith("https://") for url in urls)


def test_pandoc_reads_and_prints_every_entry(project: Project, entries: Entries) -> None:
    command = [
        pypandoc.get_pandoc_path(),
        "--sandbox",
        "--citeproc",
        "-f",
        "markdown",
        "-t",
        "plain",
    ]
    run = subprocess.run(
        [*command, f"--bibliography={project.bibliography}", "--wrap=none"],
        input='---\nnocite: "@*"\n---\n',
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stderr == ""
    printed = [line for line in run.stdout.splitlines() if line]
    assert len(printed) == len(entries)
    assert "Åkerblom" in run.stdout
    assert not re.search(r"[{}\\]", run.stdout)


def test_names_keep_their_capitals(project: Project) -> None:
    pandoc, source = pypandoc.get_pandoc_path(), str(project.bibliography)
    command = [pandoc, "-f", "bibtex", "-t", "csljson", source]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    titles = {
        entry["id"]: re.sub("<[^>]+>", "", entry["title"]) for entry in json.loads(run.stdout)
    }
    for key, name in (
        ("bassuk_2016", "United States"),
        ("ong_2022", "Asia"),
        ("shea_2017", "AMSTAR 2"),
        ("gates_2022", "PRIOR"),
        ("virtanen_2020", "SciPy"),
        ("mckinney_2010", "Python"),
    ):
        assert name in titles[key]
