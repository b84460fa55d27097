"""What an operation of the rule language is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from umbrella_review.audit.outcome import Outcome, Settings
from umbrella_review.audit.rows import Frames
from umbrella_review.audit.rules import Rule

Compute = Callable[[Rule, Frames, Settings], Outcome]


@dataclass(frozen=True)
class Operation:
    """An operation of the rule language.

    Parameters
    ----------
    compute : callable
        Rule, tables and settings to `Outcome`.
    words : str
        What is computed, with ``{column}`` and ``{argument}`` where the rule fills them in.
    column : {'none', 'any', 'number', 'optional'}
        Whether the rule must name a column, and of what kind.
    table : str
        Table that the operation is made for; any by default.
    argument : bool
        Whether the rule must name the rows that are taken away.
    """

    compute: Compute
    words: str
    column: str = "none"
    table: str = ""
    argument: bool = False
