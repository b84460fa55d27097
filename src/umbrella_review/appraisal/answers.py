"""Answers to the items of AMSTAR 2 as they are given, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from umbrella_review.errors import DataError, Problem
from umbrella_review.instrument import ANSWERS, ITEMS, N_ITEMS
from umbrella_review.shapes import nearest

COLUMNS = ("review_id", "item", "answer")


def checked_answers(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the answers with whole numbers as items and None for what is missing.

    Parameters
    ----------
    answers : DataFrame
        Columns `COLUMNS`; others are left out.

    Returns
    -------
    DataFrame
        In the order given.

    Raises
    ------
    DataError
        With all problems: columns or items that do not exist, answers that the instrument does
        not have for an item, and a second answer for the same review and item.
    """
    lacking = [name for name in COLUMNS if name not in answers]
    if lacking:
        raise DataError(
            Problem("answers", f"no column {name}", ", ".join(COLUMNS), "Add the column.")
            for name in lacking
        )
    frame = answers[list(COLUMNS)].reset_index(drop=True).astype(object)
    frame = frame.where(frame.notna(), None)
    problems = list(_problems(frame))
    if problems:
        raise DataError(problems)
    return frame.astype({"item": int})


def _problems(frame: pd.DataFrame) -> Iterator[Problem]:
    seen: dict[tuple[object, object], int] = {}
    rows = frame.itertuples(index=False, name=None)
    for number, (review_id, item, answer) in enumerate(rows, start=1):
        where = f"answers, row {number}"
        if not isinstance(review_id, str) or not review_id.strip():
            yield Problem(where, "no review", "the id of a review", "Add it.")
        if item not in ITEMS:
            expected = f"an item from 1 to {N_ITEMS}"
            yield Problem(where, f"the item {item!r}", expected, "Correct the number.")
            continue
        first = seen.setdefault((review_id, item), number)
        if first != number:
            found = f"a second answer of {review_id} to item {item}"
            yield Problem(where, found, f"one answer, as in row {first}", "Remove one of them.")
        if answer is not None:
            yield from _wrong_answer(where, int(item), answer)


def _wrong_answer(where: str, item: int, answer: object) -> Iterator[Problem]:
    allowed = [name for name, items in ANSWERS.items() if item in items]
    if answer not in allowed:
        yield Problem(
            where,
            f"the answer {answer!r} to item {item}",
            f"one of {', '.join(allowed)}, or nothing where it is not known",
            nearest(str(answer), allowed, "Write one of these words."),
        )
