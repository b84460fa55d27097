"""What the diagnostics of each analysis come to, one row an analysis."""

from __future__ import annotations

from typing import Protocol

import pandas as pd


class Tidy(Protocol):
    """Results with diagnostics, of one table or of several."""

    def tidy(self, section: str = "models") -> pd.DataFrame:
        """Return a section as a table."""
        ...


def bias_summary(results: Tidy, method: str = "REML") -> pd.DataFrame:
    """Sum up the tests of small-study effects and of excess significance.

    Parameters
    ----------
    results : Synthesis or Syntheses
        With diagnostics.
    method : str, default "REML"
        Estimator of the mixed-effects test and of trim and fill; REML where they were not
        computed by this one.

    Returns
    -------
    DataFrame
        `analysis`, `measure`, `egger_pval`, `mixed_pval` (mixed-effects form), `begg_pval`,
        `tes_observed`, `tes_expected`, `tes_pval`, `k0` and `side` of trim and fill with the
        `estimate`, `ci_lb` and `ci_ub` of the filled analysis, `method`, and `fsn` (Rosenthal).
    """
    regtest = results.tidy("regtest")
    regtest = regtest[regtest["predictor"].eq("sei")]
    trimfill = results.tidy("trimfill")
    trimfill = trimfill[trimfill["estimator"].eq("L0") & trimfill["side_arg"].eq("default")]
    tes = results.tidy("tes")
    fsn = results.tidy("fsn")
    parts = [
        _named(regtest[regtest["model"].eq("lm")], pval="egger_pval"),
        _named(_of_method(regtest, method), pval="mixed_pval"),
        _named(results.tidy("ranktest"), pval="begg_pval"),
        _named(
            tes[tes["model"].eq("EE") & tes["test"].eq("chi2")],
            O="tes_observed",
            E="tes_expected",
            pval="tes_pval",
        ),
        _of_method(trimfill, method).set_index("analysis")[
            ["method", "side", "k0", "estimate", "ci_lb", "ci_ub"]
        ],
        _named(fsn[fsn["type"].eq("Rosenthal")], fsnum="fsn"),
    ]
    together = pd.concat(parts, axis=1)
    return _measured(results, together)


def leave_one_out_summary(results: Tidy, method: str = "REML", test: str = "z") -> pd.DataFrame:
    """Sum up the refits without each study.

    Parameters
    ----------
    results : Synthesis or Syntheses
        With diagnostics.
    method, test : str
        Model of the refits; REML and z where they were not computed by this one.

    Returns
    -------
    DataFrame
        `analysis`, `measure`, `method`, `test`, `k`, `lowest` and `highest` estimate with the
        study left out (`without_lowest`, `without_highest`), and `n_not_significant` (p of 0.05
        or more).
    """
    refits = results.tidy("leave1out")
    asked = refits["method"].eq(method) & refits["test"].eq(test)
    usual = refits["method"].eq("REML") & refits["test"].eq("z")
    chosen = refits[asked if asked.any() else usual]
    known = chosen.dropna(subset=["estimate"])
    groups = known.groupby("analysis", sort=False)
    low, high = (
        known.loc[places] for places in (groups["estimate"].idxmin(), groups["estimate"].idxmax())
    )
    together = pd.DataFrame(
        {
            "method": groups["method"].first(),
            "test": groups["test"].first(),
            "k": groups.size(),
            "lowest": groups["estimate"].min(),
            "without_lowest": low.set_index("analysis")["study"],
            "highest": groups["estimate"].max(),
            "without_highest": high.set_index("analysis")["study"],
            "n_not_significant": known["pval"].ge(0.05).groupby(known["analysis"]).sum(),
        }
    )
    return _measured(results, together)


def _of_method(frame: pd.DataFrame, method: str) -> pd.DataFrame:
    found = frame[frame["method"].eq(method)]
    return frame[frame["method"].eq("REML")] if found.empty else found


def _named(frame: pd.DataFrame, **names: str) -> pd.DataFrame:
    return frame.set_index("analysis")[list(names)].rename(columns=names)


def _measured(results: Tidy, by_analysis: pd.DataFrame) -> pd.DataFrame:
    """Return rows in the order of the analyses, with their measures."""
    models = results.tidy().drop_duplicates("analysis").set_index("analysis")
    frame = by_analysis.reindex(models.index)
    frame.insert(0, "measure", models["measure"])
    return frame.reset_index()
