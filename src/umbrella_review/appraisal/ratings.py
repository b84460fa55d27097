"""The ratings of the included reviews: how many, where they are known from, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from umbrella_review.appraisal.amstar2 import RATINGS, UNKNOWN, rating_from_flaws, reaches
from umbrella_review.counting import ALL, percent
from umbrella_review.words import capitalised

_MANY = 3  # more weaknesses than any threshold of the rule


def rating_keys(amstar2: pd.DataFrame) -> pd.Series:
    """Return the ratings that each review can have, best first, indexed by review id.

    Parameters
    ----------
    amstar2 : DataFrame
        The table of this name.

    Returns
    -------
    Series of tuple of str
        One rating where it is known.
    """
    pairs = zip(amstar2["rating"], amstar2["possible_ratings"], strict=True)
    keys = [
        (rating,)
        if isinstance(rating, str)
        else tuple(sorted(possible, key=RATINGS.index, reverse=True))
        for rating, possible in pairs
    ]
    index = pd.Index(amstar2["review_id"], name="review_id")
    return pd.Series(keys, index=index, dtype=object)


def rating_words(amstar2: pd.DataFrame, labels: Mapping[str, str]) -> pd.Series:
    """Return the printed rating of each review.

    Parameters
    ----------
    amstar2 : DataFrame
        The table of this name.
    labels : mapping of str to str
        Printed words of the ratings.

    Returns
    -------
    Series of str
        Indexed by review id; for example ``Low or critically low`` where the rating is open,
        ``Not known`` where nothing is known of it.
    """
    return rating_keys(amstar2).map(lambda key: _words(key, labels))


def rating_counts(
    amstar2: pd.DataFrame,
    labels: Mapping[str, str],
    bases: Mapping[str, Sequence[str]],
) -> pd.DataFrame:
    """Count the reviews by rating and by where the rating is known from.

    Parameters
    ----------
    amstar2 : DataFrame
        The table of this name.
    labels : mapping of str to str
        Printed words of the ratings, best first.
    bases : mapping of str to sequence of str
        Printed words for a kind of source, and the values of `rating_basis` that belong to it.

    Returns
    -------
    DataFrame
        One row per rating, then per set of ratings still possible; columns `rating` (the single
        rating, or ``not_known``), `label`, one per kind of source, and ``All``.

    Raises
    ------
    ValueError
        If a basis in the data belongs to no kind of source.
    """
    kinds = {basis: kind for kind, members in bases.items() for basis in members}
    unknown = sorted(set(amstar2["rating_basis"].dropna()) - set(kinds))
    if unknown:
        raise ValueError(f"no kind of source is named for the basis {', '.join(unknown)}")
    keys = rating_keys(amstar2)
    kind_of = amstar2.set_index("review_id")["rating_basis"].map(kinds)
    rows = []
    for key in _counted_keys(keys, labels):
        chosen = kind_of[_rated(keys, key)]
        counts = {kind: int((chosen == kind).sum()) for kind in bases}
        rating = key[0] if len(key) == 1 else UNKNOWN
        rows.append({"rating": rating, "label": _words(key, labels), **counts, ALL: len(chosen)})
    return pd.DataFrame(rows)


def rated_ids(amstar2: pd.DataFrame, labels: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the reviews behind each row of `rating_counts`.

    Parameters
    ----------
    amstar2 : DataFrame
        The table of this name.
    labels : mapping of str to str
        As given to `rating_counts`.

    Returns
    -------
    list of tuple of str
        Review ids, one tuple a row.
    """
    keys = rating_keys(amstar2)
    return [tuple(keys.index[_rated(keys, key)]) for key in _counted_keys(keys, labels)]


def ids_rated(amstar2: pd.DataFrame, at_most: str) -> list[str]:
    """Return the ids of the reviews that are certain not to be better than a rating.

    Parameters
    ----------
    amstar2 : DataFrame
        The table of this name.
    at_most : str
        One of `umbrella_review.appraisal.amstar2.RATINGS`.

    Returns
    -------
    list of str
        Review ids in their order. A review whose rating is open belongs to them only where none
        of its possible ratings is better.
    """
    keys = rating_keys(amstar2)
    return [
        str(review_id)
        for review_id, key in keys.items()
        if key and all(reaches(at_most, rating) for rating in key)
    ]


def weaknesses(items: pd.DataFrame) -> pd.DataFrame:
    """Return how many of the reviews scored on a domain have a weakness in it.

    Parameters
    ----------
    items : DataFrame
        The table `amstar2_items`.

    Returns
    -------
    DataFrame
        Columns `item_group_id`, `items` (as printed), `domain`, `critical`, `n`, `n_scored` and
        `percent` (missing where no count is reported); highest share first.
    """
    frame = pd.DataFrame(
        {
            "item_group_id": items["item_group_id"],
            "items": items["items"].map(" and ".join),
            "domain": items["domain"].map(capitalised),
            "critical": items["critical"],
            "n": items["n_with_weakness"],
            "n_scored": items["n_scored"],
        }
    )
    pairs = zip(frame["n"], frame["n_scored"], strict=True)
    frame["percent"] = [
        float("nan") if pd.isna(n) or pd.isna(of) else percent(n, of) for n, of in pairs
    ]
    return frame.sort_values("percent", ascending=False, kind="stable", ignore_index=True)


def rating_rule(labels: Mapping[str, str]) -> pd.DataFrame:
    """Print the rule of the overall rating by evaluating it.

    Parameters
    ----------
    labels : mapping of str to str
        Printed words of the ratings, best first.

    Returns
    -------
    DataFrame
        Columns `label`, `critical` and `noncritical`: the numbers of weaknesses that lead to
        each rating, e.g. ``2 or more``.

    Notes
    -----
    As in Shea et al. 2017 (BMJ 358:j4008), table 3.
    """
    grid = pd.DataFrame(
        [
            (critical, others, rating_from_flaws(critical, others))
            for critical in range(_MANY + 1)
            for others in range(_MANY + 1)
        ],
        columns=["critical", "noncritical", "rating"],
    )
    rows = []
    for rating, label in labels.items():
        cells = grid[grid["rating"] == rating]
        rows.append((label, _span(cells["critical"]), _span(cells["noncritical"])))
    return pd.DataFrame(rows, columns=["label", "critical", "noncritical"])


def _rated(keys: pd.Series, key: tuple[str, ...]) -> pd.Series:
    return keys.map(lambda other: other == key).astype(bool)


def _counted_keys(keys: pd.Series, labels: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the sets of ratings that are counted: every single one, then those that occur."""
    return [*((rating,) for rating in labels), *sorted({key for key in keys if len(key) != 1})]


def _words(key: tuple[str, ...], labels: Mapping[str, str]) -> str:
    if not key:
        return "Not known"
    first, *others = (labels[rating] for rating in key)
    return " or ".join([first, *(word.lower() for word in others)])


def _span(numbers: pd.Series) -> str:
    low, high = int(numbers.min()), int(numbers.max())
    if high == _MANY:
        return "any number" if low == 0 else f"{low} or more"
    return (
        str(low) if low == high else f"{low} or {high}" if high == low + 1 else f"{low} to {high}"
    )
