"""The contracts of the tables in ``data/``, one module a table.

Everything here is plain data and quick to import; `umbrella_review.load` holds tables to it.
"""

from __future__ import annotations

from collections.abc import Mapping

from umbrella_review.schemas.amstar2 import AMSTAR2
from umbrella_review.schemas.amstar2_items import AMSTAR2_ITEMS
from umbrella_review.schemas.amstar2_statements import AMSTAR2_STATEMENTS
from umbrella_review.schemas.citations import CITATIONS
from umbrella_review.schemas.contradictions import CONTRADICTIONS
from umbrella_review.schemas.effect_directions import EFFECT_DIRECTIONS
from umbrella_review.schemas.estimates import ESTIMATES
from umbrella_review.schemas.experience_findings import EXPERIENCE_FINDINGS
from umbrella_review.schemas.gaps import gaps_schema
from umbrella_review.schemas.implementation_findings import IMPLEMENTATION_FINDINGS
from umbrella_review.schemas.key_findings import KEY_FINDINGS
from umbrella_review.schemas.model import BIBLIOGRAPHY, Column, RowCheck, TableSchema
from umbrella_review.schemas.primary_studies import PRIMARY_STUDIES
from umbrella_review.schemas.published_results import PUBLISHED_RESULTS
from umbrella_review.schemas.reported_overlap import REPORTED_OVERLAP
from umbrella_review.schemas.reporting_checklist import REPORTING_CHECKLIST
from umbrella_review.schemas.reviews import REVIEWS
from umbrella_review.schemas.selection_flow import SELECTION_FLOW
from umbrella_review.schemas.study_effects import STUDY_EFFECTS
from umbrella_review.schemas.study_outcomes import STUDY_OUTCOMES
from umbrella_review.schemas.subgroup_tests import SUBGROUP_TESTS

__all__ = ["BIBLIOGRAPHY", "TABLES", "Column", "RowCheck", "TableSchema"]

_EVIDENCE = (
    REVIEWS,
    ESTIMATES,
    EFFECT_DIRECTIONS,
    AMSTAR2,
    AMSTAR2_ITEMS,
    AMSTAR2_STATEMENTS,
    CITATIONS,
    REPORTED_OVERLAP,
    SELECTION_FLOW,
    IMPLEMENTATION_FINDINGS,
    EXPERIENCE_FINDINGS,
    KEY_FINDINGS,
    PRIMARY_STUDIES,
    STUDY_OUTCOMES,
    STUDY_EFFECTS,
    SUBGROUP_TESTS,
    PUBLISHED_RESULTS,
    CONTRADICTIONS,
)

TABLES: Mapping[str, TableSchema] = {
    schema.name: schema
    for schema in (
        *_EVIDENCE,
        gaps_schema(tuple(schema.name for schema in _EVIDENCE)),
        REPORTING_CHECKLIST,
    )
}
