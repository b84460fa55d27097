"""Words that every umbrella review shares: values of columns, and how they are printed.

Words that belong to one review (outcomes, populations, themes, …) stand in ``review.yml``.
The order of the values is the order in which they are printed; ``rating`` runs from best to worst.
"""

from __future__ import annotations

from collections.abc import Mapping

FIXED: Mapping[str, Mapping[str, str]] = {
    "rating": {
        "high": "High",
        "moderate": "Moderate",
        "low": "Low",
        "critically_low": "Critically low",
    },
    "review_type": {
        "sr_meta_analysis": "Systematic review with meta-analysis",
        "sr_narrative": "Systematic review with narrative synthesis",
        "sr_qualitative": "Systematic review of qualitative studies",
        "scoping": "Scoping review",
    },
    "followup_class": {
        "post": "Post-intervention",
        "follow_up": "Follow-up",
        "last_follow_up": "Last follow-up",
        "post_or_mixed": "Post-intervention or mixed end points",
        "not_stated": "Not stated",
    },
    "followup_basis": {
        "published_table_row": "Row of the published table",
        "published_text": "Text of the published umbrella review",
        "included_review": "Included review",
        "included_review_abstract": "Abstract of the included review",
        "inferred_from_context": "Inferred from the context",
        "not_stated": "Not stated",
    },
    "synthesis": {"meta_analysis": "Meta-analysis", "narrative": "Narrative synthesis"},
    "determinant": {"facilitator": "Facilitator", "barrier": "Barrier", "neutral": "Neutral"},
    "valence": {"benefit": "Benefit", "challenge": "Challenge", "mixed": "Mixed"},
    "finding_type": {
        "facilitator": "Facilitator",
        "barrier": "Barrier",
        "benefit": "Benefit",
        "challenge": "Challenge",
        "mixed": "Mixed",
    },
    "measure": {
        "SMD": "Standardised mean difference",
        "MD": "Mean difference",
        "RR": "Risk ratio",
        "OR": "Odds ratio",
    },
    "sign_convention": {
        "raw": "As the measure is scored",
        "negative_favours_intervention": "Negative favours the intervention",
        "positive_favours_intervention": "Positive favours the intervention",
    },
    "analysis_type": {
        "main": "Main analysis",
        "subgroup": "Subgroup",
        "single_study": "Single study",
        "equivalence_trials": "Equivalence trials",
    },
    "overlap_rule": {
        "all": "All reviews",
        "latest": "The latest review",
        "largest": "The largest review",
        "best_rated": "The best rated review",
    },
    "estimator": {
        "FE": "Fixed effect",
        "DL": "DerSimonian-Laird",
        "HE": "Hedges",
        "HS": "Hunter-Schmidt",
        "HSk": "Hunter-Schmidt, corrected",
        "SJ": "Sidik-Jonkman",
        "ML": "Maximum likelihood",
        "REML": "Restricted maximum likelihood",
        "EB": "Empirical Bayes",
        "PM": "Paule-Mandel",
        "PMM": "Paule-Mandel, median-unbiased",
    },
    "test": {
        "z": "Normal",
        "t": "t, k − 1 df",
        "knha": "Knapp-Hartung",
        "adhoc": "Knapp-Hartung, ad hoc",
    },
    "prediction_interval": {
        "metafor": "Distribution of the test",
        "z": "Normal",
        "t_k1": "t, k − 1 df",
        "t_k2": "t, k − 2 df",
    },
    "numbers_from": {
        "published_table": "Published table",
        "included_review": "Included review",
        "none": "Not found",
    },
    "in_published_table": {
        "seen": "Row seen",
        "presumed": "Row presumed",
        "unknown": "Not known",
        "no": "Not in the table",
    },
    "certainty": {
        "stated": "Stated",
        "probable": "Probable",
        "inferred": "Inferred",
        "reference_list_only": "In the reference list only",
    },
    "review_aim": {
        "effectiveness": "Effectiveness",
        "implementation": "Implementation",
        "experience": "Experience",
    },
    "pooled": {"yes": "Yes", "no": "No", "unknown": "Not known"},
    "selection_stage": {
        "protocol": "Protocol",
        "eligibility": "Eligibility",
        "search": "Search",
        "identification": "Identification",
        "screening": "Screening",
        "included": "Included",
    },
    "overlap_fact": {
        "total": "All primary studies",
        "recurrence": "Primary studies by number of reviews",
        "maximum": "Most often included primary study",
        "shared_evidence": "The same evidence in two reviews",
    },
    "statement_kind": {
        "method": "Method",
        "result": "Result",
        "earlier_umbrella_review": "Earlier umbrella review",
    },
    "checklist_answer": {
        "reported": "Reported",
        "partly": "In part",
        "not_available": "Not available",
        "not_applicable": "Does not apply",
    },
    "checklist_item_check": {
        "wording": "wording read in the guideline or in a copy of its table",
        "topic": "number and topic read in an account of the guideline",
        "not_read": "not read: neither the guideline's table nor a copy could be read so far",
    },
    "circularity": {
        "no": "not circular",
        "stored_figure": "the rule looks up the figure that was stored as printed",
        "inferred": "the rows were inferred from the statement itself",
        "unprinted_count": "no number is printed: both count the list that gave the rows",
    },
    "contradiction_kind": {
        "arithmetic": "Arithmetic",
        "count": "Count",
        "citation": "Citation",
        "classification": "Classification",
        "double_counting": "Double counting",
        "language": "Language",
        "sign_convention": "Sign convention",
        "substance": "Substance",
    },
}

DIRECTIONS = ("favours_intervention", "no_effect", "mixed", "favours_control")


def direction_labels(favours: Mapping[str, str]) -> dict[str, str]:
    """Return the printed words of the directions of effect.

    Parameters
    ----------
    favours : mapping of str to str
        Words of the review for ``intervention`` and ``control``.

    Returns
    -------
    dict of str to str
        Label per direction, in the order of print.
    """
    labels = (favours["intervention"], "No effect", "Mixed", favours["control"])
    return dict(zip(DIRECTIONS, labels, strict=True))
