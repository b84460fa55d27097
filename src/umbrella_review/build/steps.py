"""The steps of a build, with everything that each depends on and makes."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import astuple

from umbrella_review.build.execute import NotebookJob, run_notebook
from umbrella_review.build.fingerprint import Surroundings, digests, given_inputs
from umbrella_review.build.nodes import FileNode, FolderNode, Input, Step, make_step
from umbrella_review.build.plan import PlannedNotebook
from umbrella_review.build.report import Renderer, ReportJob, Say, make_report
from umbrella_review.build.stale import Stale
from umbrella_review.build.values import VALUES, ValuesJob, gather
from umbrella_review.dates import VARIABLE as SOURCE_DATE
from umbrella_review.paths import Project
from umbrella_review.provenance import digest_of, files_in
from umbrella_review.review import Review

REPORT = "report"


def make_steps(
    project: Project,
    review: Review,
    notebooks: Sequence[PlannedNotebook],
    renderer: Renderer,
    say: Say,
    *,
    stale: Sequence[Stale] = (),
) -> list[Step]:
    """Return all steps of a build.

    Parameters
    ----------
    project : Project
        The project.
    review : Review
        Its ``review.yml``.
    notebooks : sequence of PlannedNotebook
        All notebooks, with their parameters.
    renderer : Renderer
        The engine that renders the report.
    say : callable
        Takes what to tell the user while the report is made.
    stale : sequence of Stale, optional
        Notebooks that do not match their inputs where the report is made all the same.

    Returns
    -------
    list of Step
        One a notebook, then the values, then the report.
    """
    around = Surroundings.of(project)
    names = tuple(notebook.name for notebook in notebooks)
    changed = {notebook.name: notebook.overrides for notebook in notebooks}
    steps = [_notebook_step(project, review, notebook, around) for notebook in notebooks]
    values = make_step(
        "values",
        gather,
        ValuesJob(project, names),
        [*(_values(project, name) for name in names), *_inputs("values", around.contents)],
        [_variables(project)],
        inline=True,
    )
    report = make_step(
        REPORT,
        make_report,
        ReportJob(project, changed, renderer, say, tuple(stale)),
        [
            *_inputs(REPORT, _report_contents(project, renderer, stale) | around.contents),
            *(
                node
                for name in names
                for node in (_executed(project, name), _results(project, name))
            ),
            _variables(project),
        ],
        [FolderNode(name="reports/draft", file=project.draft)],
        inline=True,
    )
    return [*steps, values, report]


def _notebook_step(
    project: Project, review: Review, notebook: PlannedNotebook, around: Surroundings
) -> Step:
    name, contents = notebook.name, given_inputs(project, review, notebook, around)
    inputs = [
        *_inputs(name, contents),
        *(_values(project, other) for other in notebook.source.results),
    ]
    products = [_executed(project, name), _values(project, name), _results(project, name)]
    job = NotebookJob(project, notebook, contents, around.package)
    return make_step(name, run_notebook, job, inputs, products)


def _report_contents(
    project: Project, renderer: Renderer, stale: Sequence[Stale]
) -> dict[str, str]:
    cited = project.root / "CITATION.cff"  # names the day that documents carry
    files = [project.quarto_file, project.review_file, cited, *project.root.glob("*.qmd")]
    files += sorted(project.reports.glob("[0-9]*/manifest.json"))  # what changed since these
    for folder in (project.sections, project.assets, project.data):
        files += files_in(folder)
    return {
        "engine": renderer.identity,
        SOURCE_DATE: os.environ.get(SOURCE_DATE) or "not set",
        "stale notebooks": digest_of([astuple(entry) for entry in stale]),
        **digests(project, files),
    }


def _inputs(task: str, contents: Mapping[str, str]) -> list[Input | FileNode]:
    return [Input(task=task, name=key, content=content) for key, content in contents.items()]


def _executed(project: Project, name: str) -> FileNode:
    return FileNode(name=f"build/notebooks/{name}.ipynb", file=project.executed / f"{name}.ipynb")


def _values(project: Project, name: str) -> FileNode:
    return FileNode(name=f"build/results/{name}/{VALUES}", file=project.results / name / VALUES)


def _results(project: Project, name: str) -> FileNode:
    return FolderNode(name=f"build/results/{name}", file=project.results / name)


def _variables(project: Project) -> FileNode:
    return FileNode(name="_variables.yml", file=project.variables_file)
