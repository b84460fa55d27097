"""Profiles of grading by name: `grade` is the one way in.

``ioannidis`` and ``grade`` never guess: what is not known is not assessable. The other two follow
the R package metaumbrella 1.1.0 where it guesses, so that published gradings can be reproduced:

- unknown numbers of cases count as 0, so that the class is IV at most;
- a criterion that cannot be judged (no prediction interval, no test of bias) counts as not met
  in classes, and as no step down in the algorithm after GRADE;
- risk of bias and indirectness that nobody judged count as the worst.

The package's rule for heterogeneity was rebuilt from its description; see docs/validation.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from umbrella_review.criteria import DEFAULT_PROFILE, PersonalProfile, Profile
from umbrella_review.errors import InputError, Problem, ReviewError
from umbrella_review.grading.certainty import grade_certainty
from umbrella_review.grading.evidence import Evidence
from umbrella_review.grading.ioannidis import grade_ioannidis
from umbrella_review.grading.personal import grade_personal, read_profile
from umbrella_review.grading.trail import Grade
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.shapes import nearest

PROFILES: Mapping[str, Callable[[Evidence], Grade]] = {
    "ioannidis": grade_ioannidis,
    "grade": grade_certainty,
    "metaumbrella-ioannidis": partial(grade_ioannidis, compatible=True),
    "metaumbrella-grade": partial(grade_certainty, compatible=True),
}


def grade(evidence: Evidence, profile: Profile) -> Grade:
    """Grade the evidence on one factor.

    Parameters
    ----------
    evidence : Evidence
        Its results.
    profile : str or PersonalProfile
        A key of `PROFILES`, or criteria of one's own.

    Returns
    -------
    Grade
        With its trail.

    Raises
    ------
    ValueError
        If there is no such profile.
    """
    if isinstance(profile, PersonalProfile):
        return grade_personal(evidence, profile)
    if profile not in PROFILES:
        raise ValueError(f"{profile!r} is no profile; there are {', '.join(PROFILES)}")
    return PROFILES[profile](evidence)


def find_profile(name: str) -> Profile:
    """Return the profile that a user names.

    Parameters
    ----------
    name : str
        A key of `PROFILES`, or the path of a YAML file.

    Returns
    -------
    str or PersonalProfile
        For `grade`.

    Raises
    ------
    InputError
        If there is neither, or the file is not as it must be.
    """
    if name in PROFILES:
        return name
    path = Path(name)
    if path.suffix in {".yml", ".yaml"} and path.is_file():
        return read_profile(path)
    expected = f"one of {', '.join(PROFILES)}, or a YAML file that exists"
    remedy = nearest(name, PROFILES, "Choose one of these.")
    raise InputError([Problem("--profile", repr(name), expected, remedy)])


def default_profile(start: Path | None = None) -> Profile:
    """Return the profile of the project that a folder lies in.

    Parameters
    ----------
    start : Path, optional
        A folder that is said to lie in a project; by default the working directory, which may
        lie outside of any.

    Returns
    -------
    str or PersonalProfile
        What ``review.yml`` names under ``grading``; ``ioannidis`` where it names nothing, and
        outside a project.

    Raises
    ------
    ReviewError
        If ``review.yml`` is not as it must be, or `start` lies in no project.
    """
    try:
        project = Project.find(start)
    except ReviewError:
        if start is not None:
            raise
        return DEFAULT_PROFILE
    return Review.read(project.review_file).grading
