"""What a notebook is made from: the inputs of its task, kept beside its results.

The very contents that decide whether the build runs a notebook are written into
``build/results/<notebook>/inputs.json`` once it has run. So anyone can tell later, and without the
memory of the build, whether results still match their inputs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from umbrella_review.build.explain import ENVIRONMENT, PACKAGE, PARAMETER
from umbrella_review.build.plan import PlannedNotebook
from umbrella_review.build.values import VALUES
from umbrella_review.paths import Project
from umbrella_review.provenance import (
    digest_of,
    environment,
    file_digest,
    files_in,
    package_files,
)
from umbrella_review.qmd.outline import outline_digest, read_outline
from umbrella_review.review import Review

INPUTS = "inputs.json"
OUTLINE = "headings of the manuscript"
_SHORT = 16  # hexadecimal digits that tell the files of the package apart


@dataclass(frozen=True)
class Surroundings:
    """What every step depends on.

    Parameters
    ----------
    package : mapping of str to str
        Digest of each file of this package's source.
    versions : str
        The installed versions that matter, ``name==version`` each.
    """

    package: Mapping[str, str]
    versions: str

    @classmethod
    def of(cls, project: Project) -> Surroundings:
        """Return the surroundings of a project."""
        versions = environment(project.root / "requirements.lock")
        return cls(package_files(), " ".join(f"{k}=={v}" for k, v in versions.items()))

    @property
    def contents(self) -> dict[str, str]:
        """Them as inputs of a step, by name."""
        return {PACKAGE: digest_of(self.package), ENVIRONMENT: self.versions}


@dataclass(frozen=True)
class Fingerprint:
    """What a notebook was made from, and what it made.

    Parameters
    ----------
    inputs : mapping of str to str
        By name, as the build explains itself: digests of files, values of parameters as JSON,
        installed versions.
    package : mapping of str to str
        First digits of the digest of each file of this package's source.
    products : mapping of str to str
        Digest of each file that the notebook made, from the project's root.
    """

    inputs: Mapping[str, str]
    package: Mapping[str, str]
    products: Mapping[str, str]


def given_inputs(
    project: Project, review: Review, notebook: PlannedNotebook, around: Surroundings
) -> dict[str, str]:
    """Return the inputs of a notebook that no other notebook makes.

    Parameters
    ----------
    project : Project
        The project.
    review : Review
        Its ``review.yml``.
    notebook : PlannedNotebook
        The notebook with its parameters.
    around : Surroundings
        Package and environment.

    Returns
    -------
    dict of str to str
        Contents by name.
    """
    source = notebook.source
    return {
        f"notebooks/{source.path.name}": source.identity,
        "review.yml": review.analysis_fingerprint(),
        **{
            f"{PARAMETER}{key}": json.dumps(value, ensure_ascii=False)
            for key, value in notebook.parameters.items()
        },
        **digests(project, [project.data / f"{table}.csv" for table in source.tables]),
        **digests(project, [project.root / text for text in source.files]),
        **({OUTLINE: outline_digest(read_outline(project))} if source.outline else {}),
        **around.contents,
    }


def earlier_results(project: Project, notebook: PlannedNotebook) -> dict[str, str]:
    """Return the inputs of a notebook that earlier notebooks have made.

    Parameters
    ----------
    project : Project
        The project; earlier notebooks have been executed.
    notebook : PlannedNotebook
        The notebook.

    Returns
    -------
    dict of str to str
        Digests by the files' places in the project.
    """
    return digests(project, [project.results / name / VALUES for name in notebook.source.results])


def products(project: Project, name: str) -> dict[str, str]:
    """Return what a notebook has made.

    Parameters
    ----------
    project : Project
        The project.
    name : str
        Stem of the notebook.

    Returns
    -------
    dict of str to str
        Digests by the files' places in the project, ``missing`` where notebook or values do not
        exist; without the file of inputs.
    """
    folder = project.results / name
    made = [path for path in files_in(folder) if path.name not in {INPUTS, VALUES}]
    return digests(project, [project.executed / f"{name}.ipynb", folder / VALUES, *made])


def digests(project: Project, files: Sequence[Path]) -> dict[str, str]:
    """Return the digests of files of a project.

    Parameters
    ----------
    project : Project
        The project.
    files : sequence of Path
        Files in it.

    Returns
    -------
    dict of str to str
        By their places in the project; ``missing`` for those that do not exist.
    """
    return {
        path.relative_to(project.root).as_posix(): file_digest(path) or "missing" for path in files
    }


def short(package: Mapping[str, str]) -> dict[str, str]:
    """Return the first digits of digests.

    Parameters
    ----------
    package : mapping of str to str
        Digests by file.

    Returns
    -------
    dict of str to str
        In the same order.
    """
    return {name: digest[:_SHORT] for name, digest in package.items()}


def write_fingerprint(project: Project, name: str, made: Fingerprint) -> None:
    """Write what a notebook was made from, beside its results.

    Parameters
    ----------
    project : Project
        The project.
    name : str
        Stem of the notebook.
    made : Fingerprint
        What is written.
    """
    text = json.dumps(asdict(made), indent=1, ensure_ascii=False)
    target = _file(project, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text + "\n", encoding="utf-8", newline="\n")


def read_fingerprint(project: Project, name: str) -> Fingerprint | None:
    """Read what `write_fingerprint` wrote.

    Parameters
    ----------
    project : Project
        The project.
    name : str
        Stem of the notebook.

    Returns
    -------
    Fingerprint or None
        None where the notebook was never executed to its end, or the file is none of ours.
    """
    try:
        return Fingerprint(**json.loads(_file(project, name).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _file(project: Project, name: str) -> Path:
    return project.results / name / INPUTS
