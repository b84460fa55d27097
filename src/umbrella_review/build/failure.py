"""A notebook that failed, told so that its author can mend it."""

from __future__ import annotations

from dataclasses import dataclass

from umbrella_review import errors
from umbrella_review.errors import BuildError, InputError, UmbrellaError
from umbrella_review.parameters import Parameter

_LINES = 8
_WORDS = {"current": "up to date", "stopped": "not run: a step that it needs failed"}


@dataclass(frozen=True)
class Failure:
    """Where and how a notebook failed.

    Parameters
    ----------
    notebook : str
        Its name.
    label : str
        Label of the failing cell.
    parameters : mapping of str to parameter
        Parameters in force.
    kind : str
        Type of the exception.
    message : str
        Its message, without colours.
    code : str
        Source of the cell up to the failing line.
    partial : str
        The partly executed notebook, from the project's root.
    """

    notebook: str
    label: str
    parameters: dict[str, Parameter]
    kind: str
    message: str
    code: str
    partial: str

    @property
    def concerns_input(self) -> bool:
        """Whether the user's data or settings are to blame, not the code."""
        kind = getattr(errors, self.kind, None)
        return isinstance(kind, type) and issubclass(kind, InputError)

    def __str__(self) -> str:
        parameters = ", ".join(f"{name} = {value!r}" for name, value in self.parameters.items())
        code = [f"    {line}" for line in self.code.splitlines()[-_LINES:]]
        return "\n".join(
            [
                f"{self.notebook} failed in cell {self.label}",
                f"  parameters: {parameters or 'none'}",
                f"  {self.kind}: " + self.message.replace("\n", "\n  "),
                "  last lines of its code:",
                *code,
                f"  executed as far as possible: {self.partial}",
            ]
        )


@dataclass(frozen=True)
class Story:
    """What became of a step.

    Parameters
    ----------
    title : str
        The step.
    outcome : {'done', 'current', 'failed', 'stopped'}
        Whether it ran, was up to date, failed, or could not run as one before it failed.
    reasons : tuple of str
        Why it ran.
    """

    title: str
    outcome: str
    reasons: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.outcome in _WORDS:
            return f"{self.title}: {_WORDS[self.outcome]}"
        verb = "ran" if self.outcome == "done" else "failed; it ran"
        return f"{self.title}: {verb} because " + "; ".join(self.reasons)


class NotebookError(BuildError):
    """A cell of a notebook raised an exception.

    Parameters
    ----------
    failure : Failure
        The only argument, so that the error survives the way back from a worker.
    """

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(failure)


class FailedBuildError(UmbrellaError):
    """One or more steps of the build failed.

    Parameters
    ----------
    failures : list of UmbrellaError
        Every failure.
    stories : list of Story
        What became of every step.
    """

    def __init__(self, failures: list[UmbrellaError], stories: list[Story]) -> None:
        self.failures = failures
        self.stories = stories
        codes = {_exit_code(failure) for failure in failures}
        self.exit_code = 1 if 1 in codes else 2
        super().__init__("\n\n".join(str(failure) for failure in failures))


def _exit_code(failure: UmbrellaError) -> int:
    if isinstance(failure, NotebookError) and failure.failure.concerns_input:
        return InputError.exit_code
    return failure.exit_code
