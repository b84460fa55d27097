"""What is recorded of reported effects: values with the ids of the rows behind them."""

from __future__ import annotations

import pandas as pd

from umbrella_review.appraisal.amstar2 import RATINGS, UNKNOWN
from umbrella_review.counting import NOT_KNOWN, count_rows, make_value, share_rows, slug
from umbrella_review.effects.reported import MAIN
from umbrella_review.ledger import Value

SUBSTANTIAL_I2 = 50.0  # percent; Cochrane Handbook, version 6, section 10.10.2


def review_values(
    topic: str, kept: pd.DataFrame, everyone: pd.DataFrame, directions: pd.DataFrame
) -> list[Value]:
    """Return how many reviews answer the question, and by which kind of synthesis.

    Parameters
    ----------
    topic : str
        First part of the value ids.
    kept, everyone : DataFrame
        Reviews of the question after filtering; all reviews of the umbrella review.
    directions : DataFrame
        Statements on effects that are left.

    Returns
    -------
    list of Value
        Counts and a share in percent with the ids of the reviews, and the I² from which
        heterogeneity is called substantial.
    """

    def count(name: str, part: pd.DataFrame) -> Value:
        return count_rows(f"{topic}.{name}", part, table="reviews", unit="reviews")

    meta = kept["effect_synthesis"].map(lambda kinds: "meta_analysis" in kinds).astype(bool)
    narrative = kept["effect_synthesis"].map(lambda kinds: "narrative" in kinds).astype(bool)
    named = kept["review_id"].isin(directions["review_id"])
    return [
        count("n_reviews", kept),
        share_rows(f"{topic}.share_reviews", kept, everyone, table="reviews"),
        count("n_reviews_meta_analysis", kept[meta]),
        count("n_reviews_narrative", kept[narrative]),
        count("n_reviews_narrative_only", kept[narrative & ~meta]),
        count("n_reviews_named", kept[named]),
        count("n_reviews_not_named", kept[~named]),
        make_value(f"{topic}.i2_substantial_from", SUBSTANTIAL_I2, unit="%", decimals=0),
    ]


def pooled_values(
    topic: str, estimates: pd.DataFrame, ratings: pd.Series, names: pd.Series
) -> list[Value]:
    """Return what is recorded of a set of pooled results.

    Parameters
    ----------
    topic : str
        Beginning of the value ids.
    estimates : DataFrame
        With the columns of `umbrella_review.effects.reported.harmonised`.
    ratings, names : Series
        Rating (missing where not known) and short citation, indexed by review id.

    Returns
    -------
    list of Value
        Counts by source of the numbers and by rating, the range of standardised mean
        differences, and of I² in percent; what is not known reads so.
    """
    known = estimates[estimates["estimate"].notna()]
    rated = estimates["review_id"].map(ratings).fillna(UNKNOWN)
    parts = {
        "n_pooled": estimates,
        "n_pooled_with_numbers": known,
        "n_pooled_without_numbers": estimates[estimates["estimate"].isna()],
        "n_pooled_published_table": known[known["numbers_from"].eq("published_table")],
        "n_pooled_included_review": known[known["numbers_from"].eq("included_review")],
        **{f"n_pooled_{rating}": estimates[rated.eq(rating)] for rating in (*RATINGS, UNKNOWN)},
    }
    reviews = estimates.drop_duplicates("review_id")
    return [
        *(_count(topic, name, part) for name, part in parts.items()),
        share_rows(f"{topic}.share_with_numbers", known, estimates, table="estimates"),
        count_rows(f"{topic}.n_pooled_reviews", reviews, table="reviews", unit="reviews"),
        *_smd_values(topic, estimates, names),
        *_i2_values(topic, estimates),
    ]


def group_values(
    topic: str, estimates: pd.DataFrame, every: pd.DataFrame, names: pd.Series
) -> list[Value]:
    """Return the range of standardised mean differences per outcome group.

    Parameters
    ----------
    topic : str
        Beginning of the value ids; the outcome group follows.
    estimates : DataFrame
        Pooled results that are left, harmonised.
    every : DataFrame
        All results before filtering: values are recorded for each outcome group of their main
        analyses that has a standardised mean difference.
    names : Series
        Short citations indexed by review id.

    Returns
    -------
    list of Value
        Per group how many differences lie above, across and below no effect, and the lowest and
        highest with their reviews.
    """
    main = every["analysis_type"].eq(MAIN) & every["measure"].eq("SMD")
    groups = every.loc[main, "outcome_group"].unique()
    parts = {group: estimates[estimates["outcome_group"].eq(group)] for group in groups}
    return [
        value
        for group, part in parts.items()
        for value in _smd_values(f"{topic}.{slug(group)}", part, names)
    ]


