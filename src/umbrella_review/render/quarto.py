"""Rendering by Quarto, where it is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from umbrella_review.errors import BuildError
from umbrella_review.paths import Project
from umbrella_review.render.citations import entry_numbers, set_citations
from umbrella_review.render.companions import write_companions
from umbrella_review.render.config import read_settings
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.notice import quarto_profile
from umbrella_review.render.quarto_frame import frame_article
from umbrella_review.render.trace.ledger import Ledger

_LAST_LINES = 25
_NEEDED = ("index.html", "index.pdf")
_DOCX, _JATS = "index.docx", "index.xml"
PROFILE = "umbrella-stale"  # names a file of settings, and the switch that lets Quarto read it
# Tells the scripts that `quarto render` calls that their work is done by who called it.
CALLED_BY_US = "UMBRELLA_RENDERS"
_GRAPHIC = re.compile(r'<(?:inline-)?graphic\b[^>]*xlink:href="([^"]+)"')


def find_quarto() -> str | None:
    """Return Quarto's executable: that of ``QUARTO_PATH``, else the one on the search path.

    Returns
    -------
    str or None
        Its path, or None where it is not found.
    """
    from quarto.quarto import path

    found = path()
    return shutil.which(found) if found else None


def render_quarto(
    project: Project,
    manuscript: Manuscript,
    ledger: Ledger,
    target: Path,
    say: Callable[[str], None],
) -> None:
    """Render a project by ``quarto render``, copy what it writes, and add the pages around it.

    Parameters
    ----------
    project : Project
        The project; its notebooks have been executed.
    manuscript : Manuscript
        Its manuscript, checked.
    ledger : Ledger
        What it cites.
    target : Path
        New folder for the report.
    say : callable
        Gets each line that Quarto prints.

    Raises
    ------
    BuildError
        If Quarto is not found, fails, or writes no HTML or no PDF.
    """
    executable = find_quarto()
    if executable is None:
        raise BuildError(
            "Quarto was not found: neither QUARTO_PATH nor the search path names it. "
            "Install it from https://quarto.org, or use --engine pandoc."
        )
    output = project.root / output_folder(project)
    shutil.rmtree(output, ignore_errors=True)
    with _profile(project, manuscript.notice) as environment:
        _run(executable, project.root, environment, say)
    missing = [name for name in _NEEDED if not (output / name).is_file()]
    if missing:
        raise BuildError(
            f"Quarto ended well but did not write {' and '.join(missing)} into "
            f"{project.relative(output)}. Formats html and typst must be in _quarto.yml."
        )
    shutil.copytree(output, target, dirs_exist_ok=True)
    _rename_formats(target)
    write_around(project, manuscript, ledger, target)


def write_around(project: Project, manuscript: Manuscript, ledger: Ledger, target: Path) -> None:
    """Write notebooks, ledger and pages of the data around an article by Quarto, and lead to them.

    Parameters
    ----------
    project : Project
        The project.
    manuscript : Manuscript
        Its manuscript, checked.
    ledger : Ledger
        What it cites.
    target : Path
        Folder of the article.
    """
    marks = entry_numbers(set_citations(manuscript.blocks, manuscript.settings))
    write_companions(project, manuscript, ledger, marks, target, anchored=False)
    frame_article(project, manuscript, target)


@contextmanager
def _profile(project: Project, notice: Sequence[str]) -> Iterator[dict[str, str]]:
    """Give the environment of `quarto render`; while it runs, a notice stands in a profile."""
    # Its scripts need the package, which the Python on the search path may lack.
    environment = {**os.environ, "QUARTO_PYTHON": sys.executable, CALLED_BY_US: "1"}
    if not notice:
        yield environment
        return
    active = os.environ.get("QUARTO_PROFILE")
    environment["QUARTO_PROFILE"] = f"{PROFILE},{active}" if active else PROFILE
    settings = project.root / f"_quarto-{PROFILE}.yml"
    settings.write_text(quarto_profile(notice), encoding="utf-8", newline="\n")
    try:
        yield environment
    finally:
        settings.unlink()


def _rename_formats(target: Path) -> None:
    """Put the Word document and the JATS article where the embedded engine has them too.

    Quarto's own pages link to its names, so that these stay.
    """
    if (target / _DOCX).is_file():
        shutil.copyfile(target / _DOCX, target / "report.docx")
    source = target / _JATS
    if not source.is_file():
        return
    article = target / "jats" / "article.xml"
    article.parent.mkdir(exist_ok=True)
    shutil.copyfile(source, article)
    for name in _GRAPHIC.findall(article.read_text(encoding="utf-8")):
        picture = article.parent / name
        if (target / name).is_file() and target in picture.resolve().parents:
            picture.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(target / name, picture)


def _run(
    executable: str, folder: Path, environment: dict[str, str], say: Callable[[str], None]
) -> None:
    last: deque[str] = deque(maxlen=_LAST_LINES)
    with subprocess.Popen(
        [executable, "render"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            say(line.rstrip())
            last.append(line.rstrip())
    if process.returncode:
        lines = "\n".join(f"  {line}" for line in last)
        raise BuildError(f"Quarto failed with exit code {process.returncode}:\n{lines}")


def output_folder(project: Project) -> str:
    """Return the folder into which Quarto writes.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    str
        From the project's root.
    """
    settings = read_settings(project, (), [])
    shared = settings.metadata.get("project")
    return str(shared.get("output-dir", "_manuscript")) if isinstance(shared, dict) else "."
