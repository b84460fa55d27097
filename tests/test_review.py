"""``review.yml``: what it becomes, and what is said where it is wrong."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest

from umbrella_review.criteria import PersonalProfile
from umbrella_review.errors import Problem, ReviewError
from umbrella_review.paths import Project
from umbrella_review.review import Appraisal, Review
from umbrella_review.review_file import OWN_VOCABULARIES
from umbrella_review.vocabulary import FIXED


@pytest.fixture
def text(project: Project) -> str:
    return project.review_file.read_text(encoding="utf-8")


def problems(folder: Path, text: str | bytes) -> tuple[Problem, ...]:
    path = folder / "review.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ReviewError) as caught:
        Review.read(path)
    return caught.value.problems


def read(folder: Path, text: str) -> Review:
    path = folder / "review.yml"
    path.write_text(text, encoding="utf-8")
    return Review.read(path)


def test_the_review_of_the_project(review: Review) -> None:
    assert list(review.questions) == ["rq1", "rq2", "rq3"]
    assert review.questions["rq2"].title == "Implementation"
    assert review.framework.name == "CFIR"
    assert review.synthesis.minimum_k == 2
    assert review.outcome_tables == {"clinical": 2, "recovery": 3, "psychosocial": 4}
    assert set(review.vocabularies) == set(OWN_VOCABULARIES)


@pytest.mark.parametrize(
    ("vocabulary", "value", "label"),
    [
        ("rating", "critically_low", "Critically low"),
        ("direction", "favours_intervention", "Favours peer support"),
        ("direction", "no_effect", "No effect"),
        ("question", "rq3", "Experiences"),
        ("outcome_domain", "clinical", "Clinical"),
        ("review_type", "scoping", "Scoping review"),
    ],
)
def test_labels(review: Review, vocabulary: str, value: str, label: str) -> None:
    assert review.label(vocabulary, value) == label


def test_labels_that_do_not_exist(review: Review) -> None:
    with pytest.raises(KeyError, match="no vocabulary 'ratings'"):
        review.label("ratings", "high")
    with pytest.raises(KeyError, match="'great' is not in the vocabulary 'rating': high"):
        review.label("rating", "great")


def test_ratings_run_from_best_to_worst(review: Review) -> None:
    assert list(review.vocabulary("rating")) == ["high", "moderate", "low", "critically_low"]


def test_a_review_may_have_no_source_and_no_registration(tmp_path: Path, text: str) -> None:
    lines = [line for line in text.splitlines() if "based_on" not in line]
    short = "\n".join(line for line in lines if "registration" not in line)
    assert read(tmp_path, short).registration == ""


def test_the_appraisal_may_be_left_out(tmp_path: Path, text: str) -> None:
    short = text[: text.index("appraisal:")]
    assert read(tmp_path, short).appraisal == Appraisal()
    assert Appraisal().critical_items == (2, 4, 7, 9, 11, 13, 15)


def test_the_appraisal_is_read(review: Review) -> None:
    assert review.appraisal.adaptations["scoping"].not_scored == (9, 11, 12, 15)
    assert "sr_meta_analysis" not in review.appraisal.adaptations


def test_a_review_is_frozen_and_can_be_sent_to_other_processes(review: Review) -> None:
    assert pickle.loads(pickle.dumps(review)) == review
    with pytest.raises(dataclasses.FrozenInstanceError):
        review.title = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("  version: ", "  version: 1", True),
        ("short_title: Peer", "short_title: My peer", True),
        ("language: en-GB", "language: en-US", True),
        ("minimum_k: 2", "minimum_k: 3", False),
        ("critical_items: [2, 4,", "critical_items: [2, 3,", False),
        ("clinical: Clinical", "clinical: Clinical outcomes", False),
        ("Favours control", "Favours the control", False),
        ("outcome_domain:\n    clinical: Clinical\n    recovery: Recovery",
         "outcome_domain:\n    recovery: Recovery\n    clinical: Clinical", False),
    ],
)  # fmt: skip
def test_the_fingerprint_follows_what_results_can_depend_on(
    tmp_path: Path, review: Review, text: str, old: str, new: str, *, same: bool
) -> None:
    assert old in text
    changed = read(tmp_path, text.replace(old, new))
    assert (changed.analysis_fingerprint() == review.analysis_fingerprint()) is same


CUSTOM = """grading:
  profile: custom
  classes:
    I:
      n_cases: 1000
      p_value: 1e-6
      pi: notnull
    III:
      p_value: 0.001
