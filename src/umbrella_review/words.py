"""Words as they are printed: capitals, signs between and before numbers, words in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Pandoc lets a backslash stand before any ASCII punctuation: the character is then only itself.
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_MINUS = re.compile(r"(?<![\w.)])-(?=\d)")
_PLURAL = re.compile(r"ies\b|(?<=[a-rt-z])s\b")
# Short whole numbers: not the parts of dates, of addresses, or of identifiers with letters.
_RANGE = re.compile(r"(?<![\w./:-])(\d{1,3})-(\d{1,3})(?![\w-]|[./]\d)")


def capitalised(text: str) -> str:
    """Return a text with a capital at the beginning; the rest stays as it is.

    Parameters
    ----------
    text : str
        May be empty.

    Returns
    -------
    str
        For example ``Adults with HIV`` for ``adults with HIV``.
    """
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """Return a text with a small letter at the beginning; the rest stays as it is.

    Parameters
    ----------
    text : str
        May be empty.

    Returns
    -------
    str
        To stand within a sentence.
    """
    return text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """Return a text with a full stop at its end, unless it ends like a sentence already.

    Parameters
    ----------
    text : str
        May be empty.

    Returns
    -------
    str
        To stand before another sentence.
    """
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def with_true_signs(text: str) -> str:
    """Return a text with a minus sign before negative numbers and an en dash within ranges.

    Parameters
    ----------
    text : str
        As it is typed into a table, with hyphens for both.

    Returns
    -------
    str
        For example ``−0.24 at 3–6 months`` for ``-0.24 at 3-6 months``.
    """
    return _RANGE.sub("\\1–\\2", _MINUS.sub("−", text))


def with_unit(text: str, unit: str) -> str:
    """Return a printed value with what it counts or measures.

    Parameters
    ----------
    text : str
        The value as it is printed.
    unit : str
        In the plural where things are counted; may be empty.

    Returns
    -------
    str
        For example ``3 primary studies``, ``1 primary study``, ``0.25 SMD``, ``12%``.
    """
    if unit == "%":
        return f"{text}%"
    return f"{text} {_PLURAL.sub(_singular, unit, count=1) if text == '1' else unit}".strip()


def _singular(found: re.Match[str]) -> str:
    return "y" if found[0] == "ies" else ""


def enumerate_words(words: Sequence[str]) -> str:
    """Put words in a row, with "and" before the last.

    Parameters
    ----------
    words : sequence of str
        In the order of print.

    Returns
    -------
    str
        For example ``a, b and c``; ``none`` where there are no words.
    """
    if not words:
        return "none"
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def counted(number: int, thing: str) -> str:
    """Return a number with the word for what is counted.

    Parameters
    ----------
    number : int
        How many.
    thing : str
        Singular of a word whose plural ends in s.

    Returns
    -------
    str
        For example ``1 row`` or ``1,200 rows``.
    """
    return f"{number:,} {thing if number == 1 else f'{thing}s'}"


def agreeing(number: int, one: str, several: str) -> str:
    """Return the form of a word that agrees with a number.

    Parameters
    ----------
    number : int
        How many.
    one, several : str
        Its singular and its plural, for example ``is`` and ``are``.

    Returns
    -------
    str
        The singular for one.
    """
    return one if number == 1 else several


def verbatim(text: str) -> str:
    """Return Markdown that shows a text as exactly these characters.

    Parameters
    ----------
    text : str
        One line.

    Returns
    -------
    str
        With a backslash before each sign that could be markup.
    """
    return _PUNCTUATION.sub(r"\\\1", text)
