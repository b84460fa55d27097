"""All files of a bundle, and the archive of them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from umbrella_review.archive import zipped
from umbrella_review.bundle.about import About, read_about
from umbrella_review.bundle.codecheck import codecheck
from umbrella_review.bundle.crate import METADATA, crate
from umbrella_review.bundle.displays import Display, figure_files, read_displays
from umbrella_review.bundle.material import LICENSE, REPORT, SOFTWARE, Material, gather
from umbrella_review.bundle.meca import meca_files
from umbrella_review.bundle.names import file_names
from umbrella_review.bundle.readme import CHECKSUMS, MECA, readme
from umbrella_review.paths import Project
from umbrella_review.provenance import digest
from umbrella_review.release.again import Say
from umbrella_review.release.sources import CITATION, FOLDER

_CHECKLIST = "tbl-checklist"


@dataclass(frozen=True)
class Bundle:
    """A bundle.

    Parameters
    ----------
    name : str
        Name of its file.
    content : bytes
        The archive; the same for the same report.
    n_files : int
        How many files it holds.
    has_software : bool
        Whether the package is among them.
    """

    name: str
    content: bytes
    n_files: int
    has_software: bool


def make_bundle(project: Project, say: Say, named: str = "") -> Bundle:
    """Return a bundle of a report.

    Parameters
    ----------
    project : Project
        The project.
    say : callable
        Takes lines on the progress.
    named : str, optional
        Version or folder of a release; the draft by default.

    Returns
    -------
    Bundle
        Its parts stand at the root of the archive; the folder ``report`` is the report unchanged.

    Raises
    ------
    InputError
        If the report is missing or not as it was made, or a file that describes it is missing.
    """
    with tempfile.TemporaryDirectory(prefix="umbrella-") as place:
        material = gather(project, named, Path(place), say)
    about = read_about(material)
    files = bundle_files(material, about)
    return Bundle(
        _name(about, material), zipped(files, about.day), len(files), bool(material.software)
    )


def bundle_files(material: Material, about: About) -> dict[str, bytes]:
    """Return the files of a bundle.

    Parameters
    ----------
    material : Material
        What it is made of.
    about : About
        What is known of the report.

    Returns
    -------
    dict of str to bytes
        By path.
    """
    displays = read_displays(material.report)
    shown = [one for one in displays if one.is_figure]
    with ThreadPoolExecutor() as pool:  # large bitmaps take seconds each
        drawn = pool.map(lambda one: figure_files(material.report, one), shown)
    figures = dict(zip((one.label for one in shown), drawn, strict=True))
    lists = _checklists(material.report, displays)
    files = {f"{REPORT}/{path}": content for path, content in material.report.items()}
    if material.origin is None:
        files |= {f"{FOLDER}/{path}": content for path, content in material.sources.items()}
    files |= {f"{SOFTWARE}/{path}": content for path, content in material.software.items()}
    files |= {name: material.sources[name] for name in (CITATION, LICENSE)}
    files |= {f"figures/{name}": one for group in figures.values() for name, one in group.items()}
    files |= {f"checklists/{name}": content for name, content in lists.items()}
    files[MECA] = zipped(meca_files(material.report, displays, figures), about.day)
    files["codecheck.yml"] = codecheck(about, material.report, displays).encode()
    files["README.md"] = readme(about, material, checklists=bool(lists)).encode()
    names = file_names(material.report, displays, figures)
    files[METADATA] = crate(about, files, names, material.source_folder).encode()
    files[CHECKSUMS] = _checksums(files).encode()
    return files


def _checklists(report: Mapping[str, bytes], displays: Iterable[Display]) -> dict[str, bytes]:
    return {
        f"{one.label}.csv": report[one.data] for one in displays if one.label.startswith(_CHECKLIST)
    }


def _checksums(files: Mapping[str, bytes]) -> str:
    return "".join(f"{digest(files[path])}  {path}\n" for path in sorted(files))


def _name(about: About, material: Material) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", about.short_title.lower()).strip("-")
    draft = "-draft" if material.origin is None else ""
    return f"{slug}-{about.version}{draft}.zip"
