"""The register of measures of effect, by their codes (those of metafor)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from umbrella_review.effects import (
    correlation,
    given,
    means,
    paired,
    proportions,
    rates,
    two_by_two,
)
from umbrella_review.effects.measure import Measure

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        measure.code: measure
        for family in (two_by_two, rates, means, paired, correlation, proportions, given)
        for measure in family.MEASURES
    }
)
