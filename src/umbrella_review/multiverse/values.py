"""What is recorded of a multiverse: values with the ids of the results behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from umbrella_review.counting import NOT_KNOWN, count_rows, make_value, slug
from umbrella_review.ledger import Value
from umbrella_review.multiverse.flips import Counts, Flip, counts, flip_words, summary
from umbrella_review.multiverse.review_axes import GROUP
from umbrella_review.multiverse.reviews import largest
from umbrella_review.words import uncapitalised

_KINDS = ("sign", "significance", "prediction")
_NOTHING = Counts(0, 0, 0, 0, 0, 0, 0)
_NO_FLIPS = {kind: Flip(kind, 0, 0, (), ()) for kind in _KINDS}


def multiverse_values(
    topic: str,
    tables: Mapping[str, pd.DataFrame],
    rows: pd.DataFrame,
    groups: Iterable[str],
    labels: Mapping[str, str],
) -> list[Value]:
    """Return what is recorded of all outcomes and of each.

    Parameters
    ----------
    topic : str
        First part of the value ids.
    tables : mapping of str to DataFrame
        From `umbrella_review.multiverse.reviews.by_outcome`.
    rows : DataFrame
        The results behind them, from `umbrella_review.multiverse.reviews.poolable`.
    groups : iterable of str
        Outcome groups to record, also where filters have left nothing of them.
    labels : mapping of str to str
        Printed names of outcome groups.

    Returns
    -------
    list of Value
        Counts of specifications, shares in percent, which are not known where nothing is left,
        and flips; of the outcome that the figure shows its name, and where it flips in words.
    """
    flips = {name: _by_kind(table) for name, table in tables.items()}
    reviews = rows.drop_duplicates("review_id")
    overall = [
        make_value(f"{topic}.n_outcomes", len(tables), rows=_ids(rows), unit="outcomes"),
        count_rows(f"{topic}.n_results", rows, table="estimates", unit="results"),
        count_rows(f"{topic}.n_reviews", reviews, table="reviews", unit="reviews"),
        *_totals(topic, tables, rows),
        *(_flipping(topic, kind, flips, rows) for kind in _KINDS),
    ]
    for name in groups:
        own = rows[rows[GROUP].eq(name)]
        found = counts(tables[name]) if name in tables else _NOTHING
        overall += _of_outcome(f"{topic}.{slug(name)}", found, flips.get(name, _NO_FLIPS), own)
    return overall + _shown(topic, largest(tables), flips, rows, labels)


def _shown(
    topic: str,
    name: str,
    flips: Mapping[str, Mapping[str, Flip]],
    rows: pd.DataFrame,
    labels: Mapping[str, str],
) -> list[Value]:
    ids = _ids(rows[rows[GROUP].eq(name)])
    words = flip_words(tuple(flips[name].values())) if name else NOT_KNOWN
    return [
        make_value(f"{topic}.shown", uncapitalised(labels[name]) if name else "none", rows=ids),
        make_value(f"{topic}.shown_in_words", words, rows=ids),
    ]


def _totals(topic: str, tables: Mapping[str, pd.DataFrame], rows: pd.DataFrame) -> list[Value]:
    every = [counts(table) for table in tables.values()]
    sums = {
        "n_specifications": sum(one.n for one in every),
        "n_evaluated": sum(one.n_evaluated for one in every),
        "n_empty": sum(one.n_empty for one in every),
        "n_subsets": sum(one.n_subsets for one in every),
    }
    return [
        make_value(f"{topic}.{name}", total, rows=_ids(rows), unit=_unit(name))
        for name, total in sums.items()
    ]


def _flipping(
    topic: str, kind: str, flips: Mapping[str, Mapping[str, Flip]], rows: pd.DataFrame
) -> Value:
    """Return in how many outcomes something flips."""
    names = [name for name, kinds in flips.items() if kinds[kind].n_flips]
    own = rows[rows[GROUP].isin(names)]
    return make_value(f"{topic}.n_{kind}_flips", len(names), rows=_ids(own), unit="outcomes")


def _of_outcome(
    topic: str, found: Counts, flips: Mapping[str, Flip], rows: pd.DataFrame
) -> list[Value]:
    ids = _ids(rows)
    numbers = {
        "n_specifications": found.n,
        "n_evaluated": found.n_evaluated,
        "n_empty": found.n_empty,
        "n_single": found.n_single,
        "n_subsets": found.n_subsets,
        **{f"n_{kind}_flips": flip.n_flips for kind, flip in flips.items()},
    }
    shares = {
        "share_positive": (found.share_positive, found.n_evaluated),
        "share_significant": (found.share_significant, found.n_judged),
        **{f"share_{kind}_flips": (flip.share, flip.n) for kind, flip in flips.items()},
    }
    reviews = rows.drop_duplicates("review_id")
    return [
        count_rows(f"{topic}.n_results", rows, table="estimates", unit="results"),
        count_rows(f"{topic}.n_reviews", reviews, table="reviews", unit="reviews"),
        *(
            make_value(f"{topic}.{name}", number, rows=ids, unit=_unit(name))
            for name, number in numbers.items()
        ),
        *(
            make_value(
                f"{topic}.{name}", share if of else NOT_KNOWN, rows=ids, unit="%", decimals=0
            )
            for name, (share, of) in shares.items()
        ),
    ]


def _by_kind(table: pd.DataFrame) -> dict[str, Flip]:
    return {flip.kind: flip for flip in summary(table)}


def _ids(rows: pd.DataFrame) -> dict[str, pd.Series]:
    return {"estimates": rows["estimate_id"]}


def _unit(name: str) -> str:
    return "sets of results" if name == "n_subsets" else "specifications"
