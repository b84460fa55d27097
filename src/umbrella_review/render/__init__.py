"""Rendering a manuscript as HTML and PDF, by the embedded engine or by Quarto."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from umbrella_review.paths import Project

if TYPE_CHECKING:
    from umbrella_review.render.trace.ledger import Ledger

__all__ = ["Since", "changes_by", "render", "resolve"]

Since = Callable[[Path], Sequence[str]]


def resolve(engine: str) -> str:
    """Return the engine to use.

    Parameters
    ----------
    engine : {'auto', 'quarto', 'pandoc'}
        The choice; ``auto`` takes Quarto where it is found.

    Returns
    -------
    {'quarto', 'pandoc'}
        ``pandoc`` is the embedded engine.
    """
    if engine != "auto":
        return engine
    from umbrella_review.render.quarto import find_quarto

    return "quarto" if find_quarto() else "pandoc"


def render(
    project: Project,
    engine: str,
    target: Path,
    say: Callable[[str], None],
    notice: Sequence[str] = (),
    *,
    since: Since | None = None,
) -> None:
    """Write a whole report.

    Parameters
    ----------
    project : Project
        The project; its notebooks have been executed.
    engine : {'auto', 'quarto', 'pandoc'}
        What renders.
    target : Path
        New, empty folder of the report: gets ``index.html``, ``index.pdf`` and all they need.
    say : callable
        Gets lines about the progress.
    notice : sequence of str, optional
        Lines about notebooks whose results do not match their inputs; the report shows them.
    since : callable, optional
        Gets a folder with the ledger as files, returns lines about what changed since the last
        version.

    Raises
    ------
    ManuscriptError
        With every problem of the manuscript at once; checked before either engine runs.
    BuildError
        If an engine fails.
    """
    from umbrella_review.render.manuscript import read_manuscript
    from umbrella_review.render.trace.ledger import make_ledger

    with _no_collection():
        manuscript = replace(read_manuscript(project), notice=tuple(notice))
        ledger = make_ledger(project, manuscript)
        manuscript = replace(manuscript, changes=changes_by(since, ledger))
        say(ledger.summary)
        if resolve(engine) == "quarto":
            from umbrella_review.render.quarto import render_quarto

            render_quarto(project, manuscript, ledger, target, say)
            return
        from umbrella_review.render.embedded import render_embedded

        render_embedded(project, manuscript, ledger, target, say)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Do without the search for cycles, of which document trees have none.

    It would go through all their nodes again and again, a quarter of the time of Python here.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def changes_by(since: Since | None, ledger: Ledger) -> tuple[str, ...]:
    """Return what changed since the last version.

    Parameters
    ----------
    since : callable or None
        As `render` takes it.
    ledger : Ledger
        What is recorded and claimed now.

    Returns
    -------
    tuple of str
        Nothing where nobody tells.
    """
    from umbrella_review.render.trace.files import write_files

    if since is None:
        return ()
    with TemporaryDirectory(prefix="umbrella-") as folder:
        write_files(ledger, Path(folder))
        return tuple(since(Path(folder)))
