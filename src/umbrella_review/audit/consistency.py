"""Do reported statistics agree with themselves and with each other.

Each figure of a result is recomputed from the others beside it, with everything that the rounding
of the printed figures leaves open; signs are held against directions and between results of one
table, and results that rest on the same evidence are paired.
"""

from __future__ import annotations

import pandas as pd

from umbrella_review.audit.finding import CHECKS, DIFFERS, VERDICTS, tidy
from umbrella_review.audit.outcome import Settings
from umbrella_review.audit.reported_row import reported_rows
from umbrella_review.audit.row_checks import row_findings
from umbrella_review.audit.same_evidence import same_evidence_findings
from umbrella_review.audit.sign_checks import mixed_sign_findings, sign_findings
from umbrella_review.counting import make_value
from umbrella_review.ledger import Value


def check_results(
    results: pd.DataFrame,
    *,
    key: str = "estimate_id",
    level: float = 0.95,
    tolerance: float = 0.5,
) -> pd.DataFrame:
    """Carry out every check whose figures are known.

    Parameters
    ----------
    results : DataFrame
        Reported results, one a row, with a column `key` and any of `measure`, `estimate`,
        `ci_lb`, `ci_ub`, `z`, `p_reported`, `p_value`, `k`, `n_participants`, `q`, `q_df`,
        `q_p_reported`, `q_p_value`, `i2` (percent), `tau2`, `higher_is_better`,
        `sign_convention`, `direction`, `review_id` and `published_table`. Cells are numbers, or
        texts, which keep their closing zeros.
    key : str, default 'estimate_id'
        Column that tells rows apart.
    level : float, default 0.95
        Confidence level of the intervals.
    tolerance : float, default 0.5
        Half-width of the interval that a printed figure stands for, in units of its last digit.

    Returns
    -------
    DataFrame
        One row a check, with the columns `finding.COLUMNS`; the verdict ``agrees_by_t`` says that
        only a t distribution with k − 1 degrees of freedom explains the reported figure.

    Raises
    ------
    ParameterError
        If the tolerance is negative.
    """
    rows = list(reported_rows(results, key, Settings(level, tolerance)))
    found = [finding for row in rows for finding in row_findings(row)]
    found += [*sign_findings(rows), *mixed_sign_findings(rows), *same_evidence_findings(rows)]
    return tidy(found)


def flags(checks: pd.DataFrame) -> pd.DataFrame:
    """Return the checks that found something which rounding does not explain.

    Parameters
    ----------
    checks : DataFrame
        As `check_results` gives it.

    Returns
    -------
    DataFrame
        Its rows whose verdict is ``differs``.
    """
    return checks[checks["verdict"] == DIFFERS].reset_index(drop=True)


def by_check(checks: pd.DataFrame) -> pd.DataFrame:
    """Count verdicts by check.

    Parameters
    ----------
    checks : DataFrame
        As `check_results` gives it.

    Returns
    -------
    DataFrame
        Checks that were carried out as index, in the order of `CHECKS`; a column for each verdict.
    """
    counts = pd.crosstab(checks["check"], checks["verdict"])
    order = [check for check in CHECKS if check in counts.index]
    counts = counts.reindex(index=order, columns=list(VERDICTS), fill_value=0)
    counts.index.name, counts.columns.name = "check", None
    return counts


def audit_values(checks: pd.DataFrame, table: str = "estimates") -> list[Value]:
    """Return the counts that the text cites.

    Parameters
    ----------
    checks : DataFrame
        As `check_results` gives it.
    table : str, default 'estimates'
        Name of the table that was checked.

    Returns
    -------
    list of Value
        Checks carried out, results checked, flags, flagged results, and flags by check.
    """
    found = flags(checks)
    counts = {
        "n_audit_checks": (len(checks), checks, "checks"),
        "n_audit_results": (len(_ids(checks)), checks, "results"),
        "n_audit_flags": (len(found), found, "flags"),
        "n_audit_flagged": (len(_ids(found)), found, "results"),
    }
    for check in CHECKS:
        rows = found[found["check"] == check]
        counts[f"n_audit_{check}"] = (len(rows), rows, "flags")
    return [
        make_value(f"reproduction.{name}", number, rows={table: _ids(rows)}, unit=unit)
        for name, (number, rows, unit) in counts.items()
    ]


def _ids(checks: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for keys in checks["rows"] for key in keys))
