"""RO-Crate metadata: what each file of a bundle is, for machines.

By RO-Crate 1.2, https://w3id.org/ro/crate/1.2; written and read back by the package ``rocrate``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from umbrella_review.bundle.about import About, Author
from umbrella_review.bundle.material import REPORT, SOFTWARE
from umbrella_review.bundle.media import media_type
from umbrella_review.errors import BuildError

if TYPE_CHECKING:
    from rocrate.model import ContextEntity
    from rocrate.rocrate import ROCrate

METADATA = "ro-crate-metadata.json"
_VERSION = "1.2"
_SPDX = "https://spdx.org/licenses/"
_FOLDERS = {
    f"{REPORT}/": "The report with its notebooks, tables, figures, data and ledger",
    f"{REPORT}/data/": "Data and codebook",
    f"{REPORT}/notebooks/": "Executed notebooks, and each as a page",
    f"{REPORT}/results/": "Values, tables and figures that the notebooks recorded",
    f"{REPORT}/ledger/": "Where each number comes from",
    "figures/": "Figures in four formats each",
    "checklists/": "Checklists of reporting",
}


def crate(about: About, files: Mapping[str, bytes], names: Mapping[str, str], source: str) -> str:
    """Return ``ro-crate-metadata.json``.

    Parameters
    ----------
    about : About
        What is known of the report.
    files : mapping of str to bytes
        All files of the bundle by path.
    names : mapping of str to str
        What single files are, by path.
    source : str
        Folder of the sources in the bundle.

    Returns
    -------
    str
        JSON-LD. The package is one entity, every other file is one of its own.

    Raises
    ------
    BuildError
        If what was written names a file that is not in the bundle.
    """
    from rocrate.rocrate import ROCrate  # takes a second

    made = ROCrate(version=_VERSION)
    _describe_whole(made, about)
    folders = {**_FOLDERS, f"{source}/": "Sources: review.yml, manuscript, notebooks, environment"}
    for folder, name in folders.items():
        if any(path.startswith(folder) for path in files):
            made.add_dataset(dest_path=folder, properties={"name": name})
    _add_software(made, about, files)
    for path in sorted(files):
        if not path.startswith(f"{SOFTWARE}/"):
            made.add_file(dest_path=path, properties=_file(made, about, files, names, path))
    text = json.dumps(made.metadata.generate(), indent=1, sort_keys=True, ensure_ascii=False)
    lacking = missing_files(text, files)
    if lacking:
        raise BuildError(f"{METADATA} names files that are not there: {', '.join(lacking)}")
    return f"{text}\n"


def missing_files(text: str, files: Collection[str]) -> list[str]:
    """Read the metadata back and return the files and folders that they name in vain.

    Parameters
    ----------
    text : str
        Content of ``ro-crate-metadata.json``.
    files : collection of str
        Paths of all files of the bundle.

    Returns
    -------
    list of str
        Sorted.
    """
    from rocrate.rocrate import ROCrate

    entities = ROCrate(json.loads(text)).data_entities
    paths = sorted(unquote(entity.id) for entity in entities)
    return [
        path
        for path in paths
        if path not in files
        and not (path.endswith("/") and any(name.startswith(path) for name in files))
    ]


def _describe_whole(made: ROCrate, about: About) -> None:
    root = made.root_dataset
    root["name"] = about.title
    root["description"] = (
        f"Bundle of the report, version {about.version}: report in all formats, data, notebooks, "
        "environment and software."
    )
    root["datePublished"] = about.day.isoformat()
    root["version"] = about.version
    root["inLanguage"] = about.language
    root["author"] = [_author(made, place, one) for place, one in enumerate(about.authors, 1)]
    root["license"] = {"@id": "LICENSE"}
    if about.keywords:
        root["keywords"] = ", ".join(about.keywords)
    if about.doi:
        root["identifier"] = f"https://doi.org/{about.doi}"
    works = [
        _entity(made, work.address or f"#work-{place}", "ScholarlyArticle", name=work.title)
        for place, work in enumerate(about.based_on, 1)
    ]
    if works:
        root["isBasedOn"] = works


def _author(made: ROCrate, place: int, author: Author) -> ContextEntity:
    identifier = f"https://orcid.org/{author.orcid}" if author.orcid else f"#author-{place}"
    kind = "Person" if author.person else "Organization"
    belongs = {"affiliation": author.affiliation} if author.affiliation else {}
    return _entity(made, identifier, kind, name=author.name, **belongs)


def _add_software(made: ROCrate, about: About, files: Mapping[str, bytes]) -> None:
    if not any(path.startswith(f"{SOFTWARE}/") for path in files):
        return
    properties = {
        "@type": ["Dataset", "SoftwareSourceCode"],
        "name": "The package that computes and typesets the report",
        "programmingLanguage": "Python",
        "license": _license(made, about, f"{_SPDX}{about.software_license}"),
    }
    made.add_dataset(dest_path=f"{SOFTWARE}/", properties=properties)


def _file(
    made: ROCrate,
    about: About,
    files: Mapping[str, bytes],
    names: Mapping[str, str],
    path: str,
) -> dict[str, Any]:
    properties: dict[str, Any] = {"name": names.get(path, path), "encodingFormat": media_type(path)}
    if files[path]:
        properties["contentSize"] = str(len(files[path]))
    is_data = path.startswith(f"{REPORT}/data/")
    address = about.data_license.address if is_data else about.text_license
    if address and path.startswith((f"{REPORT}/", "figures/", "checklists/")):
        properties["license"] = _license(made, about, address)
    return properties


def _license(made: ROCrate, about: About, address: str) -> ContextEntity:
    known = made.dereference(address)
    data = about.data_license
    name = data.title if address == data.address else address.removeprefix(_SPDX)
    return known or _entity(made, address, "CreativeWork", name=name)


def _entity(made: ROCrate, identifier: str, kind: str, **properties: str) -> ContextEntity:
    from rocrate.model import ContextEntity

    return made.add(ContextEntity(made, identifier, {"@type": kind, **properties}))