"""


def graded_by(text: str, section: str) -> str:
    return text[: text.index("grading:")] + section


def test_a_review_may_name_no_grading_a_profile_or_criteria_of_its_own(
    tmp_path: Path, text: str
) -> None:
    assert read(tmp_path, text).grading == "ioannidis"
    assert read(tmp_path, graded_by(text, "")).grading == "ioannidis"
    assert read(tmp_path, graded_by(text, "grading:\n  profile: grade\n")).grading == "grade"
    first, third = {"n_cases": 1000, "p_value": 1e-6, "pi": "notnull"}, {"p_value": 0.001}
    own = PersonalProfile("custom", {"I": first, "III": third})
    review = read(tmp_path, graded_by(text, CUSTOM))
    assert review.grading == own
    named = read(tmp_path, graded_by(text, CUSTOM.replace("custom", "custom\n  name: Ours")))
    assert named.grading == dataclasses.replace(own, name="Ours")
    assert pickle.loads(pickle.dumps(review)) == review


def test_the_fingerprint_follows_the_grading(tmp_path: Path, text: str) -> None:
    sections = (
        "grading:\n  profile: ioannidis\n",
        "grading:\n  profile: grade\n",
        CUSTOM,
        CUSTOM.replace("1000", "500"),
        CUSTOM.replace("1e-6", "0.000002"),
    )
    prints = [read(tmp_path, graded_by(text, one)).analysis_fingerprint() for one in sections]
    assert len(set(prints)) == len(sections)
    assert read(tmp_path, graded_by(text, "")).analysis_fingerprint() == prints[0]
    same = CUSTOM.replace("1e-6", "0.000001")
    assert read(tmp_path, graded_by(text, same)).analysis_fingerprint() == prints[2]


@pytest.mark.parametrize(
    ("section", "at", "where", "words"),
    [
        ("grading: grade\n", 0, "grading", ("'grade'", "Add them.")),
        ("grading:\n  profile: grad\n", 1, "grading.profile", ("'grad'", "'grade'?")),
        ("grading:\n  name: x\n", 0, "grading", ("'profile' is missing", "Add")),
        ("grading:\n  profile: custom\n", 0, "grading", ("custom alone", "Add it, or name")),
        (
            "grading:\n  profile: grade\n  name: x\n",
            2,
            "grading.name",
            ("beside the profile grade", "Remove it"),
        ),
        (
            "grading:\n  profile: custom\n  classes: {}\n",
            2,
            "grading.classes",
            ("no criterion", "Add them."),
        ),
        (CUSTOM.replace("1e-6", "6"), 5, "grading.classes.I.p_value", ("6 (a", "such a number")),
        (CUSTOM.replace("1e-6", "inf"), 5, "grading.classes.I.p_value", ("'inf'", "such a numb")),
        (CUSTOM.replace("n_cases", "n_case"), 4, "grading.classes.I.n_case", ("key", "'n_cases'?")),
        (CUSTOM.replace("notnull", "null"), 6, "grading.classes.I.pi", ("nothing", "Write one")),
        (CUSTOM.replace(" I:", " V:"), 3, "grading.classes.V", ("key 'V'", "'IV'?")),
    ],
)
def test_one_mistake_in_the_grading_gives_one_message(
    tmp_path: Path, text: str, section: str, *, at: int, where: str, words: tuple[str, str]
) -> None:
    (problem,) = problems(tmp_path, graded_by(text, section))
    line = text[: text.index("grading:")].count("\n") + 1 + at
    assert problem.where == f"review.yml, line {line}, {where}"
    assert words[0] in problem.found
    assert words[1] in problem.remedy


@pytest.mark.parametrize(
    ("change", "where", "words"),
    [
        (("minimum_k:", "minimum_kk:"), "synthesis.minimum_kk", ("unknown key", "'minimum_k'?")),
        (("  version: ", "  version: 1 # "), "review.version", ("1 (a number)", "quotation marks")),
        (("  version: ", "  version: one # "), "review.version", ("'one'", "Change it.")),
        (("title: Implementation", "title:"), "questions.rq2.title", ("nothing", "Write it.")),
        (
            ("minimum_k: 2", "minimum_k: 0"),
            "synthesis.minimum_k",
            ("0 (a number)", "such a number"),
        ),
        (
            ("minimum_k: 2", "minimum_k: true"),
            "synthesis.minimum_k",
            ("true (true", "such a number"),
        ),
        (("minimum_k: 2", "minimum_k: 2.5"), "synthesis.minimum_k", ("2.5", "such a number")),
        (("level: 0.95", "level: 1"), "synthesis.confidence_level", ("1", "such a number")),
        (("bands: pieper", "bands: piper"), "synthesis.overlap_bands", ("'piper'", "'pieper'?")),
        (
            ("    any: Any", "    no: Any"),
            "vocabularies.intervention_format",
            ("'no'", "quotation"),
        ),
        (("  clinical: 2", "  clinic: 2"), "outcome_tables.clinic", ("'clinic'", "'clinical'?")),
        (
            ("intervention: peer", "intervention: 2020-01-01 #"),
            "intervention",
            ("(a date)", "quot"),
        ),
        (("  control: Fav", "  contra: Fav"), "favours.contra", ("unknown key", "'control'?")),
        (
            ("critical_items: [2,", "critical_items: [22,"),
            "appraisal.critical_items.0",
            ("22 (a number)", "such a number"),
        ),
        (
            ("critical_items: [2, 4,", "critical_items: [2, 2,"),
            "appraisal.critical_items",
            ("2 (a number)", "Remove it."),
        ),
        (
            ("    sr_narrative: {", "    narrative: {"),
            "appraisal.adaptations.narrative",
            ("unknown key", "'sr_narrative'?"),
        ),
        (
            ("adapted: [1, 2, 8], ", "adapted: [1, 2, 9], "),
            "appraisal.adaptations.scoping",
            ("the item 9 both", "Remove it"),
        ),
        (
            ("adapted: [1, 2, 8], ", "adapted: [], "),
            "appraisal.adaptations.scoping.adapted",
            ("an empty list", "leave the key out"),
        ),
    ],
)
def test_one_mistake_gives_one_message(
    tmp_path: Path, text: str, change: tuple[str, str], where: str, words: tuple[str, str]
) -> None:
    old, new = change
    assert old in text
    (problem,) = problems(tmp_path, text.replace(old, new, 1))
    line = text[: text.index(old)].count("\n") + 1 + old.count("\n")
    assert problem.where == f"review.yml, line {line}, {where}"
    assert words[0] in problem.found
    assert words[1] in problem.remedy


def test_a_section_that_is_missing(tmp_path: Path, text: str) -> None:
    start, end = text.index("favours:"), text.index("questions:")
    (problem,) = problems(tmp_path, text[:start] + text[end:])
    assert problem.found == "the key 'favours' is missing"
    assert problem.expected == "a section with intervention, control"


def test_a_key_that_occurs_twice(tmp_path: Path, text: str) -> None:
    (problem,) = problems(tmp_path, text + "\nintervention: again\n")
    assert problem.found == "the key 'intervention' for the second time"
    line = text[: text.index("\nintervention:")].count("\n") + 2
    assert problem.expected == f"each key once; the first is in line {line}"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "nothing"),
        ("- a\n- b\n", "a list"),
        ("just words", "'just words'"),
        ("review: [1\nb: 2", "this is not YAML"),
        ("review: !!python/object/apply:os.system ['true']", "kind tag:yaml.org,2002:python"),
        ("review: &a {title: *a}", "an alias (*)"),
        (b"review: \xe9", "the byte 0xE9"),
    ],
)
def test_files_that_are_no_settings(tmp_path: Path, content: str | bytes, found: str) -> None:
    assert any(found in problem.found for problem in problems(tmp_path, content))


def test_nothing_is_executed(tmp_path: Path) -> None:
    target = tmp_path / "made"
    found = problems(tmp_path, f"intervention: !!python/object/apply:os.mkdir ['{target}']")
    assert found
    assert not target.exists()


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="there is no such file"):
        Review.read(tmp_path / "review.yml")


def test_all_mistakes_at_once(tmp_path: Path, text: str) -> None:
    broken = text.replace("minimum_k: 2", "minimum_k: two").replace("theme:", "thme:")
    found = problems(tmp_path, broken.replace("rq3:\n    title: Experiences\n", "rq3:\n"))
    assert [problem.where.rsplit(", ", 1)[1] for problem in found] == [
        "questions.rq3",
        "vocabularies.thme",
        "synthesis.minimum_k",
    ]


def test_fixed_words_are_complete() -> None:
    for name, labels in FIXED.items():
        assert labels, name
        # The statistic t is written small, and some words stand within sentences alone.
        words = [label for label in labels.values() if not label.startswith("t, ")]
        within = name in {"checklist_item_check", "circularity"}
        assert all(label[0].isupper() is not within for label in words), name
