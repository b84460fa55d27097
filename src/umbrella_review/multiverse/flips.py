"""Where sign, significance, prediction interval or class differ from those of a reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from umbrella_review.counting import percent
from umbrella_review.multiverse.table import CLASS, EMPTY, SINGLE, axes_of
from umbrella_review.words import enumerate_words

# What may flip -> the column that says it.
KINDS: Mapping[str, str] = {
    "sign": "sign",
    "significance": "significant",
    "prediction": "pi_excludes_0",
    "class": CLASS,
}
REFERENCE = "reference"
_SUBJECTS = {
    "sign": "the sign",
    "significance": "significance",
    "prediction": "whether the prediction interval includes no effect",
    "class": "the class",
}


@dataclass(frozen=True)
class Counts:
    """How many specifications there are, and what they say.

    Parameters
    ----------
    n : int
        All specifications.
    n_empty, n_single : int
        Those without a row, and with a single one, whose own result stands.
    n_subsets : int
        Different sets of rows, the empty one not counted.
    n_positive, n_significant : int
        Those with a positive value; with one that is significant in either direction.
    n_judged : int
        Those whose significance can be told.
    """

    n: int
    n_empty: int
    n_single: int
    n_subsets: int
    n_positive: int
    n_significant: int
    n_judged: int

    @property
    def n_evaluated(self) -> int:
        """Those with at least one row."""
        return self.n - self.n_empty

    @property
    def share_positive(self) -> float:
        """Positive ones of those with a row, in percent."""
        return percent(self.n_positive, self.n_evaluated)

    @property
    def share_significant(self) -> float:
        """Significant ones of those that can be judged, in percent."""
        return percent(self.n_significant, self.n_judged)


def counts(table: pd.DataFrame) -> Counts:
    """Count specifications.

    Parameters
    ----------
    table : DataFrame
        From `umbrella_review.multiverse.table.specifications`.

    Returns
    -------
    Counts
        Of all rows.
    """
    empty = table["result"].eq(EMPTY)
    return Counts(
        len(table),
        int(empty.sum()),
        int(table["result"].eq(SINGLE).sum()),
        int(table.loc[~empty, "subset"].nunique()),
        int(table["sign"].eq(1).sum()),
        int(table["significant"].eq(True).sum()),
        int(table["significant"].notna().sum()),
    )


def with_flips(table: pd.DataFrame, reference: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Hold every specification against a reference.

    Parameters
    ----------
    table : DataFrame
        From `umbrella_review.multiverse.table.specifications`.
    reference : mapping of str to str, optional
        Option of an axis; of an axis that is not named it is the first.

    Returns
    -------
    DataFrame
        With `reference`, which marks one row, and for each of `KINDS` that the table has a
        column ``flips_<kind>``: missing where either of the two cannot be told.

    Raises
    ------
    ValueError
        If the reference names an axis or an option that there is not.
    """
    options = {axis: table[axis].cat.categories[0] for axis in axes_of(table)}
    for axis, option in (reference or {}).items():
        if axis not in options or option not in table[axis].cat.categories:
            raise ValueError(f"there is no option {option!r} of an axis {axis!r}")
        options[axis] = option
    marks = pd.Series(True, index=table.index)
    for axis, option in options.items():
        marks &= table[axis].eq(option)
    flips = {
        f"flips_{kind}": _differs(table[column], table.loc[marks, column].iloc[0])
        for kind, column in KINDS.items()
        if column in table
    }
    return table.assign(**{REFERENCE: marks}, **flips)


