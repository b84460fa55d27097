"""What a synthesis is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Correction = Literal["exact", "approximate", "none"]
To = Literal["only0", "all", "if0all", "none"]

#: What ``all`` stands for, and what else may be named.
METHODS = ("FE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM")
FURTHER_METHODS = ("PMM",)
TESTS = ("z", "knha", "adhoc")
FURTHER_TESTS = ("t",)
ALL = "all"

# Knapp and Hartung's factor estimates heterogeneity that a common effect does not have.
_ONLY_Z = ("FE",)


@dataclass(frozen=True)
class Options:
    """Which models are fitted, and whether the diagnostics are computed.

    Parameters
    ----------
    method : str, optional
        Estimator of the variance between studies, or ``all`` for `METHODS`.
    test : str, optional
        How tests and intervals are made, or ``all`` for `TESTS`.
    full : bool, optional
        Whether intervals of heterogeneity, tests of bias, refits and influence are added.
    """

    method: str = "REML"
    test: str = "z"
    full: bool = False

    @property
    def models(self) -> tuple[tuple[str, str], ...]:
        """Pairs of method and test; of all tests the fixed-effect model takes the first."""
        methods = METHODS if self.method == ALL else (self.method,)
        tests = TESTS if self.test == ALL else (self.test,)
        return tuple(
            (method, test)
            for method in methods
            for test in tests
            if len(tests) == 1 or method not in _ONLY_Z or test == TESTS[0]
        )


@dataclass(frozen=True)
class Choices:
    """How effects are computed from raw results; the defaults are those of metafor.

    Parameters
    ----------
    correct : {"exact", "approximate", "none"}, default "exact"
        Small-sample correction of standardised differences.
    vtype : str, default "LS"
        Kind of sampling variance.
    add : float, optional
        Added to counts; by default 0.5, and 0 for AS and PFT.
    to : {"only0", "all", "if0all", "none"}, default "only0"
        To which studies it is added.
    drop00 : bool, default False
        Whether studies without events, or with nothing but events, in both groups are left out.
    """

    correct: Correction = "exact"
    vtype: str = "LS"
    add: float | None = None
    to: To = "only0"
    drop00: bool = False
