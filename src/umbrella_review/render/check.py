"""What in a manuscript cannot be rendered, found before any engine runs.

Quarto passes over several of these in silence or with a warning: cells without output,
references to nothing, missing bibliography keys.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from umbrella_review.errors import Problem
from umbrella_review.qmd.syntax import Line, without_code
from umbrella_review.render.crossref import is_target, references
from umbrella_review.render.tree import Node, Nodes, elements

CALLOUTS = ("note", "tip", "warning", "important", "caution")
_DIV_CLASSES = {"landscape", *(f"callout-{kind}" for kind in CALLOUTS)}
_DIV_PAIRS = {"title", "layout-ncol"}
_COMPUTED = re.compile(r"^\s*(`{3,}|~{3,})\s*\{\s*[a-z]+[\s,}]")
_KNOWN = "plain Markdown, callouts, .landscape, layout-ncol, and figures and tables by embed"

#: Returns the places in the sources where an expression is found.
Locate = Callable[[str], list[str]]


def locator(lines: Sequence[Line], file: str) -> Locate:
    """Return a function that finds a regular expression outside code, else inside.

    Parameters
    ----------
    lines : sequence of Line
        The manuscript.
    file : str
        Named where nothing is found.

    Returns
    -------
    callable
        Takes a regular expression, returns the places.
    """
    plain = [(without_code(line.text), line.where) for line in lines if not line.code]
    whole = [(line.text, line.where) for line in lines]

    def locate(expression: str) -> list[str]:
        pattern = re.compile(expression)
        for texts in (plain, whole):
            found = [where for text, where in texts if pattern.search(text)]
            if found:
                return found
        return [file]

    return locate


def check_lines(lines: Iterable[Line]) -> list[Problem]:
    """Report cells of code, which belong in notebooks.

    Parameters
    ----------
    lines : iterable of Line
        Lines of the manuscript, in order.

    Returns
    -------
    list of Problem
        What is wrong.
    """
    return [
        Problem(
            line.where,
            "a cell of code to be run",
            "results embedded from notebooks",
            "Move the code to a notebook and embed its result.",
        )
        for line in lines
        if line.code and _COMPUTED.match(line.text)
    ]


def check_syntax(blocks: Nodes, locate: Locate, *, also: Collection[str] = ()) -> list[Problem]:
    """Report markup that the two engines would not render alike.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.
    locate : callable
        Finds the places in the sources.
    also : collection of str, optional
        Further classes that blocks may have.

    Returns
    -------
    list of Problem
        What is wrong.
    """
    problems = []
    for element in elements(blocks):
        found = _unsupported(element, {*_DIV_CLASSES, *also})
        if found:
            what, expression = found
            problems.append(
                Problem(locate(expression)[0], what, _KNOWN, "Write it without this markup.")
            )
    return problems


def _unsupported(element: Node, known: Collection[str]) -> tuple[str, str] | None:
    kind = element["t"]
    if kind in ("RawBlock", "RawInline"):
        text = element["c"][1].strip()
        first = text.splitlines()[0] if text else ""
        return f"raw {element['c'][0]} ({first})", re.escape(first)
    if kind == "Image":
        target = element["c"][2][0]
        return f"an image from a file ({target})", re.escape(target)
    if kind == "Div":
        return _unsupported_div(element["c"][0], known)
    if kind == "Span":
        identifier, classes, pairs = element["c"][0]
        marks = [f"#{identifier}"] * bool(identifier) + [f".{name}" for name in classes]
        marks += [f"{key}=" for key, _ in pairs]
        expression = r"\]\{[^}]*" + re.escape(marks[0]) if marks else r"\]\{"
        return f"a span with {' '.join(marks)}", expression
    return None


def _unsupported_div(attribute: Any, known: Collection[str]) -> tuple[str, str] | None:
    identifier, classes, pairs = attribute
    unknown = [f".{name}" for name in classes if name not in known]
    unknown += [f"{key}=" for key, _ in pairs if key not in _DIV_PAIRS]
    unknown += [f"#{identifier}"] if identifier not in ("", "refs") else []
    if unknown:
        expression = r"^\s*:::.*" + re.escape(unknown[0].strip(".#"))
        return f"a block with {', '.join(unknown)}", expression
    columns = next((value for key, value in pairs if key == "layout-ncol"), "1")
    if not columns.isdigit() or columns == "0":
        return f"layout-ncol={columns}", "layout-ncol"
    return None


def check_references(
    blocks: object, numbers: Mapping[str, str], known: Collection[str], locate: Locate
) -> list[Problem]:
    """Report references to sections, figures and tables that have no number.

    Parameters
    ----------
    blocks : tree
        Where to look.
    numbers : mapping of str to str
        Printed numbers by identifier.
    known : collection of str
        Labels of the notebooks, embedded or not, and identifiers of sections.
    locate : callable
        Finds the places.

    Returns
    -------
    list of Problem
        What is wrong.
    """
    problems = []
    for identifier in dict.fromkeys(r["citationId"] for r in references(blocks)):
        if not is_target(identifier) or identifier in numbers:
            continue
        found, remedy = f"@{identifier}, which is nowhere", "Correct the name."
        if identifier in known and identifier.startswith("sec-"):
            found = f"@{identifier}, a section without a number"
            remedy = f"Write a link instead: [its title](#{identifier})."
        elif identifier in known:
            found = f"@{identifier}, which a notebook makes but the manuscript does not embed"
            remedy = "Embed it, or remove the reference."
        problems += [
            Problem(where, found, "a reference to something numbered", remedy)
            for where in locate(_cited(identifier))
        ]
    return problems


def check_citations(blocks: object, keys: Collection[str], locate: Locate) -> list[Problem]:
    """Report keys that no bibliography has, and citations lost beside a reference.

    Parameters
    ----------
    blocks : object
        Blocks of a document.
    keys : collection of str
        Keys of the references, or their printed marks by key.
    locate : callable
        Finds the places in the sources.

    Returns
    -------
    list of Problem
        What is wrong.
    """
    problems = []
    for key in dict.fromkeys(record["citationId"] for record in references(blocks)):
        if not is_target(key) and key not in keys:
            found = f"@{key}, which no bibliography has"
            problems += [
                Problem(where, found, "a key of the bibliography", "Correct it or add the entry.")
                for where in locate(_cited(key))
            ]
    for element in elements(blocks):
        cited = element["c"][0] if element["t"] == "Cite" else []
        targets = [record["citationId"] for record in cited if is_target(record["citationId"])]
        if targets and len(targets) < len(cited):
            key = re.escape(targets[0])
            found = f"@{targets[0]} and a citation side by side, of which one gets lost"
            problems += [
                Problem(where, found, "the two apart", "Put words between them.")
                for where in locate(
                    rf"@{re.escape(targets[0])}\s*[\[;]|;\s*@{re.escape(targets[0])}"
                )
            ]
    return list(dict.fromkeys(problems))


def _cited(key: str) -> str:
    return rf"@\{{?{re.escape(key)}(?![\w-])"


def check_identifiers(
    blocks: Nodes, locate: Locate, elsewhere: Collection[str] = ()
) -> list[Problem]:
    """Report identifiers given twice, and links to identifiers that do not exist.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.
    locate : callable
        Finds the places in the sources.
    elsewhere : collection of str, optional
        Identifiers on another page that links lead to as well.

    Returns
    -------
    list of Problem
        What is wrong.
    """
    given = [identifier for element in elements(blocks) if (identifier := _identifier(element))]
    problems = [
        Problem(where, f"the identifier {identifier} again", "each once", "Rename one of them.")
        for identifier, count in Counter(given).items()
        if count > 1
        for where in locate(rf"#{re.escape(identifier)}\b")[1:] or [locate("^$a")[0]]
    ]
    for element in elements(blocks):
        target = element["c"][2][0] if element["t"] == "Link" else ""
        if target.startswith("#") and target[1:] not in {*given, *elsewhere}:
            problems += [
                Problem(where, f"a link to {target}", "an identifier that exists", "Correct it.")
                for where in locate(re.escape(f"({target})"))
            ]
    return problems


def _identifier(element: Node) -> str:
    if element["t"] == "Header":
        return str(element["c"][1][0])
    if element["t"] in ("Div", "Span", "Table", "Figure"):
        return str(element["c"][0][0])
    return ""
