"""Every factor of every run of metaumbrella's reference against the command ``grade``."""

from __future__ import annotations

import pytest

from tests.validation.compare import differences
from tests.validation.gradings import grading_entries, grading_tolerance, our_grading

ENTRIES = list(grading_entries())


def test_the_gradings_do_not_shrink():
    assert len(ENTRIES) >= 94
    assert sum(len(entry.expected) for entry in ENTRIES) >= 3500


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_a_grading(entry):
    told = differences(entry, our_grading(entry), grading_tolerance)
    assert not told, "\n".join(told)
