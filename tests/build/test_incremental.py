"""What runs again after which change, and what the build says of it."""

from __future__ import annotations

import json
import os
import shutil
import time

import pytest

pytestmark = pytest.mark.slow

NOTEBOOKS = ("01_first", "02_second", "03_third")
STEPS = (*NOTEBOOKS, "values", "report")


def ran(explained: dict[str, str]) -> set[str]:
    return {step for step in STEPS if explained[step].startswith("ran because ")}


def test_the_first_build_runs_everything(first_build):
    tiny, result = first_build
    assert result.exit_code == 0, result.output
    for step in STEPS:
        assert f"{step}: ran because first run" in result.stdout
    assert "first:\n  n: '2'" in tiny.variables()
    assert "third:\n  n: '4'" in tiny.variables()
    page, variables = tiny.root / "reports/draft/index.html", tiny.project.variables_file
    assert page.read_text() == variables.read_text()


def test_progress_is_printed_line_by_line_without_a_terminal(first_build):
    lines = first_build[1].stdout.splitlines()
    for name in NOTEBOOKS:
        start = lines.index(f"{name} …")
        end = next(i for i, line in enumerate(lines) if line.startswith(f"{name}  done  "))
        assert start < end
        assert lines[end].endswith(" s")
    assert "  writing by pandoc" in lines
    assert any(line.startswith("3 notebooks: 3 run, 0 up to date; ") for line in lines)
    assert any("index.pdf" in line and "kB" in line for line in lines)


def test_nothing_runs_when_nothing_changed_in_content(built):
    for path in built.root.rglob("*"):
        os.utime(path)

    def execute(content):
        content["metadata"] = {"kernelspec": {"name": "other"}, "language_info": {"version": "9"}}
        content["cells"][3] |= {"execution_count": 7, "outputs": [{"output_type": "stream"}]}
        content["cells"][3]["metadata"]["execution"] = {"started": "today"}

    built.edit("01_first", execute)
    explained = built.explain("-P", "02_second.factor=1")  # its default
    assert [explained[step] for step in STEPS] == ["up to date"] * len(STEPS)


def test_an_edited_row_runs_what_reads_it_and_what_reads_that(built):
    with (built.root / "data/findings.csv").open("a") as stream:
        stream.write("w\n")
    before = built.snapshot("build/notebooks")["01_first.ipynb"]
    explained = built.explain()
    assert ran(explained) == {"02_second", "03_third", "values", "report"}
    assert explained["02_second"] == "ran because data/findings.csv changed"
    assert "build/results/02_second/values.json has new content" in explained["03_third"]
    assert "data/findings.csv changed" in explained["report"]
    assert "second:\n  n: '4'" in built.variables()
    assert built.snapshot("build/notebooks")["01_first.ipynb"] == before


def test_an_input_that_changes_no_result_stops_there(built):
    built.replace("02_second", "n * factor)", "n * factor)  # the same")
    explained = built.explain()
    assert ran(explained) == {"02_second", "report"}
    assert explained["02_second"] == "ran because notebooks/02_second.ipynb changed"


def test_a_parameter_runs_the_notebooks_that_have_it(built):
    explained = built.explain("-P", "factor=5")
    assert ran(explained) == {"02_second", "03_third", "values", "report"}
    assert explained["02_second"] == "ran because parameter factor: 1 -> 5"
    assert "second:\n  n: '15'" in built.variables()
    cells = json.loads(built.snapshot("build/notebooks")["02_second.ipynb"])["cells"]
    injected = [c for c in cells if "injected-parameters" in c["metadata"].get("tags", [])]
    assert [cell["id"] for cell in injected] == ["injected-parameters"]
    assert "factor = 5" in "".join(injected[0]["source"])
    manifest = json.loads(built.snapshot("reports/draft")["manifest.json"])
    assert manifest["parameters"] == {"02_second": {"factor": 5}}


def test_missing_and_changed_products_are_made_again(built):
    shutil.rmtree(built.root / "build/results/01_first")
    (built.root / "reports/draft/index.html").write_text("edited")
    (built.root / "_variables.yml").unlink()
    explained = built.explain()
    assert ran(explained) == {"01_first", "values", "report"}
    assert "build/results/01_first is missing" in explained["01_first"]
    assert explained["values"] == "ran because _variables.yml is missing"
    assert "reports/draft was changed by hand" in explained["report"]


def test_a_new_version_of_the_review_runs_no_notebook(built):
    review = built.root / "review.yml"
    review.write_text(review.read_text().replace("version: 0.1.0", "version: 0.2.0"))
    explained = built.explain()
    assert ran(explained) == {"report"}
    assert explained["report"] == "ran because review.yml changed"


def test_a_forced_build_gives_the_same_bytes_and_waits_for_nothing(built, monkeypatch):
    sleep, pauses = time.sleep, []
    monkeypatch.setattr(time, "sleep", lambda pause: (pauses.append(pause), sleep(pause)))
    before = {folder: built.snapshot(folder) for folder in ("build/notebooks", "reports/draft")}
    explained = built.explain("--force")
    assert ran(explained) == set(STEPS)
    assert explained["01_first"] == "ran because forced"
    for folder, content in before.items():
        assert built.snapshot(folder) == content
    assert max(pauses) < 0.1  # between the end of a step and the beginning of the next


def test_a_removed_notebook_leaves_nothing(built):
    built.notebook("03_third").unlink()
    explained = built.explain()
    assert explained["01_first"] == "up to date"
    assert "build/results/03_third/values.json is gone" in explained["values"]
    assert "third" not in built.variables()
    assert not (built.root / "build/notebooks/03_third.ipynb").exists()
    assert not (built.root / "reports/draft/results/03_third").exists()


def test_published_notebooks_say_nothing_of_this_machine(first_build):
    tiny, _ = first_build
    for name, content in tiny.snapshot("build/notebooks").items():
        text = content.decode()
        assert str(tiny.root) not in text, name
        notebook = json.loads(text)
        assert notebook["metadata"]["language_info"] == {"name": "python"}
        assert all(set(cell["metadata"]) <= {"tags"} for cell in notebook["cells"])


def test_a_build_stays_inside_its_folders(first_build):
    tiny, _ = first_build
    made = {path.name for path in tiny.root.iterdir()}
    sources = {"data", "notebooks", "sections", "assets", "review.yml", "index.qmd", "_quarto.yml"}
    allowed = {"session.py", "__pycache__", "build", "reports", "_variables.yml"}
    assert made <= sources | allowed
