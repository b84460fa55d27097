"""What is compared of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A table of the data as text.

    Parameters
    ----------
    name : str
        Stem of its file.
    title : str
        Name for readers.
    columns : tuple of str
        Heads.
    rows : mapping of str to mapping of str to str
        By the key of the row, the cells by column.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Mapping[str, Cells]


@dataclass(frozen=True)
class Recorded:
    """A recorded value.

    Parameters
    ----------
    value_id : str
        Its id.
    value : int, float, str or bool
        At full precision.
    text : str
        As printed.
    unit : str
        What is counted or measured.
    rows : frozenset of tuple of str and str
        Table and id of each row that it was computed from.
    notebook : str
        Which notebook recorded it.
    cited : tuple of str
        Ids of the sentences that cite it.
    """

    value_id: str
    value: int | float | str | bool
    text: str
    unit: str
    rows: frozenset[tuple[str, str]]
    notebook: str
    cited: tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence that carries recorded values.

    Parameters
    ----------
    claim_id : str
        Its id.
    section : str
        Title of its section.
    text : str
        As printed.
    wording : str
        With the ids of values in the place of what is printed.
    file : str
        File of the manuscript that it stands in; empty where that is not recorded.
    """

    claim_id: str
    section: str
    text: str
    wording: str
    file: str


@dataclass(frozen=True)
class Display:
    """A figure or table of results with the data in or behind it.

    Parameters
    ----------
    label : str
        Its label.
    name : str
        As it is called in print; the label where the article does not show it.
    notebook : str
        Which notebook made it.
    shown : bool
        Whether the article shows it.
    head : tuple of str
        Heads of the columns.
    rows : tuple of tuple of str
        Cells.
    """

    label: str
    name: str
    notebook: str
    shown: bool
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Notebook:
    """What an executed notebook says of itself.

    Parameters
    ----------
    code : mapping of str to str
        Source of each code cell by its id, without the cell of parameters given to the build.
    tables : frozenset of str
        Tables that it loads.
    results : frozenset of str
        Earlier notebooks whose results it reads.
    """

    code: Cells
    tables: frozenset[str] = frozenset()
    results: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Report:
    """What is compared of one report.

    Parameters
    ----------
    name : str
        Version or folder.
    tables : mapping of str to Table
        Data by name.
    values : mapping of str to Recorded
        By id.
    sentences : mapping of str to Sentence
        By id.
    displays : mapping of str to Display
        By label.
    parameters : mapping of str to mapping of str to str
        By notebook and name.
    notebooks : mapping of str to Notebook
        By name.
    package : str
        Name and version of the package that made it.
    package_files : mapping of str to str, optional
        Digest of each source file of the package; None where that is not recorded.
    environment : mapping of str to str, optional
        Versions by name; None where that is not recorded.
    settings : mapping of str to str, optional
        Entries of ``review.yml`` by their place; None where the report does not hold it.
    """

    name: str
    tables: Mapping[str, Table] = field(default_factory=dict)
    values: Mapping[str, Recorded] = field(default_factory=dict)
    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    displays: Mapping[str, Display] = field(default_factory=dict)
    parameters: Mapping[str, Cells] = field(default_factory=dict)
    notebooks: Mapping[str, Notebook] = field(default_factory=dict)
    package: str = ""
    package_files: Cells | None = None
    environment: Cells | None = None
    settings: Cells | None = None
