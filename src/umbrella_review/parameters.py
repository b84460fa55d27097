"""Parameters of notebooks: their defaults, and the values that replace them.

A notebook declares its parameters in a cell tagged ``parameters``, one ``name = literal`` a
line. Values come from the command line (``name=value`` or ``notebook.name=value``) and from a
YAML file (the same names, or nested by notebook); the command line wins over the file, and a
value for one notebook wins over a value for all.
"""

from __future__ import annotations

import ast
import difflib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from umbrella_review.errors import Problem
from umbrella_review.review import Review

Literal = str | int | float | bool
Parameter = Literal | list[Literal]

# Parameter -> the vocabulary that its values, or the items of its list, come from.
VOCABULARIES: Mapping[str, str] = {
    "outcome_domains": "outcome_domain",
    "outcome_groups": "outcome_group",
    "minimum_rating": "rating",
    "population_groups": "population_group",
    "intervention_formats": "intervention_format",
    "followup_classes": "followup_class",
    "framework_domains": "framework_domain",
    "themes": "theme",
    "perspectives": "perspective",
    "review_types": "review_type",
    "questions": "question",
    "certainties": "certainty",
    "minimum_ratings": "rating",
    "formats_alone": "intervention_format",
    "overlap_rules": "overlap_rule",
    "methods": "estimator",
    "tests": "test",
    "prediction_intervals": "prediction_interval",
}
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


@dataclass(frozen=True)
class Given:
    """A value that the user gives for a parameter.

    Parameters
    ----------
    name : str
        Name of the parameter.
    value : str or sequence of str
        As it was written; a sequence where YAML has a list.
    where : str
        Where it was written, e.g. ``-P minimum_rating=low``.
    notebook : str, optional
        The only notebook it is meant for.
    """

    name: str
    value: str | Sequence[str]
    where: str
    notebook: str | None = None


def read_defaults(code: str) -> dict[str, Parameter]:
    """Return the parameters that a cell declares.

    Parameters
    ----------
    code : str
        Source of the cell.

    Returns
    -------
    dict of str to parameter
        In the order of the cell.

    Raises
    ------
    ValueError
        If a statement is not ``name = literal``; says which line.
    SyntaxError
        If the source is not Python.
    """
    defaults: dict[str, Parameter] = {}
    for statement in ast.parse(code).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=node):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as node):
                pass
            case _:
                raise ValueError(f"line {statement.lineno} is not `name = default`")
        try:
            value = ast.literal_eval(node)
        except ValueError:
            value = None
        if not _is_parameter(value):
            raise ValueError(
                f"line {statement.lineno}: the default of {name} is not a text, a number, "
                "True, False or a list of these"
            )
        defaults[name] = value
    return defaults


def resolve(
    declared: Mapping[str, Mapping[str, Parameter]], given: Sequence[Given]
) -> tuple[dict[str, dict[str, Parameter]], list[Problem]]:
    """Return the parameters in force in every notebook, and all that is wrong with those given.

    Parameters
    ----------
    declared : mapping of str to mapping of str to parameter
        Per notebook its parameters with their defaults.
    given : sequence of Given
        Later ones win over earlier ones.

    Returns
    -------
    values : dict of str to dict of str to parameter
        Per notebook, with the default where nothing is given.
    problems : list of Problem
        Unknown names, and values of a wrong type.
    """
    values = {notebook: dict(defaults) for notebook, defaults in declared.items()}
    problems: list[Problem] = []
    for item in sorted(given, key=lambda item: item.notebook is not None):
        targets = _targets(declared, item)
        if not targets:
            problems.append(_unknown(declared, item))
        for notebook in targets:
            try:
                values[notebook][item.name] = convert(item.value, declared[notebook][item.name])
            except ValueError as error:
                problems.append(_wrong_type(item, str(error)))
                break
    return values, problems