def _smd_values(topic: str, estimates: pd.DataFrame, names: pd.Series) -> list[Value]:
    smd = estimates[estimates["measure"].eq("SMD") & estimates["favours"].notna()]
    values = [
        _count(topic, "n_smd", smd),
        _count(topic, "n_smd_above_null", smd[smd["favours_lb"].gt(0)]),
        _count(topic, "n_smd_with_null", smd[smd["favours_lb"].le(0) & smd["favours_ub"].ge(0)]),
        _count(topic, "n_smd_below_null", smd[smd["favours_ub"].lt(0)]),
    ]
    for name, extreme in (("lowest", smd["favours"].min()), ("highest", smd["favours"].max())):
        part = smd[smd["favours"].eq(extreme)]
        effect, decimals = (extreme, 2) if len(part) else (NOT_KNOWN, None)
        reviews = ", ".join(names[key] for key in part["review_id"].unique()) or NOT_KNOWN
        rows = _ids(part)
        key = f"{topic}.smd_{name}"
        values.append(make_value(key, effect, rows=rows, unit="SMD", decimals=decimals))
        values.append(make_value(f"{key}_review", reviews, rows=rows))
    return values


def _i2_values(topic: str, estimates: pd.DataFrame) -> list[Value]:
    known = estimates[estimates["i2"].notna()].sort_values("i2", kind="stable")
    large = known[known["i2"].ge(SUBSTANTIAL_I2)]
    ends = {"lowest": known.head(1), "highest": known.tail(1)}
    return [
        _count(topic, "n_i2", known),
        _count(topic, "n_i2_substantial", large),
        *(
            make_value(
                f"{topic}.i2_{name}",
                part["i2"].iloc[0] if len(part) else NOT_KNOWN,
                rows=_ids(part),
                unit="%",
                decimals=0 if len(part) else None,
            )
            for name, part in ends.items()
        ),
    ]


def additional_values(topic: str, estimates: pd.DataFrame, names: pd.Series) -> list[Value]:
    """Return numbers of results outside the tables of pooled results, by kind of analysis.

    Parameters
    ----------
    topic : str
        Beginning of the value ids.
    estimates : DataFrame
        As `umbrella_review.effects.reported.additional_results` gives it, harmonised.
    names : Series
        Short citations indexed by review id.

    Returns
    -------
    list of Value
        Counts by kind of analysis and of results in favour of the control, and the range of
        standardised mean differences.
    """
    kinds = ("subgroup", "single_study", "equivalence_trials")
    return [
        _count(topic, "n_results", estimates),
        *(_count(topic, f"n_{k}", estimates[estimates["analysis_type"].eq(k)]) for k in kinds),
        _count(topic, "n_control", estimates[estimates["direction"].eq("favours_control")]),
        *_smd_values(topic, estimates, names),
    ]


def followup_values(topic: str, pairs: pd.DataFrame, repeated: pd.DataFrame) -> list[Value]:
    """Return what became of effects at follow-up, and how many results are the same evidence.

    Parameters
    ----------
    topic : str
        Beginning of the value ids.
    pairs : DataFrame
        As `umbrella_review.effects.reported.followup_pairs` gives it.
    repeated : DataFrame
        Estimates that enter through two reviews.

    Returns
    -------
    list of Value
        Counts with the ids of the follow-up results.
    """
    known = pairs[pairs["estimate_id_first"].notna()]
    changes = ("kept", "lost", "gained", "none")
    parts = {
        "n_results": pairs,
        "n_pairs": known,
        "n_without_first": pairs[pairs["estimate_id_first"].isna()],
        **{f"n_{change}": known[known["change"].eq(change)] for change in changes},
        "n_same_evidence": repeated,
    }
    reviews = known.drop_duplicates("review_id")
    return [
        *(_count(topic, name, part) for name, part in parts.items()),
        count_rows(f"{topic}.n_reviews", reviews, table="reviews", unit="reviews"),
    ]


def _count(topic: str, name: str, part: pd.DataFrame) -> Value:
    return count_rows(f"{topic}.{name}", part, table="estimates", unit="results")


def _ids(part: pd.DataFrame) -> dict[str, pd.Series]:
    return {"estimates": part["estimate_id"]}
