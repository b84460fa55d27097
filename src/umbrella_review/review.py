"""``review.yml`` as a frozen `Review`: what the review asks, its words, its protocol choices."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from umbrella_review import vocabulary
from umbrella_review.criteria import DEFAULT_PROFILE, Profile, section_profile
from umbrella_review.errors import ReviewError
from umbrella_review.instrument import CRITICAL_ITEMS
from umbrella_review.review_file import read_checked

# Words on the title page: changing them changes no result, so no notebook needs to run again.
_COVER = ("title", "short_title", "version", "language", "names_with_digits")


@dataclass(frozen=True)
class Question:
    """A research question: its short title and its full text.

    Parameters
    ----------
    title : str
        Short title.
    text : str
        The question.
    """

    title: str
    text: str


@dataclass(frozen=True)
class Framework:
    """The framework by which implementation findings are sorted; `reference` is a citation key.

    Parameters
    ----------
    name : str
        Short name.
    title : str
        Full name.
    reference : str
        Key in the bibliography.
    """

    name: str
    title: str
    reference: str


@dataclass(frozen=True)
class Synthesis:
    """Choices of the protocol for computing.

    Parameters
    ----------
    confidence_level : float
        Of the intervals that reviews report, between 0 and 1.
    overlap_bands : {'pieper', 'groove'}
        Thresholds by which corrected covered areas are named.
    minimum_k : int
        Primary studies from which a pooled result enters the tables.
    """

    confidence_level: float
    overlap_bands: str
    minimum_k: int


@dataclass(frozen=True)
class Adaptation:
    """How AMSTAR 2 is used for one type of review; each item in one of the two at most.

    Parameters
    ----------
    not_scored : tuple of int, optional
        Items that are left out.
    adapted : tuple of int, optional
        Items whose question is put in other words.
    """

    not_scored: tuple[int, ...] = ()
    adapted: tuple[int, ...] = ()


@dataclass(frozen=True)
class Appraisal:
    """Choices of the protocol for the appraisal by AMSTAR 2.

    Parameters
    ----------
    critical_items : tuple of int, optional
        Critical items; by default those of Shea et al. 2017 (doi:10.1136/bmj.j4008).
    adaptations : mapping of str to Adaptation, optional
        By type of review.
    """

    critical_items: tuple[int, ...] = CRITICAL_ITEMS
    adaptations: Mapping[str, Adaptation] = field(default_factory=dict)


@dataclass(frozen=True)
class Review:
    """One umbrella review, as its ``review.yml`` describes it.

    Parameters
    ----------
    title, short_title, version, language : str
        What stands on the title page.
    intervention : str
        The intervention, as labels name it.
    favours : mapping of str to str
        Printed words for effects in favour of ``intervention`` and of ``control``.
    questions : mapping of str to Question
        By id, in order.
    framework : Framework
        Of the implementation findings.
    vocabularies : mapping of str to mapping of str to str
        Per name the allowed values and their printed labels, in order.
    outcome_tables : mapping of str to int
        Per outcome domain the number of the published table that holds its results.
    synthesis : Synthesis
        Choices of the protocol for computing.
    grading : str or PersonalProfile, optional
        Rules by which evidence is graded: the name of a profile or the review's own criteria, as
        `umbrella_review.grading.profiles.grade` takes them; ``ioannidis`` by default.
    appraisal : Appraisal, optional
        Choices of the protocol for the appraisal of the included reviews.
    based_on, registration : str, optional
        Citation key of the published review that the data come from; its registration.
    names_with_digits : tuple of str, optional
        Names whose digits are no results, e.g. of an instrument with its edition.
    """

    title: str
    short_title: str
    version: str
    language: str
    intervention: str
    favours: Mapping[str, str]
    questions: Mapping[str, Question]
    framework: Framework
    vocabularies: Mapping[str, Mapping[str, str]]
    outcome_tables: Mapping[str, int]
    synthesis: Synthesis
    grading: Profile = DEFAULT_PROFILE
    appraisal: Appraisal = field(default_factory=Appraisal)
    based_on: str = ""
    registration: str = ""
    names_with_digits: tuple[str, ...] = ()
    _labels: Mapping[str, Mapping[str, str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        labels = {
            **vocabulary.FIXED,
            "direction": vocabulary.direction_labels(self.favours),
            "question": {key: question.title for key, question in self.questions.items()},
            **self.vocabularies,
        }
        object.__setattr__(self, "_labels", labels)

    @classmethod
    def read(cls, path: Path) -> Review:
        """Return the review that a ``review.yml`` describes.

        Parameters
        ----------
        path : Path
            The file.

        Raises
        ------
        ReviewError
            With all problems of the file at once.
        """
        content, _, problems = read_checked(path)
        if problems:
            raise ReviewError(problems)
        return _from_content(content)

    def vocabulary(self, name: str) -> Mapping[str, str]:
        """Return the values of a vocabulary, fixed or of this review, with their labels.

        Raises
        ------
        KeyError
            If there is none of this name.
        """
        if name not in self._labels:
            known = ", ".join(sorted(self._labels))
            raise KeyError(f"no vocabulary {name!r}; there are {known}")
        return self._labels[name]

    def label(self, vocabulary: str, value: str) -> str:
        """Return the words printed for a value.

        Parameters
        ----------
        vocabulary : str
            Name of a vocabulary, e.g. ``rating``.
        value : str
            One of its values.

        Raises
        ------
        KeyError
            If the vocabulary or the value does not exist.
        """
        labels = self.vocabulary(vocabulary)
        if value not in labels:
            known = ", ".join(labels)
            raise KeyError(f"{value!r} is not in the vocabulary {vocabulary!r}: {known}")
        return labels[value]

    def analysis_fingerprint(self) -> str:
        """Return the SHA-256 of everything that results can depend on, as hexadecimal text."""
        content = {key: part for key, part in asdict(self).items() if key not in _COVER}
        del content["_labels"]
        text = json.dumps(content, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _from_content(content: Mapping[str, Any]) -> Review:
    cover = content["review"]
    return Review(
        title=cover["title"],
        short_title=cover["short_title"],
        version=cover["version"],
        language=cover["language"],
        based_on=cover.get("based_on", ""),
        registration=cover.get("registration", ""),
        intervention=content["intervention"],
        favours=content["favours"],
        questions={key: Question(**part) for key, part in content["questions"].items()},
        framework=Framework(**content["framework"]),
        vocabularies=content["vocabularies"],
        outcome_tables=content["outcome_tables"],
        synthesis=Synthesis(**content["synthesis"]),
        grading=section_profile(content.get("grading")),
        appraisal=_appraisal(content.get("appraisal", {})),
        names_with_digits=tuple(content.get("names_with_digits", ())),
    )


def _appraisal(content: Mapping[str, Any]) -> Appraisal:
    adaptations = {
        kind: Adaptation(**{part: tuple(items) for part, items in parts.items()})
        for kind, parts in content.get("adaptations", {}).items()
    }
    return Appraisal(tuple(content.get("critical_items", CRITICAL_ITEMS)), adaptations)