def check_words(values: Mapping[str, Mapping[str, Parameter]], review: Review) -> list[Problem]:
    """Return one problem for every parameter with a word that its vocabulary does not have.

    Parameters
    ----------
    values : mapping of str to mapping of str to parameter
        Per notebook its parameters, as `resolve` gives them.
    review : Review
        Holds the vocabularies.

    Returns
    -------
    list of Problem
        A word that several notebooks take is told once.
    """
    problems: dict[tuple[str, Literal], Problem] = {}
    for notebook, parameters in values.items():
        for name in sorted(parameters.keys() & VOCABULARIES.keys()):
            allowed = list(review.vocabulary(VOCABULARIES[name]))
            value = parameters[name]
            for word in value if isinstance(value, list) else [value]:
                if word not in allowed:
                    problems.setdefault((name, word), _not_allowed(notebook, name, word, allowed))
    return list(problems.values())


def convert(value: str | Sequence[str], default: Parameter) -> Parameter:
    """Return a written value in the type of a parameter's default.

    Parameters
    ----------
    value : str or sequence of str
        As it was written; a text for a list is split at its commas.
    default : parameter
        The value that it replaces.

    Returns
    -------
    parameter
        Of the type of the default; a list may be empty.

    Raises
    ------
    ValueError
        If it cannot be read so; the message is what was expected.
    """
    if isinstance(default, list):
        items = (
            value.strip().removeprefix("[").removesuffix("]").split(",")
            if isinstance(value, str)
            else value
        )
        kind = type(default[0]) if default else str
        return [_scalar(item.strip(), kind, listed=True) for item in items if item.strip()]
    if not isinstance(value, str):
        raise ValueError(_KINDS[type(default)] + ", not a list")  # one kind of error
    return _scalar(value, type(default))


def _scalar(text: str, kind: type[Literal], *, listed: bool = False) -> Literal:
    expected = ("a list, each item " if listed else "") + _KINDS[kind]
    try:
        value = _TRUTH[text.strip().lower()] if kind is bool else kind(text)
    except (ValueError, KeyError):
        raise ValueError(expected) from None
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(expected)
    return value


def _is_parameter(value: object) -> TypeGuard[Parameter]:
    if isinstance(value, list):
        return all(isinstance(item, Literal) for item in value)
    return isinstance(value, Literal)


def _targets(declared: Mapping[str, Mapping[str, Parameter]], item: Given) -> list[str]:
    notebooks = declared if item.notebook is None else {item.notebook} & declared.keys()
    return [notebook for notebook in notebooks if item.name in declared[notebook]]


def _unknown(declared: Mapping[str, Mapping[str, Parameter]], item: Given) -> Problem:
    if item.notebook is not None and item.notebook not in declared:
        return Problem(
            item.where,
            f"there is no notebook {item.notebook!r}",
            "one of " + ", ".join(sorted(declared)),
            _nearest(item.notebook, declared),
        )
    scope = declared if item.notebook is None else {item.notebook: declared[item.notebook]}
    valid = [
        f"  {notebook}: " + (", ".join(f"{n} = {v!r}" for n, v in parameters.items()) or "none")
        for notebook, parameters in scope.items()
    ]
    place = "in any notebook" if item.notebook is None else f"in {item.notebook}"
    names = {name for parameters in scope.values() for name in parameters}
    return Problem(
        item.where,
        f"there is no parameter {item.name!r} {place}",
        "one of these, with their defaults:\n" + "\n".join(valid) + "\n",
        _nearest(item.name, names),
    )


def _wrong_type(item: Given, expected: str) -> Problem:
    shown = item.value if isinstance(item.value, str) else list(item.value)
    return Problem(
        item.where,
        f"the value of {item.name} is {shown!r}",
        expected,
        "Give a value of this kind; items of a list are separated by commas.",
    )


def _not_allowed(notebook: str, name: str, word: Literal, allowed: Sequence[str]) -> Problem:
    return Problem(
        f"parameter {name} of {notebook}",
        f"the value {word!r} is not in the vocabulary {VOCABULARIES[name]}",
        "one of " + ", ".join(allowed),
        _nearest(str(word), allowed),
    )


def _nearest(name: str, candidates: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(candidates), n=1)
    return f"Did you mean {near[0]!r}?" if near else "Correct the name."
