"""Publishing, cleaning and locking: what is replaced, removed and held, and what never is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil

import pytest

from umbrella_review.build import publish
from umbrella_review.build.check import Counts, check
from umbrella_review.build.clean import clean
from umbrella_review.build.lock import locked
from umbrella_review.build.values import ValuesJob, gather, merge
from umbrella_review.errors import BuildError, DataError, InputError, Problem
from umbrella_review.ledger import Value, write_values


def draft(tiny, text):
    report = publish.staging(tiny.project)
    (report / "index.html").write_text(text)
    return report


def test_a_report_holds_data_results_and_a_manifest_of_both(tiny):
    (tiny.root / "data/references.bib").write_text("@book{a}")
    (tiny.root / "data/notes.txt").write_text("private")
    results = tiny.root / "build/results/01_first"
    (results / "tables").mkdir(parents=True)
    (results / "tables/tbl-first.csv").write_text("a\n1\n")
    (results / "values.json").write_text("[]")
    report = draft(tiny, "é")
    publish.add_data(tiny.project, report)
    publish.add_results(tiny.project, ("01_first",), report)
    publish.write_manifest(report, {"engine": "pandoc"})
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    paths = [entry["path"] for entry in manifest["files"]]
    assert (
        paths
        == sorted(paths)
        == [
            "data/findings.csv",
            "data/references.bib",
            "data/reviews.csv",
            "index.html",
            "results/01_first/tables/tbl-first.csv",
            "results/01_first/values.json",
        ]
    )
    assert manifest["engine"] == "pandoc"
    for entry in manifest["files"]:
        content = (report / entry["path"]).read_bytes()
        assert entry["bytes"] == len(content)
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert str(tiny.root) not in (report / "manifest.json").read_text()


def test_a_figure_for_print_is_kept_where_the_report_shows_that_figure(tiny):
    report = draft(tiny, "x")
    (report / "figures").mkdir()
    for name, shown in (("fig-same", "<a/>"), ("fig-other", "<b/>"), ("fig-named", None)):
        for folder, text in (("figures", "<a/>"), ("print", f"<{name}/>")):
            path = tiny.root / "build/results/01_first" / folder / f"{name}.svg"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        if shown:
            (report / "figures" / f"{name}.svg").write_text(shown)
    publish.add_results(tiny.project, ("01_first",), report)
    kept = {path.name: path.read_text() for path in (report / "print").iterdir()}
    assert kept == {"fig-same.svg": "<fig-same/>", "fig-named.svg": "<fig-named/>"}
    assert not (report / "results/01_first/print").exists()


def test_a_report_replaces_the_earlier_one_whole(tiny):
    publish.replace_draft(tiny.project, draft(tiny, "old"))
    (tiny.project.draft / "left.txt").write_text("over")
    publish.replace_draft(tiny.project, draft(tiny, "new"))
    assert tiny.snapshot("reports") == {"draft/index.html": b"new"}
    assert [path.name for path in tiny.project.build.iterdir()] == []


def test_a_move_that_fails_leaves_the_earlier_report(tiny, monkeypatch):
    publish.replace_draft(tiny.project, draft(tiny, "old"))
    report = draft(tiny, "new")
    rename = os.rename

    def refuse(source, target):
        if source == report:
            raise PermissionError(13, "in use")
        rename(source, target)

    monkeypatch.setattr(publish.os, "rename", refuse)
    with pytest.raises(BuildError, match=r"in use.*Close programs"):
        publish.replace_draft(tiny.project, report)
    assert tiny.snapshot("reports") == {"draft/index.html": b"old"}


def test_a_crash_between_the_moves_is_repaired(tiny, monkeypatch):
    publish.replace_draft(tiny.project, draft(tiny, "old"))
    report = draft(tiny, "new")
    rename = os.rename

    def crash(source, target):
        if source == report:
            raise KeyboardInterrupt
        rename(source, target)

    monkeypatch.setattr(publish.os, "rename", crash)
    with pytest.raises(KeyboardInterrupt):
        publish.replace_draft(tiny.project, report)
    assert not tiny.project.draft.exists()
    publish.restore_draft(tiny.project)
    assert tiny.snapshot("reports") == {"draft/index.html": b"old"}
    publish.restore_draft(tiny.project)  # nothing to do
    assert tiny.snapshot("reports") == {"draft/index.html": b"old"}


def test_cleaning_removes_what_is_generated_and_nothing_else(tiny):
    before = tiny.snapshot(".")
    publish.replace_draft(tiny.project, draft(tiny, "new"))
    (tiny.root / "reports/1.0.0").mkdir()
    (tiny.root / "reports/1.0.0/index.html").write_text("released")
    (tiny.root / "_variables.yml").write_text("a: b")
    result = tiny.run("clean")
    assert result.stdout == "removed: reports/draft, _variables.yml, build\n"
    assert tiny.snapshot(".") == before | {"reports/1.0.0/index.html": b"released"}
    assert tiny.run("clean").stdout == "there was nothing to remove\n"


@pytest.mark.parametrize("name", ["build", "reports", "reports/draft", "_variables.yml"])
def test_cleaning_follows_no_link(tiny, tmp_path, name):
    precious = tmp_path / "precious"
    (precious / "draft").mkdir(parents=True)
    (precious / "draft/file").write_text("kept")
    (tiny.root / name).parent.mkdir(exist_ok=True)
    (tiny.root / name).symlink_to(precious, target_is_directory=True)
    if name != "build":
        (tiny.root / "build").mkdir()
    with pytest.raises(InputError, match="is a link to"):
        clean(tiny.project)
    assert (precious / "draft/file").read_text() == "kept"
    assert (tiny.root / "build").exists()


def test_links_inside_are_removed_and_what_they_lead_to_is_kept(tiny, tmp_path):
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("kept")
    (tiny.root / "build").mkdir()
    (tiny.root / "build/link").symlink_to(precious, target_is_directory=True)
    assert clean(tiny.project) == ["build"]
    assert (precious / "file").read_text() == "kept"


def test_one_build_at_a_time(tiny):
    (tiny.root / "build").mkdir()
    with locked(tiny.project):
        for arguments in (("build",), ("clean",)):
            result = tiny.run(*arguments)
            assert result.exit_code == 1
            assert (
                f"another build is running in this project (process {os.getpid()})" in result.stderr
            )
        assert (tiny.root / "build").is_dir()
    with locked(tiny.project):
        pass


def value(key):
    return {key: Value(key, 1, "1")}


def test_values_are_gathered_and_rewritten_only_when_they_change(tiny):
    for name, key in (("a", "x.n"), ("b", "y.n")):
        (tiny.project.results / name).mkdir(parents=True)
        write_values(value(key), tiny.project.results / name / "values.json")
    job = ValuesJob(tiny.project, ("a", "b"))
    gather(job)
    assert tiny.variables() == "x:\n  n: '1'\ny:\n  n: '1'\n"
    os.utime(tiny.project.variables_file, (1, 1))
    gather(job)
    assert tiny.project.variables_file.stat().st_mtime == 1
    write_values(value("y.m"), tiny.project.results / "b/values.json")
    gather(job)
    assert "m: '1'" in tiny.variables()
    assert [path.name for path in tiny.project.build.iterdir()] == ["results"]


def test_one_id_belongs_to_one_notebook(tiny):
    for name in ("a", "b"):
        (tiny.project.results / name).mkdir(parents=True)
        write_values(value("x.n"), tiny.project.results / name / "values.json")
    with pytest.raises(InputError) as caught:
        merge(tiny.project, ("a", "b"))
    assert "notebooks/b.ipynb: it records x.n, which a records too" in str(caught.value)
    write_values(value("x.n.m"), tiny.project.results / "b/values.json")
    with pytest.raises(InputError, match="through another value"):
        gather(ValuesJob(tiny.project, ("a", "b")))


@pytest.fixture
def checked(monkeypatch):
    """Counts how often the tables are really checked; the first cell may be bad."""
    calls = []

    def check_project(project):
        calls.append(project)
        if "bad" in (project.data / "reviews.csv").read_text():
            problem = Problem("data/reviews.csv, row 2, column year", "'bad'", "a year", "Mend it.")
            raise DataError([problem, problem])

    monkeypatch.setattr("umbrella_review.load.check_project", check_project)
    return calls


def test_a_check_is_remembered_until_content_changes(tiny, checked):
    assert check(tiny.project) == Counts(tables=2, rows=5)
    os.utime(tiny.root / "data/reviews.csv")
    assert check(tiny.project) == Counts(tables=2, rows=5)
    assert len(checked) == 1
    for changed in ("review.yml", "data/reviews.csv", "data/references.bib"):
        with (tiny.root / changed).open("a") as stream:
            stream.write("\n")
        check(tiny.project)
    assert len(checked) == 4
    (tiny.root / "build/check.json").write_text("{")
    check(tiny.project)
    assert len(checked) == 5


def test_check_says_what_it_found(tiny, checked):
    assert tiny.run("check").stdout == "2 tables, 5 rows: no problem\n"
    shutil.rmtree(tiny.root / "build")
    (tiny.root / "data/reviews.csv").write_text("review_id\nbad\n")
    for _ in range(2):  # a failed check is not remembered
        result = tiny.run("check")
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "2 problems:" in result.stderr
        assert "data/reviews.csv, row 2, column year\n  found:    'bad'\n" in result.stderr
        assert "  expected: a year\n  remedy:   Mend it.\n" in result.stderr
        assert "Traceback" not in result.stderr