def by_option(flipped: pd.DataFrame) -> pd.DataFrame:
    """Attribute flips to options.

    Parameters
    ----------
    flipped : DataFrame
        From `with_flips`.

    Returns
    -------
    DataFrame
        One row an axis, option and kind: `axis`, `option`, `of_reference`, `kind`, `n`
        (specifications with the option in which it can be told), `n_flips`, `share` (percent), and
        `alone`: whether it flips when nothing but this axis is changed from the reference; False
        for the option of the reference, missing where it cannot be told.
    """
    axes = axes_of(flipped)
    reference = flipped.loc[flipped[REFERENCE], axes].iloc[0]
    same = flipped[axes].eq(reference, axis=1)
    rows = []
    for axis in axes:
        others = same.drop(columns=axis).all(axis=1)
        for option in flipped[axis].cat.categories:
            of_option = flipped[axis].eq(option)
            one_change = flipped[others & of_option].iloc[0]
            for kind in kinds_of(flipped):
                flips = flipped.loc[of_option, f"flips_{kind}"].dropna()
                n, total = len(flips), int(flips.sum())
                alone = one_change[f"flips_{kind}"]
                named = axis, option, option == reference[axis], kind
                rows.append((*named, n, total, percent(total, n), alone))
    columns = ["axis", "option", "of_reference", "kind", "n", "n_flips", "share", "alone"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"alone": "boolean"})


def kinds_of(flipped: pd.DataFrame) -> list[str]:
    """Return the kinds of flips that a table has.

    Parameters
    ----------
    flipped : DataFrame
        From `with_flips`.

    Returns
    -------
    list of str
        Of `KINDS`.
    """
    return [kind for kind in KINDS if f"flips_{kind}" in flipped]


@dataclass(frozen=True)
class Flip:
    """What is said of one kind of flips.

    Parameters
    ----------
    kind : str
        Of `KINDS`.
    n : int
        Specifications in which it can be told; 0 where the reference leaves it open.
    n_flips : int
        Those that flip.
    alone : tuple of (str, str)
        Axis and option that flip it when nothing else is changed from the reference.
    always : tuple of (str, str)
        Axis and option that every specification that flips has, and not every other one.
    """

    kind: str
    n: int
    n_flips: int
    alone: tuple[tuple[str, str], ...]
    always: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """Specifications that flip, in percent of those in which it can be told."""
        return percent(self.n_flips, self.n)


def summary(flipped: pd.DataFrame) -> tuple[Flip, ...]:
    """Sum up each kind of flips.

    Parameters
    ----------
    flipped : DataFrame
        From `with_flips`.

    Returns
    -------
    tuple of Flip
        One a kind.
    """
    options = by_option(flipped)
    return tuple(_flip(kind, options[options["kind"].eq(kind)]) for kind in kinds_of(flipped))


def flip_words(flips: tuple[Flip, ...]) -> str:
    """Say where a conclusion flips.

    Parameters
    ----------
    flips : tuple of Flip
        From `summary`.

    Returns
    -------
    str
        One clause a kind, joined by semicolons, for example ``the sign never flips;
        significance flips in 12 of 480 specifications, in each of them with test: knha``.
    """
    return "; ".join(map(_clause, flips))


def option_words(options: tuple[tuple[str, str], ...]) -> str:
    """Return options as they are printed.

    Parameters
    ----------
    options : tuple of (str, str)
        Axis and option.

    Returns
    -------
    str
        For example ``test: knha and method: FE``; ``none`` where there are none.
    """
    return enumerate_words([f"{axis}: {option}" for axis, option in options])


def _differs(column: pd.Series, value: Any) -> pd.Series:
    """Tell where a column differs from a value; missing where either is."""
    if pd.isna(value):
        return pd.Series(pd.NA, index=column.index, dtype="boolean")
    differs = column.ne(value).astype("boolean")
    return differs.mask(column.isna(), pd.NA)


def _flip(kind: str, options: pd.DataFrame) -> Flip:
    first = options[options["axis"].eq(options["axis"].iloc[0])]
    n, total = int(first["n"].sum()), int(first["n_flips"].sum())
    alone = options[options["alone"].fillna(False)]
    all_flips = options["n_flips"].eq(total) & options["n"].lt(n)
    always = options[all_flips] if total else options[:0]
    return Flip(kind, n, total, _pairs(alone), _pairs(always))


def _pairs(options: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    return tuple(zip(options["axis"], options["option"], strict=True))


def _clause(flip: Flip) -> str:
    subject = _SUBJECTS[flip.kind]
    if not flip.n:
        return f"{subject} cannot be told for the reference"
    if not flip.n_flips:
        return f"{subject} never flips"
    clause = f"{subject} flips in {flip.n_flips:,} of {flip.n:,} specifications"
    if flip.always:
        clause += f", in each of them with {option_words(flip.always)}"
    return clause
