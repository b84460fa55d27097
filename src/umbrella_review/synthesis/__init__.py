"""Syntheses of tables of studies: rows in, batches through the engine, one document out.

What users call stands here: ``from umbrella_review.synthesis import read_table, synthesise``. The
page docs/api.md shows how the parts go together. Modules are imported when their names are first
used, because the command line answers faster without them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from umbrella_review.synthesis.choices import choices_summary
    from umbrella_review.synthesis.document import document_of
    from umbrella_review.synthesis.files import Syntheses, synthesise_files
    from umbrella_review.synthesis.frames import back_transformed
    from umbrella_review.synthesis.grades import grade_frame, grade_studies, trail_frame
    from umbrella_review.synthesis.moderators import regressions, subgroup_results
    from umbrella_review.synthesis.options import Options
    from umbrella_review.synthesis.plain import to_json, write_document
    from umbrella_review.synthesis.read import StudyTable, read_table
    from umbrella_review.synthesis.results import tidy
    from umbrella_review.synthesis.run import Synthesis, synthesise
    from umbrella_review.synthesis.summary import bias_summary, leave_one_out_summary

__all__ = [
    "Options",
    "StudyTable",
    "Syntheses",
    "Synthesis",
    "back_transformed",
    "bias_summary",
    "choices_summary",
    "document_of",
    "grade_frame",
    "grade_studies",
    "leave_one_out_summary",
    "read_table",
    "regressions",
    "subgroup_results",
    "synthesise",
    "synthesise_files",
    "tidy",
    "to_json",
    "trail_frame",
    "write_document",
]

_HOMES = {
    "choices": ("choices_summary",),
    "document": ("document_of",),
    "files": ("Syntheses", "synthesise_files"),
    "frames": ("back_transformed",),
    "grades": ("grade_frame", "grade_studies", "trail_frame"),
    "moderators": ("regressions", "subgroup_results"),
    "options": ("Options",),
    "plain": ("to_json", "write_document"),
    "read": ("StudyTable", "read_table"),
    "results": ("tidy",),
    "run": ("Synthesis", "synthesise"),
    "summary": ("bias_summary", "leave_one_out_summary"),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
