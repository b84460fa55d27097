"""What the manuscript embeds: labelled figures and tables of executed notebooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from umbrella_review.errors import Problem
from umbrella_review.render.executed import Cell, Notebook
from umbrella_review.render.shortcodes import Slot

_LABEL = re.compile(r"(?P<kind>fig|tbl)-[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class Embed:
    """A figure or table at its place in the manuscript.

    Parameters
    ----------
    label : str
        Its identifier, e.g. ``fig-flow``.
    kind : str
        ``fig`` or ``tbl``.
    notebook : Notebook
        Where it was made.
    cell : Cell
        The cell that made it.
    """

    label: str
    kind: str
    notebook: Notebook
    cell: Cell

    @property
    def image(self) -> str:
        """File of the figure in the report's folder."""
        return image_name(self.label, self.cell)


def bitmap_name(label: str) -> str:
    """Return the name of a figure's bitmap in the report's folder.

    Parameters
    ----------
    label : str
        Of the figure.

    Returns
    -------
    str
        E.g. ``figures/fig-flow.png``.
    """
    return f"figures/{label}.png"


def image_name(stem: str, cell: Cell) -> str:
    """Return the name of a cell's figure in the report's folder; empty where it has none.

    Parameters
    ----------
    stem : str
        The name without its ending.
    cell : Cell
        The cell.

    Returns
    -------
    str
        The name of a cell's figure in the report's folder.
    """
    return f"figures/{stem}{cell.picture.suffix}" if cell.picture else ""


def find_embeds(
    slots: Iterable[Slot], notebooks: Mapping[str, Notebook], problems: list[Problem]
) -> dict[str, Embed]:
    """Return what each ``path.ipynb#label`` stands for.

    Parameters
    ----------
    slots : iterable of Slot
        Those of kind ``embed``, in the order of the text.
    notebooks : mapping of str to Notebook
        Executed notebooks by path.
    problems : list of Problem
        Gets what has to be mended.

    Returns
    -------
    dict of str to Embed
        Embeds by ``path.ipynb#label``.
    """
    found: dict[str, Embed] = {}
    places: dict[str, str] = {}
    for slot in slots:
        path, _, label = slot.content.partition("#")
        if label in places:
            problems.append(
                Problem(
                    slot.where,
                    f"{label} is embedded again; it stands at {places[label]} already",
                    "each figure and table once",
                    f"Refer to it by @{label} instead.",
                )
            )
            continue
        places[label] = slot.where
        if path in notebooks:
            embed = _embed(slot, notebooks[path], label, problems)
            if embed is not None:
                found[slot.content] = embed
    return found


def _embed(slot: Slot, notebook: Notebook, label: str, problems: list[Problem]) -> Embed | None:
    cell = notebook.labels.get(label)
    match = _LABEL.fullmatch(label)
    if cell is None:
        known = ", ".join(notebook.labels) or "none"
        problems.append(
            Problem(
                slot.where,
                f"{notebook.path} has no cell labelled {label}",
                f"one of its labels: {known}",
                "Correct the label here or in the notebook.",
            )
        )
        return None
    if match is None:
        problems.append(
            Problem(
                slot.where,
                f"the label {label}",
                "fig- or tbl- and then small letters, digits and hyphens",
                "Rename it in the notebook and here.",
            )
        )
        return None
    lacks = list(_lacks(cell, match["kind"]))
    for missing, remedy in lacks:
        place = f"{slot.where}: {notebook.path}, cell {label}"
        problems.append(Problem(place, f"no {missing}", f"{missing} in that cell", remedy))
    return None if lacks else Embed(label, match["kind"], notebook, cell)


def _lacks(cell: Cell, kind: str) -> Iterable[tuple[str, str]]:
    if not cell.outputs:
        yield "output", "Execute the notebook: `umbrella build`."
    elif kind == "fig" and cell.picture is None:
        yield "picture among its outputs", "Let the cell end with session.figure(…)."
    elif kind == "tbl" and cell.markdown is None:
        yield "Markdown table among its outputs", "Let the cell end with session.table(…)."
    if not cell.options.get(f"{kind}-cap"):
        yield f"{kind}-cap", f'Add a line `#| {kind}-cap: "…"`.'
    if kind == "fig" and not cell.alternative:
        yield "fig-alt", 'Add a line `#| fig-alt: "…"`.'
