"""What notebooks of a project call: load tables, record values, keep figures and tables.

A notebook starts with ``session = notebook.start("05_effectiveness")``; everything it keeps
goes to ``build/results/<notebook>/``.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from umbrella_review.figures.svg_file import draw_svg
from umbrella_review.ledger import VALUE_ID, Value, format_value, read_values, write_values
from umbrella_review.load import load_table
from umbrella_review.paths import PRINTED, Project
from umbrella_review.qmd.cell_options import COMPUTED
from umbrella_review.qmd.outline import Target, read_outline
from umbrella_review.review import Review
from umbrella_review.schemas import TABLES
from umbrella_review.tables import TableView
from umbrella_review.tables.rows import ROWS, RowIds, write_rows


class Picture:
    """A figure as a cell output: SVG, which the report turns into bitmaps where it needs them.

    Parameters
    ----------
    svg : str
        The figure as SVG.
    finding : str, optional
        What it shows, which the build puts behind the typed alternative text of the cell.
    """

    def __init__(self, svg: str, finding: str = "") -> None:
        self.svg = svg
        self.finding = finding

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, Any]]:
        metadata = {COMPUTED: {"fig-alt": self.finding}} if self.finding else {}
        return {"image/svg+xml": self.svg, "text/plain": "<figure>"}, metadata

    @classmethod
    def of(cls, figure: Figure, finding: str = "") -> Picture:
        """Draw a figure; the same figure gives the same bytes."""
        return cls(draw_svg(figure), finding)


class Session:
    """One run of one notebook.

    Parameters
    ----------
    project : Project
        The project that the notebook belongs to.
    name : str
        Stem of the notebook's file, e.g. ``05_effectiveness``.
    """

    def __init__(self, project: Project, name: str) -> None:
        self.project = project
        self.name = name
        self.review = Review.read(project.review_file)
        self.folder = project.results / name
        self._values: dict[str, Value] = {}
        self._rows: dict[str, Sequence[RowIds]] = {}
        shutil.rmtree(self.folder, ignore_errors=True)
        for part in ("tables", "figures", PRINTED):
            (self.folder / part).mkdir(parents=True)
        write_values({}, self.folder / "values.json")
        write_rows({}, self.folder / ROWS)

    def load(self, *tables: str) -> Any:
        """Return one table, or a tuple of tables in the order of their names.

        The build reads these names from the notebook's source, so they must be literal strings.
        """
        frames = tuple(load_table(self.project, name, self.review) for name in tables)
        return frames[0] if len(frames) == 1 else frames

    def outline(self) -> dict[str, Target]:
        """Return what the manuscript lets the text refer to, by label.

        The build runs the notebook again when labels or headings change, not the text below.
        """
        return read_outline(self.project)

    def results(self, notebook: str) -> dict[str, Value]:
        """Return the values that an earlier notebook recorded; its name must be a literal."""
        return read_values(self.project.results / notebook / "values.json")

    def record(
        self,
        value_id: str,
        value: Any,
        *,
        rows: Mapping[str, pd.DataFrame] | None = None,
        unit: str = "",
        decimals: int | None = None,
    ) -> None:
        """Record a value under an id by which the manuscript cites it.

        Parameters
        ----------
        value_id : str
            At least two lower-case words joined by points, e.g. ``rq1.n_reviews``.
        value : int, float or str
            The value; numpy scalars are accepted.
        rows : mapping of str to DataFrame, optional
            Per table the rows that the value was computed from; their ids are kept.
        unit : str, optional
            What is counted or measured.
        decimals : int, optional
            Digits after the point in print.

        Raises
        ------
        ValueError
            If the id is malformed or already used in this notebook, or the value is empty or
            not finite.
        """
        if not VALUE_ID.fullmatch(value_id):
            raise ValueError(f"{value_id!r} is not a value id like 'rq1.n_reviews'")
        if value_id in self._values:
            raise ValueError(f"the value {value_id!r} was recorded before in this notebook")
        plain = value.item() if hasattr(value, "item") else value
        text = format_value(plain, decimals)
        if not text.strip():
            raise ValueError(f"the value {value_id!r} is empty")
        ids = {name: _row_ids(name, frame) for name, frame in (rows or {}).items()}
        self._values[value_id] = Value(value_id, plain, text, unit, ids, decimals, _run_count())
        write_values(self._values, self.folder / "values.json")

    def record_all(self, values: Iterable[Value]) -> None:
        """Record values that a function of the package has prepared."""
        for value in values:
            if value.value_id in self._values:
                raise ValueError(f"the value {value.value_id!r} was recorded before")
            self._values[value.value_id] = replace(value, run=_run_count())
        write_values(self._values, self.folder / "values.json")

    def table(self, view: TableView, name: str) -> TableView:
        """Keep a table as CSV under `name` (its label, e.g. ``tbl-reviews``) and return it.

        The rows of the data behind each of its rows are kept too; the ledger leads to them.
        """
        target = self.folder / "tables" / f"{name}.csv"
        view.frame.to_csv(target, index=False, lineterminator="\n")
        if view.rows:
            self._rows[name] = view.rows
            write_rows(self._rows, self.folder / ROWS)
        return view

    def figure(
        self,
        figure: Figure,
        name: str,
        data: pd.DataFrame | None = None,
        *,
        finding: str = "",
    ) -> Picture:
        """Keep a figure under `name`, with its data, and return it.

        It is drawn a second time for print, where its letters are those of a font.

        Parameters
        ----------
        figure : Figure
            What is drawn.
        name : str
            Its label, e.g. ``fig-flow``.
        data : DataFrame, optional
            What it was drawn from.
        finding : str, optional
            Plain sentences on what the figure shows, with its numbers; the build puts them behind
            the typed alternative text. Those of its frame, where none are given.

        Returns
        -------
        Picture
            The output of a cell.
        """
        folder = self.folder / "figures"
        if data is not None:
            data.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
        picture = Picture.of(figure, finding or str(figure.get_label()))
        _write(folder / f"{name}.svg", picture.svg)
        _write(self.folder / PRINTED / f"{name}.svg", draw_svg(figure, letters=True))
        return picture


def start(name: str) -> Session:
    """Begin a notebook: find the project, read ``review.yml``, empty its results folder.

    Parameters
    ----------
    name : str
        Stem of the notebook's file.

    Returns
    -------
    Session
        Ready to load and record.

    Raises
    ------
    ReviewError
        If ``review.yml`` breaks its contract.
    """
    return Session(Project.find(), name)


def _run_count() -> int | None:
    """Return which of the cells that ran this one is, or None outside a notebook."""
    # Only a kernel has loaded IPython; elsewhere there is no reason to.
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    # Its own counter is already that of the next cell, depending on the version.
    return None if shell is None else len(shell.history_manager.input_hist_raw) - 1


def _row_ids(table: str, frame: pd.DataFrame) -> tuple[str, ...]:
    return tuple(frame[TABLES[table].key].astype(str))


def _write(target: Path, text: str) -> None:
    target.write_text(text, encoding="utf-8", newline="\n")
