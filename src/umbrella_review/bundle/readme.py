"""The page that an editor reads first."""

from __future__ import annotations

from umbrella_review.bundle.about import About
from umbrella_review.bundle.material import REPORT, Material

CHECKSUMS = "SHA256SUMS"
MECA = "article.meca.zip"

_PLACES = """\
| place | holds |
|---|---|
| `report/index.html`, `report/index.pdf` | the report; the HTML links each number to its source |
| `report/report.docx` | the report as a Word document |
| `report/jats/article.xml` | the article in JATS XML, with its figures |
| `article.meca.zip` | article, figures and data as a MECA package, for submission systems |
| `report/data/` | the data, one CSV a table; `codebook.md` describes every column |
| `report/notebooks/` | the notebooks as they were executed, with outputs, also as pages |
| `report/results/` | each recorded value, table and the data behind each figure |
| `report/ledger/` | for each number in the text: where it comes from and where it is cited |
| `figures/` | each figure as PDF, SVG, TIFF (600 pixels an inch) and PNG (300) |
{checklists}\
| `{source}/notebooks/` | the notebooks as they were written, without outputs |
| {environment} | the environment: each package with version and hash |
{software}\
| `codecheck.yml` | what a CODECHECK has to make again, with a comment on each file |
| `ro-crate-metadata.json` | what each file is, for machines (RO-Crate) |
| `CITATION.cff`, `LICENSE` | how to cite, and the terms of use |
| `SHA256SUMS` | the digest of every other file |
"""
_LOCKS = ("requirements.lock", "environment.yml")
_CHECKLISTS = "| `checklists/` | checklists of reporting, with answers and places |\n"
_SOFTWARE = "| `software/` | the package that computes and typesets the report |\n"

_CHECK = """\
## Check the files

One command, in the folder in which this file lies:

```sh
sha256sum --check --quiet SHA256SUMS    # macOS: shasum -a 256 --check --quiet SHA256SUMS
```

It says nothing when every file is as it was packed.
"""
_INSTALL = """\
## Make the report again

This runs the notebooks, which are programs; use a machine or a container for the purpose. It needs
Python {python} and takes some minutes.

```sh
python3 -m venv .venv
.venv/bin/python -m pip install --require-hashes -r {source}/requirements.lock
.venv/bin/python -m pip install --no-deps --no-build-isolation ./software
{run}
```

On Windows write `py` for `python3` and `.venv\\Scripts\\` for `.venv/bin/`.

{outcome}
"""
_NO_SOFTWARE = """\
The package is not in this bundle: put its sources{commit} into the folder `software` before.
"""
_VERIFIES = """\
`umbrella verify` compares files, package and versions with those of the release, makes the report
in a temporary folder, and names every value, table, figure and page that differs. Its last line is
`identical (…)` where none does; its exit code is then 0. With `--no-execute` it runs nothing of
the release.
"""
_DRAFT = """\
This is a draft: sources are those of the day on which it was packed. The report is then in
`source/reports/draft/`; `umbrella verify` compares releases, which drafts are not.
"""


def readme(about: About, material: Material, *, checklists: bool) -> str:
    """Return ``README.md``.

    Parameters
    ----------
    about : About
        What is known of the report.
    material : Material
        What the bundle is made of.
    checklists : bool
        Whether there are checklists.

    Returns
    -------
    str
        What is where, how to check it, and how to make it again.
    """
    source = material.source_folder
    kind = "draft of version" if material.origin is None else "version"
    by = ", ".join(author.name for author in about.authors)
    places = _PLACES.format(
        checklists=_CHECKLISTS if checklists else "",
        source=source,
        environment=", ".join(f"`{source}/{name}`" for name in _LOCKS if name in material.sources),
        software=_SOFTWARE if material.software else "",
    )
    title = f"# {about.title}\n\n{by}; {kind} {about.version}, {about.day.isoformat()}.\n"
    return "\n".join([title, places, _CHECK, _again(material)])


def _again(material: Material) -> str:
    source, origin = material.source_folder, material.origin
    python = "3.11 or newer" if origin is None else origin.environment["python"]
    if origin is None:
        run = "cp -R report/data source/\n.venv/bin/umbrella --project source build"
    else:
        run = f".venv/bin/umbrella verify {REPORT}"
    text = _INSTALL.format(
        python=python,
        source=source,
        run=run,
        outcome=_DRAFT if origin is None else _VERIFIES,
    )
    if material.software:
        return text
    commit = f" of commit {origin.commit}" if origin else ""
    return f"{text}\n{_NO_SOFTWARE.format(commit=commit)}"
