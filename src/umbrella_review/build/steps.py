"""The steps of a build, with everything that each depends on and makes."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from umbrella_review.build.execute import NotebookJob, run_notebook
from umbrella_review.build.explain import ENVIRONMENT, PARAMETER
from umbrella_review.build.nodes import FileNode, FolderNode, Input, Step, make_step
from umbrella_review.build.plan import PlannedNotebook
from umbrella_review.build.report import Renderer, ReportJob, Say, make_report
from umbrella_review.build.values import VALUES, ValuesJob, gather
from umbrella_review.dates import VARIABLE as SOURCE_DATE
from umbrella_review.paths import Project
from umbrella_review.provenance import environment, file_digest, files_in, package_digest
from umbrella_review.qmd.outline import outline_digest, read_outline
from umbrella_review.review import Review

REPORT = "report"
OUTLINE = "headings of the manuscript"


@dataclass(frozen=True)
class Surroundings:
    """What every step depends on.

    Parameters
    ----------
    package : str
        Digest of this package's source.
    versions : str
        The installed versions that matter, ``name==version`` each.
    """

    package: str
    versions: str

    @classmethod
    def of(cls, project: Project) -> Surroundings:
        """Return the surroundings of a project."""
        versions = environment(project.root / "requirements.lock")
        return cls(package_digest(), " ".join(f"{k}=={v}" for k, v in versions.items()))

    def inputs(self, task: str) -> list[Input | FileNode]:
        """Return them as inputs of a task."""
        return [
            Input(task=task, name="package source", content=self.package),
            Input(task=task, name=ENVIRONMENT, content=self.versions),
        ]


def make_steps(
    project: Project,
    review: Review,
    notebooks: Sequence[PlannedNotebook],
    renderer: Renderer,
    say: Say,
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
        [*(_values(project, name) for name in names), *around.inputs("values")],
        [_variables(project)],
        inline=True,
    )
    report = make_step(
        REPORT,
        make_report,
        ReportJob(project, changed, renderer, say),
        _report_inputs(project, names, renderer) + around.inputs(REPORT),
        [FolderNode(name="reports/draft", file=project.draft)],
        inline=True,
    )
    return [*steps, values, report]


def _notebook_step(
    project: Project, review: Review, notebook: PlannedNotebook, around: Surroundings
) -> Step:
    name, source = notebook.name, notebook.source
    contents = {
        f"notebooks/{source.path.name}": source.identity,
        "review.yml": review.analysis_fingerprint(),
        **{
            f"{PARAMETER}{key}": json.dumps(value, ensure_ascii=False)
            for key, value in notebook.parameters.items()
        },
        **_digests(project, [project.data / f"{table}.csv" for table in source.tables]),
        **_digests(project, [project.root / text for text in source.files]),
        **({OUTLINE: outline_digest(read_outline(project))} if source.outline else {}),
    }
    inputs: list[Input | FileNode] = [
        Input(task=name, name=key, content=content) for key, content in contents.items()
    ]
    inputs += [_values(project, other) for other in source.results]
    products = [_executed(project, name), _values(project, name), _results(project, name)]
    return make_step(
        name,
        run_notebook,
        NotebookJob(project, notebook),
        inputs + around.inputs(name),
        products,
    )


def _report_inputs(
    project: Project, names: Sequence[str], renderer: Renderer
) -> list[Input | FileNode]:
    cited = project.root / "CITATION.cff"  # names the day that documents carry
    files = [project.quarto_file, project.review_file, cited, *project.root.glob("*.qmd")]
    for folder in (project.sections, project.assets, project.data):
        files += files_in(folder)
    day = os.environ.get(SOURCE_DATE) or "not set"
    contents = {"engine": renderer.identity, SOURCE_DATE: day, **_digests(project, files)}
    inputs: list[Input | FileNode] = [
        Input(task=REPORT, name=key, content=content) for key, content in contents.items()
    ]
    for name in names:
        inputs += [_executed(project, name), _results(project, name)]
    return [*inputs, _variables(project)]


def _digests(project: Project, files: Sequence[Path]) -> dict[str, str]:
    return {
        path.relative_to(project.root).as_posix(): file_digest(path) or "missing" for path in files
    }


def _executed(project: Project, name: str) -> FileNode:
    return FileNode(name=f"build/notebooks/{name}.ipynb", file=project.executed / f"{name}.ipynb")


def _values(project: Project, name: str) -> FileNode:
    return FileNode(name=f"build/results/{name}/{VALUES}", file=project.results / name / VALUES)


def _results(project: Project, name: str) -> FileNode:
    return FolderNode(name=f"build/results/{name}", file=project.results / name)


def _variables(project: Project) -> FileNode:
    return FileNode(name="_variables.yml", file=project.variables_file)
