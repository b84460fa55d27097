"""What the included reviews are like: counts by type, question, population, format and year."""

from __future__ import annotations

import pandas as pd

from umbrella_review.counting import count_by, count_rows, count_values, known_range, make_value
from umbrella_review.ledger import Value
from umbrella_review.review import Review

TOPIC = "characteristics"
# The column of `reviews`, its vocabulary, and the word in the ids of the recorded counts.
_GROUPINGS = (
    ("review_type", "review_type", "type"),
    ("questions", "question", "question"),
    ("population_groups", "population_group", "population"),
    ("intervention_format", "intervention_format", "format"),
)


def by_type_then_name(reviews: pd.DataFrame, review: Review) -> pd.DataFrame:
    """Return the reviews in the order of print: by type, then by author and year.

    Parameters
    ----------
    reviews : DataFrame
        The table of this name.
    review : Review
        Gives the types of reviews, in the order of print.

    Returns
    -------
    DataFrame
        All rows, with a new index.
    """
    order = {value: place for place, value in enumerate(review.vocabulary("review_type"))}
    # Capital letters and accents do not count, so that "Åkerblom" and "du Plessis" stand in place.
    plain = (
        reviews["authors"].str.normalize("NFKD").str.encode("ascii", "ignore").str.decode("ascii")
    )
    keys = pd.DataFrame(
        {
            "type": reviews["review_type"].map(order),
            "name": plain.str.casefold(),
            "year": reviews["year"],
        }
    )
    return reviews.loc[keys.sort_values(["type", "name", "year"]).index].reset_index(drop=True)


def years_by_type(reviews: pd.DataFrame, review: Review) -> pd.DataFrame:
    """Count the reviews by year of publication and type.

    Parameters
    ----------
    reviews : DataFrame
        The reviews to count.
    review : Review
        Gives the labels of types.

    Returns
    -------
    DataFrame
        One row a year from the first to the last, also those without a review; one column a
        type (its label), none for types without a review.
    """
    labels = review.vocabulary("review_type")
    counts = pd.crosstab(reviews["year"].astype(int), reviews["review_type"].map(labels))
    years = range(int(counts.index.min()), int(counts.index.max()) + 1) if len(counts) else []
    columns = [label for label in labels.values() if label in counts.columns]
    return counts.reindex(index=pd.Index(years, name="year"), columns=columns, fill_value=0)


def characteristic_values(reviews: pd.DataFrame, review: Review) -> list[Value]:
    """Return the counts of reviews, and the ranges of what is known of them, as values to record.

    Parameters
    ----------
    reviews : DataFrame
        The reviews taken in.
    review : Review
        For the values of the groupings.

    Returns
    -------
    list of Value
        Counts, shares by question in percent, ranges of years, studies and participants; each
        with the ids of the reviews behind it.
    """
    everyone = {"reviews": reviews["review_id"].tolist()}
    values = [
        _count("n_reviews", reviews),
        _value("n_papers", int(reviews["n_reports"].sum()), "papers", everyone),
    ]
    for column, vocabulary, word in _GROUPINGS:
        counts = count_by(reviews, column, review.vocabulary(vocabulary))
        values += count_values(f"{TOPIC}.n_{word}", counts)
        if word == "question":
            values += _shares(counts)
    years = known_range(reviews["year"])
    values += [
        _value("first_year", str(years["min"]), "", everyone),
        _value("last_year", str(years["max"]), "", everyone),
    ]
    for column in ("n_primary_studies", "n_participants"):
        values += _range_values(reviews, column)
    for column, name in (
        ("lived_experience_involved", "n_lived_experience"),
        ("grade_used", "n_grade"),
    ):
        values.append(_count(name, reviews[reviews[column].fillna(False).astype(bool)]))
    return [*values, _count("n_appraisal_tool_known", reviews[reviews["appraisal_tool"].notna()])]


def _range_values(reviews: pd.DataFrame, column: str) -> list[Value]:
    facts = known_range(reviews[column])
    known = reviews.loc[reviews[column].notna(), "review_id"].tolist()
    unknown = reviews.loc[reviews[column].isna(), "review_id"].tolist()
    rows, unit = {"reviews": known}, column.removeprefix("n_").replace("_", " ")
    return [
        _value(f"{column}_known", facts["n"], "reviews", rows),
        _value(f"{column}_not_known", facts["missing"], "reviews", {"reviews": unknown}),
        _value(f"{column}_min", facts["min"], unit, rows),
        _value(f"{column}_max", facts["max"], unit, rows),
    ]


def _shares(counts: pd.DataFrame) -> list[Value]:
    rows = zip(counts["value"], counts["percent"], counts["review_ids"], strict=True)
    return [
        make_value(
            f"{TOPIC}.share_question_{word}", share, unit="%", decimals=0, rows={"reviews": ids}
        )
        for word, share, ids in rows
    ]


def _count(name: str, rows: pd.DataFrame) -> Value:
    return count_rows(f"{TOPIC}.{name}", rows, table="reviews", unit="reviews")


def _value(name: str, value: int | str, unit: str, rows: dict[str, list[str]]) -> Value:
    return make_value(f"{TOPIC}.{name}", value, unit=unit, rows=rows)
