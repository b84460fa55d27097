"""Words of a figure whose letters are outlines, each written once."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Collection, Iterable
from hashlib import sha256

_LETTER, _PLACE = 25, 32  # characters of an SVG that the use of a letter or of a word takes
_DEFINED = 20  # and that the definition of a word takes besides its letters
_DIGITS = 5  # of a name

Word = tuple[str, ...]


def name_words(
    texts: Iterable[ET.Element], spaces: Collection[str], names: Collection[str]
) -> dict[str, ET.Element]:
    """Let words that come often be used by names, and drop the spaces between words.

    Parameters
    ----------
    texts : iterable of Element
        Groups whose children are letters: ``use`` with a place ``x``, where it is not 0. They are
        changed.
    spaces : collection of str
        References to letters that show nothing.
    names : collection of str
        Names that other elements have.

    Returns
    -------
    dict of str to Element
        The words, by name.
    """
    split = [(text, _words(text, spaces)) for text in texts]
    times = Counter(_letters(word) for _, words in split for word in words)
    often = {word for word, count in times.items() if _pays(len(word), count)}
    found: dict[str, ET.Element] = {}
    of_word: dict[Word, str] = {}
    for text, words in split:
        text[:] = []
        for word in words:
            letters = _letters(word)
            if letters in often and letters not in of_word:
                name = "w" + sha256(" ".join(letters).encode()).hexdigest()[:_DIGITS]
                if name in found or name in names:
                    often.discard(letters)
                else:
                    of_word[letters] = name
                    found[name] = _definition(name, word)
            if letters in of_word:
                text.append(_use(word[0].tag, f"#{of_word[letters]}", _x(word[0])))
            else:
                text.extend(word)
    return found


def _words(text: ET.Element, spaces: Collection[str]) -> list[list[ET.Element]]:
    words: list[list[ET.Element]] = [[]]
    for letter in text:
        if letter.get("href", "") in spaces:
            words.append([])
        else:
            words[-1].append(letter)
    return [word for word in words if word]


def _letters(word: Iterable[ET.Element]) -> Word:
    return tuple(letter.get("href", "") for letter in word)


def _pays(letters: int, times: int) -> bool:
    return _LETTER * letters * (times - 1) > _DEFINED + _PLACE * times


def _definition(name: str, word: list[ET.Element]) -> ET.Element:
    group = ET.Element(word[0].tag.removesuffix("use") + "g", {"id": name})
    start = _x(word[0])
    group.extend(_use(one.tag, one.get("href", ""), _x(one) - start) for one in word)
    return group


def _use(tag: str, reference: str, x: int) -> ET.Element:
    return ET.Element(tag, {"href": reference, **({"x": str(x)} if x else {})})


def _x(letter: ET.Element) -> int:
    return int(letter.get("x", "0"))
