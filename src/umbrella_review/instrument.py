"""What AMSTAR 2 consists of (Shea et al. 2017, doi:10.1136/bmj.j4008)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ITEMS: Mapping[int, str] = MappingProxyType(
    {
        1: "Question and criteria by PICO",
        2: "Protocol before the review",
        3: "Choice of study designs explained",
        4: "Comprehensive literature search",
        5: "Studies selected in duplicate",
        6: "Data extracted in duplicate",
        7: "Excluded studies listed with reasons",
        8: "Included studies described in detail",
        9: "Risk of bias assessed satisfactorily",
        10: "Funding of the studies reported",
        11: "Appropriate methods of meta-analysis",
        12: "Impact of risk of bias on the meta-analysis",
        13: "Risk of bias considered in interpretation",
        14: "Heterogeneity explained",
        15: "Publication bias investigated",
        16: "Conflicts of interest reported",
    }
)
N_ITEMS = len(ITEMS)
CRITICAL_ITEMS = (2, 4, 7, 9, 11, 13, 15)  # box 1 of the article, where nothing else is agreed
PARTIAL_YES_ITEMS = (2, 4, 7, 8, 9)  # the only items for which "partial yes" can be ticked
META_ANALYSIS_ITEMS = (11, 12, 15)  # the only ones for which "no meta-analysis" can be ticked

YES, PARTIAL_YES, NO, NO_META_ANALYSIS = "yes", "partial_yes", "no", "no_meta_analysis"
ANSWERS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        YES: tuple(ITEMS),
        PARTIAL_YES: PARTIAL_YES_ITEMS,
        NO: tuple(ITEMS),
        NO_META_ANALYSIS: META_ANALYSIS_ITEMS,
    }
)
