"""Selection of reviews: the PRISMA 2020 flow and its arithmetic (Page et al. 2021, BMJ 372:n71)."""

from __future__ import annotations

import calendar

import pandas as pd

from umbrella_review.counting import count_rows, make_value
from umbrella_review.ledger import Value, format_value
from umbrella_review.words import enumerate_words

NOT_REPORTED = "not reported"
REASON = "exclusion_reason"  # of reports; one row of the flow a reason
_ELSEWHERE = ("database", "primary_studies", REASON)  # lists, and what the overlap records
_COUNT_NAMES = {"screeners": "n_screeners", "amendments": "n_amendments"}
_COUNTED = ("records_screened", "records_other_methods", "reports_assessed")
CHECK_COLUMNS = ["check_id", "check", "expected", "found", "holds", "note"]
#: Items of the flow that each check reads.
CHECKED_ITEMS = {
    "reports_included": ("reports_assessed", "reports_excluded", "reports_included"),
    "records_total": ("records_screened", "records_other_methods", "records_total"),
    "records_excluded_if_apart": ("records_screened", "reports_assessed", "records_excluded"),
    "records_excluded_if_within": (*_COUNTED, "records_excluded"),
    "papers_listed": ("reports_included",),
    "reviews_included": ("reviews_included",),
}
#: Checks that hold the flow against the table of reviews.
OF_REVIEWS = ("papers_listed", "reviews_included")

# The boxes of the statement's flow diagram for databases and other methods: box, text, item.
_BOXES = (
    ("identified", "Records identified from databases", "records_identified"),
    ("removed", "Records removed before screening", "records_removed"),
    ("screened", "Records screened", "records_screened"),
    ("records_out", "Records excluded", "records_excluded"),
    ("sought", "Reports sought for retrieval", "reports_sought"),
    ("not_retrieved", "Reports not retrieved", "reports_not_retrieved"),
    ("assessed", "Reports assessed for eligibility", "reports_assessed"),
    ("reports_out", "Reports excluded", "reports_excluded"),
    ("other_identified", "Records identified by other methods", "records_other_methods"),
    ("other_sought", "Reports sought for retrieval", "reports_sought_other"),
    ("other_not_retrieved", "Reports not retrieved", "reports_not_retrieved_other"),
    ("other_assessed", "Reports assessed for eligibility", "reports_assessed_other"),
    ("other_reports_out", "Reports excluded", "reports_excluded_other"),
    ("included", "Reviews included", "reviews_included"),
    ("included", "Reports of these reviews", "reports_included"),
)


def flow_boxes(flow: pd.DataFrame) -> pd.DataFrame:
    """Return the boxes of the flow diagram with their texts.

    Parameters
    ----------
    flow : DataFrame
        The table `selection_flow`.

    Returns
    -------
    DataFrame
        Columns `box`, `title`, `item` and `count`; a box may have several rows, such as the
        reasons for exclusion, and a count that the data lack reads ``not reported``.
    """
    boxes = pd.DataFrame(_BOXES, columns=["box", "title", "item"])
    boxes["count"] = [_count(flow, item) for item in boxes["item"]]
    given = flow[flow["item"] == REASON]
    reasons = pd.DataFrame({"title": given["label"], "count": "n = " + given["value"]})
    if reasons.empty:
        reasons = pd.DataFrame({"title": ["Reasons"], "count": [NOT_REPORTED]})
    boxes = pd.concat([boxes, reasons.assign(box="reports_out", item=REASON)])
    order = {box: place for place, (box, _, _) in enumerate(_BOXES)}
    return boxes.sort_values(
        "box", key=lambda box: box.map(order), kind="stable", ignore_index=True
    )


