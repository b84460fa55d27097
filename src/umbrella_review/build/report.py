"""The last step: the report is rendered, completed and published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from umbrella_review.build import publish
from umbrella_review.build.stale import Stale, in_words
from umbrella_review.parameters import Parameter
from umbrella_review.paths import Project
from umbrella_review.provenance import DISTRIBUTION, PACKAGE, environment, package_files
from umbrella_review.review import Review

Say = Callable[[str], None]


@dataclass(frozen=True)
class Renderer:
    """A render engine.

    Parameters
    ----------
    engine : str
        Its name, ``quarto`` or ``pandoc``.
    version : str
        Version of a program that is not among the installed distributions, else empty.
    render : callable
        Called with project, engine, an empty folder, a function that takes what to tell the
        user, and lines about results that do not match their inputs; writes the report, which
        shows these lines, into the folder.
    """

    engine: str
    version: str
    render: Callable[[Project, str, Path, Say, Sequence[str]], None]

    @property
    def identity(self) -> str:
        """Name and version."""
        return f"{self.engine} {self.version}".strip()


@dataclass(frozen=True)
class ReportJob:
    """A report to make from the executed notebooks.

    Parameters
    ----------
    project : Project
        The project.
    notebooks : mapping of str to mapping of str to parameter
        Per notebook the parameters that differ from their defaults.
    renderer : Renderer
        The engine.
    say : callable
        Takes what to tell the user.
    stale : tuple of Stale
        Notebooks that do not match their inputs; the report and its manifest say so.
    """

    project: Project
    notebooks: Mapping[str, Mapping[str, Parameter]]
    renderer: Renderer
    say: Say
    stale: tuple[Stale, ...] = ()


def make_report(job: ReportJob) -> None:
    """Render the report, add data, results and manifest, and replace ``reports/draft``.

    Parameters
    ----------
    job : ReportJob
        What to make, and by which engine.

    Raises
    ------
    ManuscriptError
        If the manuscript cannot be rendered.
    BuildError
        If the engine fails, or the earlier report cannot be replaced.
    """
    project = job.project
    folder = publish.staging(project)
    job.say(f"rendering by {job.renderer.identity}")
    job.renderer.render(project, job.renderer.engine, folder, job.say, in_words(job.stale))
    complete(project, job.notebooks, folder, job.renderer.identity, job.stale)
    publish.replace_draft(project, folder)


def complete(
    project: Project,
    notebooks: Mapping[str, Mapping[str, Parameter]],
    folder: Path,
    engine: str,
    stale: Sequence[Stale] = (),
) -> None:
    """Add to what an engine made the data, the results and the manifest.

    Parameters
    ----------
    project : Project
        The project.
    notebooks : mapping of str to mapping of str to parameter
        Per notebook the parameters that differ from their defaults.
    folder : Path
        What the engine made.
    engine : str
        Name and version of the engine.
    stale : sequence of Stale
        Notebooks that do not match their inputs.
    """
    publish.add_data(project, folder)
    publish.add_results(project, notebooks, folder)
    changed = {name: values for name, values in notebooks.items() if values}
    about = {
        "package": f"{DISTRIBUTION} {version(DISTRIBUTION)}",
        "engine": engine,
        "review_version": Review.read(project.review_file).version,
        "parameters": changed,
        publish.MADE_BY: {
            "environment": environment(project.root / "requirements.lock"),
            "package_files": {
                f"{PACKAGE.name}/{name}": one for name, one in package_files().items()
            },
        },
        publish.STALE: [asdict(entry) for entry in stale],
    }
    publish.write_manifest(folder, about)
