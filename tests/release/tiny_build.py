"""Stands in for ``umbrella`` in a process of its own, as the fixtures do in this one."""

import pytest

from tests.build.conftest import leave_out
from umbrella_review.cli import main

with pytest.MonkeyPatch.context() as patch:
    leave_out(patch)
    main()