def check_flow(flow: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Check the arithmetic of the flow, and the flow against the table of reviews.

    Parameters
    ----------
    flow, reviews : DataFrame
        The tables `selection_flow` and `reviews`.

    Returns
    -------
    DataFrame
        Columns `check_id`, `check`, `expected` and `found` (Int64), `holds` (boolean; missing
        where one side is not reported) and `note`.

    Notes
    -----
    The boxes and their arithmetic are those of PRISMA 2020 (Page et al. 2021, BMJ 372:n71).
    """
    screened = _flow_number(flow, "records_screened")
    other = _flow_number(flow, "records_other_methods")
    assessed = _flow_number(flow, "reports_assessed")
    excluded = _flow_number(flow, "reports_excluded")
    not_taken = _flow_number(flow, "records_excluded")
    papers = _flow_number(flow, "reports_included")
    from_databases = _minus(assessed, other)
    checks = [
        (
            "reports_included",
            "Reports assessed less reports excluded are the reports included",
            _minus(assessed, excluded),
            papers,
            "",
        ),
        (
            "records_total",
            "Records screened and records from other methods are all records",
            None if screened is None or other is None else screened + other,
            _flow_number(flow, "records_total"),
            "",
        ),
        (
            "records_excluded_if_apart",
            "Records screened less reports assessed are the records excluded",
            _minus(screened, assessed),
            not_taken,
            "if the reports assessed leave out the papers from other methods",
        ),
        (
            "records_excluded_if_within",
            "Records screened less reports assessed are the records excluded",
            _minus(screened, from_databases),
            not_taken,
            "if the reports assessed take in the papers from other methods",
        ),
        (
            "papers_listed",
            "Reports included are the papers listed in the table of reviews",
            papers,
            int(reviews["n_reports"].sum()),
            "",
        ),
        (
            "reviews_included",
            "Reviews included are the rows of the table of reviews",
            _flow_number(flow, "reviews_included"),
            len(reviews),
            "",
        ),
    ]
    frame = pd.DataFrame(
        [(key, name, a, b, _equal(a, b), note) for key, name, a, b, note in checks],
        columns=CHECK_COLUMNS,
    )
    return frame.astype({"expected": "Int64", "found": "Int64", "holds": "boolean"})


def databases(flow: pd.DataFrame) -> pd.DataFrame:
    """Return the databases searched, with the period and the language restriction.

    Parameters
    ----------
    flow : DataFrame
        The table `selection_flow`.

    Returns
    -------
    DataFrame
        One row a database: `database`, `search_from` and `search_to` (months in words),
        `language_restriction`; ``not reported`` where the flow lacks it.
    """
    names = flow.loc[flow["item"] == "database", "value"].reset_index(drop=True)
    return pd.DataFrame(
        {
            "database": names,
            "search_from": month(_flow_text(flow, "search_from")),
            "search_to": month(_flow_text(flow, "search_to")),
            "language_restriction": _flow_text(flow, "language_restriction"),
        }
    )


def flow_values(flow: pd.DataFrame, checks: pd.DataFrame) -> list[Value]:
    """Return what the flow reports and what the checks found as values to record.

    Parameters
    ----------
    flow : DataFrame
        The table `selection_flow`.
    checks : DataFrame
        As `check_flow` gives it.

    Returns
    -------
    list of Value
        One value an item of the flow, then the numbers of checks, then what the arithmetic
        gives; ``not reported`` where it gives nothing.
    """
    items = flow[~flow["item"].isin(_ELSEWHERE)].drop_duplicates("item")
    values = [
        make_value(
            f"selection.{_COUNT_NAMES.get(row['item'], row['item'])}",
            int(row["value"]) if str(row["value"]).isdecimal() else month(str(row["value"])),
            unit="" if pd.isna(row["unit"]) else str(row["unit"]),
            rows={"selection_flow": [row["flow_id"]]},
        )
        for _, row in items.iterrows()
    ]
    named = flow[flow["item"] == "database"]
    rows = {"selection_flow": named["flow_id"].tolist()}
    values += [
        count_rows("selection.n_databases", named, table="selection_flow", unit="databases"),
        make_value("selection.databases", enumerate_words(named["value"].tolist()), rows=rows),
        make_value("selection.n_checks", len(checks), unit="checks"),
        make_value("selection.n_checks_hold", int(checks["holds"].eq(True).sum()), unit="checks"),
        make_value("selection.n_checks_fail", int(checks["holds"].eq(False).sum()), unit="checks"),
        make_value("selection.n_checks_open", int(checks["holds"].isna().sum()), unit="checks"),
    ]
    derived = dict(zip(checks["check_id"], checks["expected"], strict=True))
    counted = flow.loc[flow["item"].isin(_COUNTED), "flow_id"].tolist()
    return values + [
        make_value(
            f"selection.{name}",
            NOT_REPORTED if pd.isna(derived[name]) else int(derived[name]),
            unit="records",
            rows={"selection_flow": counted},
        )
        for name in ("records_total", "records_excluded_if_apart", "records_excluded_if_within")
    ]


def _count(flow: pd.DataFrame, item: str) -> str:
    number = _flow_number(flow, item)
    return NOT_REPORTED if number is None else f"n = {format_value(number)}"


def _minus(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a - b


def _equal(a: int | None, b: int | None) -> bool | None:
    return None if a is None or b is None else a == b


def _flow_number(flow: pd.DataFrame, item: str) -> int | None:
    """Return the count of an item of the flow, or None where it is not reported."""
    text = _flow_text(flow, item)
    return None if text == NOT_REPORTED else int(text)


def _flow_text(flow: pd.DataFrame, item: str) -> str:
    """Return what is recorded of an item of the flow, or ``not reported``."""
    values = flow.loc[flow["item"] == item, "value"].dropna()
    return NOT_REPORTED if values.empty else str(values.iloc[0])


def month(text: str) -> str:
    """Return a month in words.

    Parameters
    ----------
    text : str
        For example ``2012-01``.

    Returns
    -------
    str
        For example ``January 2012``; any other text as it is.
    """
    year, _, number = text.partition("-")
    if year.isdecimal() and number.isdecimal() and 1 <= int(number) <= 12:
        return f"{calendar.month_name[int(number)]} {year}"
    return text
