"""Every path of a project, from its root."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from umbrella_review.errors import Problem, ReviewError

MARKER = "review.yml"
PRINTED = "print"  # in the results of a notebook and in a draft: figures with letters as text


@dataclass(frozen=True)
class Project:
    """The folders and files of one umbrella review.

    Parameters
    ----------
    root : Path
        Folder that holds ``review.yml``.
    """

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Project:
        """Return the project that `start` lies in.

        Parameters
        ----------
        start : Path, optional
            Folder to search upwards from; the working directory by default.

        Raises
        ------
        ReviewError
            If neither the folder nor any folder above it holds ``review.yml``.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / MARKER).is_file():
                return cls(folder)
        raise ReviewError(
            [
                Problem(
                    str(here),
                    f"no {MARKER} in this folder or above it",
                    "a folder of an umbrella review project",
                    "Change into the project, or name it with --project.",
                )
            ]
        )

    @property
    def review_file(self) -> Path:
        return self.root / MARKER

    @property
    def quarto_file(self) -> Path:
        return self.root / "_quarto.yml"

    @property
    def variables_file(self) -> Path:
        return self.root / "_variables.yml"

    @property
    def article(self) -> Path:
        return self.root / "index.qmd"

    @property
    def sections(self) -> Path:
        return self.root / "sections"

    @property
    def assets(self) -> Path:
        return self.root / "assets"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def bibliography(self) -> Path:
        return self.data / "references.bib"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def executed(self) -> Path:
        return self.build / "notebooks"

    @property
    def results(self) -> Path:
        return self.build / "results"

    @property
    def logs(self) -> Path:
        return self.build / "logs"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def draft(self) -> Path:
        return self.reports / "draft"

    def relative(self, path: Path) -> str:
        """Return `path` from the project's root, with forward slashes on every system."""
        return path.resolve().relative_to(self.root.resolve()).as_posix()
