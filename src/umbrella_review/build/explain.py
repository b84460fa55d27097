"""Why a step of the build runs, told from the very states that pytask compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from umbrella_review.build.nodes import INPUTS, Input, Step, inputs_of, products_of

ENVIRONMENT = "environment"
PACKAGE = "package source"
PARAMETER = "parameter "


@dataclass(frozen=True)
class LastRun:
    """What pytask keeps of a step's last successful run.

    Parameters
    ----------
    inputs, products : mapping of str to str
        State of each node when the step had run, by name.
    """

    inputs: Mapping[str, str] = field(default_factory=dict)
    products: Mapping[str, str] = field(default_factory=dict)


def reasons(step: Step, last: LastRun | None, *, forced: bool) -> list[str]:
    """Return why a step has to run, or nothing if it need not.

    Parameters
    ----------
    step : Step
        The step, before it runs.
    last : LastRun, optional
        Its last successful run; None if there was none.
    forced : bool
        Whether the user asked for everything to run.

    Returns
    -------
    list of str
        One phrase a reason, for the user; empty where the step is up to date.
    """
    if last is None:
        return ["first run"]
    found = ["forced"] if forced else []
    nodes = [node for node in inputs_of(step) if node.name != INPUTS]
    gone = last.inputs.keys() - {node.name for node in nodes} - {INPUTS}
    found += [f"{name} is gone" for name in sorted(gone)]
    for node in nodes:
        old, new = last.inputs.get(node.name), node.state()
        if old != new:
            found.append(change(node.name, old, new, made=not isinstance(node, Input)))
    for product in products_of(step):
        state = product.state()
        if state is None:
            found.append(f"{product.name} is missing")
        elif state != last.products.get(product.name):
            found.append(f"{product.name} was changed by hand or left unfinished")
    return found


def change(name: str, old: str | None, new: str | None, *, made: bool = False) -> str:
    """Return how an input has changed.

    Parameters
    ----------
    name : str
        Of the input.
    old, new : str or None
        Its contents before and now; None where there was or is none.
    made : bool
        Whether an earlier step makes it.

    Returns
    -------
    str
        One phrase for the user.
    """
    if name.startswith(PARAMETER):
        return f"{name}: {old or 'new'} -> {new}"
    if old is None:
        return f"{name} is new"
    if name == ENVIRONMENT:
        return f"{name} changed: {_versions(old, new or '')}"
    return f"{name} has new content from an earlier step" if made else f"{name} changed"


def _versions(old: str, new: str) -> str:
    before, after = _by_name(old), _by_name(new)
    return ", ".join(
        f"{name} {before.get(name, 'none')} -> {after.get(name, 'none')}"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    )


def _by_name(versions: str) -> dict[str, str]:
    parts = (part.partition("==") for part in versions.split())
    return {name: version for name, _, version in parts}
