"""How a review is named in figures and cited in tables."""

from __future__ import annotations

import re

import pandas as pd

from umbrella_review.tables.view import escape
from umbrella_review.words import with_true_signs


def short_name(authors: str, year: int) -> str:
    """Return the short citation of a paper, e.g. ``Smith and Jones 2020``.

    Parameters
    ----------
    authors : str
        Names as ``Family AB``, separated by semicolons; ``et al.`` may stand at the end.
    year : int
        Year of publication.

    Returns
    -------
    str
        One or two families in full, ``et al.`` for more.
    """
    names = [_family(name) for name in authors.split(";") if name.strip()]
    if len(names) > 2:
        return f"{names[0]} et al. {year}"
    return f"{' and '.join(names)} {year}".strip()


def short_names(reviews: pd.DataFrame) -> pd.Series:
    """Return the short citations of reviews.

    Parameters
    ----------
    reviews : DataFrame
        With `review_id`, `authors` and `year`.

    Returns
    -------
    Series of str
        Plain text, indexed by review id.
    """
    pairs = zip(reviews["authors"], reviews["year"], strict=True)
    return _by_review(reviews, [short_name(authors, year) for authors, year in pairs])


def cite(reviews: pd.DataFrame) -> pd.Series:
    r"""Return short citations with citation marks as Markdown, indexed by review id.

    Parameters
    ----------
    reviews : DataFrame
        With `review_id`, `authors` and `year`; the ids are keys of the bibliography.

    Returns
    -------
    Series of str
        For a Markdown column of a `TableView`, e.g. ``Smith et al\. 2020 [@smith_2020]``.
    """
    names = short_names(reviews)
    return _by_review(reviews, [f"{escape(name)} [@{key}]" for key, name in names.items()])


def typeset(texts: pd.Series, reviews: pd.DataFrame) -> pd.Series:
    """Return texts with short citations for the ids of reviews, and with true signs for hyphens.

    Parameters
    ----------
    texts : Series of str
        Plain text of the data, in which a review may be named by its id; may be missing.
    reviews : DataFrame
        With `review_id`, `authors` and `year`.

    Returns
    -------
    Series of str
        With the index of `texts`; an id within a longer word is left as it is.
    """
    signed = texts.map(with_true_signs, na_action="ignore")
    names = short_names(reviews)
    if names.empty:
        return signed
    ids = "|".join(re.escape(key) for key in names.index)
    return signed.str.replace(rf"\b({ids})\b", lambda match: names[match[1]], regex=True)


def _family(name: str) -> str:
    words = name.split()
    if len(words) > 1 and words[-1].isupper():  # the initials
        words = words[:-1]
    return " ".join(words)


def _by_review(reviews: pd.DataFrame, texts: list[str]) -> pd.Series:
    return pd.Series(texts, index=pd.Index(reviews["review_id"], name="review_id"), dtype=object)
