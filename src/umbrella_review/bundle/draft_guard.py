"""The guard before a draft is packed: it must be what the project would give now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from umbrella_review.build.plan import PlannedNotebook, make_plan
from umbrella_review.build.publish import MANIFEST, STALE
from umbrella_review.build.stale import find_stale, refuse_stale
from umbrella_review.errors import Problem, StaleError
from umbrella_review.paths import Project
from umbrella_review.provenance import file_digest, files_in
from umbrella_review.review import Review

_EXPECTED = "a draft of the project as it is now"
_REMEDY = "Run `umbrella build`, then pack again."


def refuse_stale_draft(project: Project) -> None:
    """Raise an error where the draft or the results behind it are stale.

    Parameters
    ----------
    project : Project
        The project; it has a draft.

    Raises
    ------
    StaleError
        If notebooks do not match their inputs, the draft was rendered in spite of that, or its
        results are not those of the notebooks as they ran last.
    """
    head: dict[str, Any] = json.loads((project.draft / MANIFEST).read_text(encoding="utf-8"))
    problems = [*_marked(head), *_older(project)]
    if problems:
        raise StaleError(problems)
    review = Review.read(project.review_file)
    plan = [_as_built(one, head["parameters"]) for one in make_plan(project, review, [])]
    refuse_stale(find_stale(project, review, plan))


def _marked(head: Mapping[str, Any]) -> Iterator[Problem]:
    for entry in head.get(STALE, ()):
        found = f"rendered by --allow-stale: {entry['notebook']}: {'; '.join(entry['changes'])}"
        yield Problem(f"reports/draft/{MANIFEST}", found, _EXPECTED, _REMEDY)


def _older(project: Project) -> Iterator[Problem]:
    """Yield a problem for each notebook of whose results the draft holds others."""
    folder = project.draft / "results"
    for notebook in sorted(path for path in folder.glob("*") if path.is_dir()):
        changed = [
            path
            for path in files_in(notebook)
            if file_digest(path) != file_digest(project.results / path.relative_to(folder))
        ]
        if changed:
            where = project.relative(changed[0])
            yield Problem(where, "the notebook has run again since", _EXPECTED, _REMEDY)


def _as_built(planned: PlannedNotebook, given: Mapping[str, Any]) -> PlannedNotebook:
    """Return a notebook with the parameters that the draft was built with."""
    return replace(planned, parameters={**planned.parameters, **given.get(planned.name, {})})
