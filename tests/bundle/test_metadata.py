"""What describes a bundle: MECA manifest, codecheck.yml and RO-Crate, each read back."""

from __future__ import annotations

import json
import warnings
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.bundle.conftest import Small
from umbrella_review.archive import unzipped
from umbrella_review.bundle.crate import missing_files
from umbrella_review.bundle.meca import Item, manifest

if TYPE_CHECKING:
    from rocrate.rocrate import ROCrate

SPACE = "{https://manuscriptexchange.org/schema/manifest}"
HREF = "{http://www.w3.org/1999/xlink}href"
# The order in which the manifest DTD 1.0 wants the parts of an item.
PARTS = ["item-title", "item-description", "file-order", "item-metadata", "instance"]


def check_meca(package: dict[str, bytes]) -> list[ET.Element]:
    """Hold a package against the rules of the DTD and return the items of its manifest."""
    text = package["manifest.xml"].decode()
    assert '<!DOCTYPE manifest PUBLIC "-//MECA//DTD Manifest v1.0//en"' in text
    root = ET.fromstring(text)
    assert root.tag == f"{SPACE}manifest"
    assert root.attrib == {"manifest-version": "1"}
    items = list(root)
    identifiers = [item.get("id", "") for item in items]
    assert len(set(identifiers)) == len(identifiers)
    assert all(one[0].isalpha() and not set(one) & set(" /:") for one in identifiers)
    for item in items:
        tags = [part.tag.removeprefix(SPACE) for part in item]
        assert tags == sorted(tags, key=PARTS.index)
        assert all(tags.count(tag) <= 1 for tag in PARTS[:-1])
        assert tags.count("instance") >= 1
    paths = [one.get(HREF, "") for one in root.iter(f"{SPACE}instance")]
    assert sorted(paths) == sorted(package.keys() - {"manifest.xml"})
    return items


def check_crate(folder: Path) -> ROCrate:
    """Read the crate of an unpacked bundle; all that it names exists."""
    from rocrate.rocrate import ROCrate  # takes a second

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        crate = ROCrate(folder)
    names = [entity.id for entity in crate.data_entities]
    assert names
    assert not [name for name in names if not (folder / name).exists()]
    graph = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    assert len(entities) == len(graph)
    assert set(names) == {one["@id"] for one in entities["./"]["hasPart"]}
    for entity in graph:
        for key, value in entity.items():
            values = value if isinstance(value, list) else [value]
            linked = {one["@id"] for one in values if isinstance(one, dict)}
            assert key == "conformsTo" or linked <= entities.keys(), (entity["@id"], key)
    return crate


@pytest.fixture
def folder(small: Small, tmp_path: Path) -> Path:
    """An unpacked bundle."""
    target = tmp_path / "unpacked"
    for name, content in small.pack().items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)
    return target


def test_meca_holds_the_article_its_figures_and_the_data(small: Small) -> None:
    package = unzipped(small.pack()["article.meca.zip"])
    items = {item.get("id"): item for item in check_meca(package)}
    kinds = {name: item.get("item-type") for name, item in items.items()}
    assert kinds.pop("article") == "article-metadata"
    assert kinds.pop("manuscript") == "manuscript"
    assert kinds.pop("fig-flow") == "figure"
    assert kinds == {
        "supplement-data-datapackage.json": "supplemental",
        "supplement-data-reviews.csv": "supplemental",
    }
    figure = items["fig-flow"]
    metadata = {one.get("metadata-name"): one.text for one in figure.iter(f"{SPACE}metadata")}
    assert metadata == {"Figure Number": "1", "Caption": "How it <flows> & ends"}
    instances = [(one.get("media-type"), one.get(HREF)) for one in figure.iter(f"{SPACE}instance")]
    assert instances == [
        ("image/png", "figures/fig-flow.png"),
        ("image/svg+xml", "figures/fig-flow.svg"),
        ("application/pdf", "figures/fig-flow.pdf"),
    ]


def test_text_of_a_manifest_is_data() -> None:
    item = Item("a", "figure", "<b> & ]]>", ["x.png"], {"Caption": "&amp; <i>"})
    root = ET.fromstring(manifest([item]))
    assert root.findtext(f".//{SPACE}item-description") == "<b> & ]]>"
    assert root.findtext(f".//{SPACE}metadata") == "&amp; <i>"


def test_codecheck_lists_outputs_that_exist_and_the_paper(folder: Path) -> None:
    text = (folder / "codecheck.yml").read_text(encoding="utf-8")
    assert text.startswith("%YAML 1.1\n---\n")
    content = yaml.safe_load(text)
    assert content["version"] == "https://codecheck.org.uk/spec/config/1.0/"
    assert [one["file"] for one in content["manifest"]] == [
        "report/index.html",
        "report/index.pdf",
        "report/figures/fig-flow.svg",
        "report/results/01_first/figures/fig-flow.csv",
        "report/results/01_first/tables/tbl-n.csv",
        "report/results/01_first/tables/tbl-checklist.csv",
        "report/results/01_first/values.json",
    ]
    assert all((folder / one["file"]).is_file() for one in content["manifest"])
    comments = [one["comment"] for one in content["manifest"]]
    assert comments[2:5] == [
        "Figure 1. How it <flows> & ends",
        "Data behind Figure 1",
        "Table 1. Counts",
    ]
    assert content["paper"]["authors"] == [
        {"name": "Ada van Example", "ORCID": "0000-0002-1825-0097"},
        {"name": "The group"},
    ]
    assert content["paper"]["reference"] == "https://doi.org/10.5555/tiny"
    assert content["repository"] == "https://example.org/tiny"


def test_the_crate_is_read_back_and_says_what_the_sources_say(folder: Path) -> None:
    crate = check_crate(folder)
    root = crate.root_dataset
    assert crate.version == "1.2"
    assert root["name"].startswith("Peer support")
    assert root["version"] == "0.1.0"
    assert root.properties()["datePublished"] == "2026-01-02"
    assert root["keywords"] == "one, two"
    assert root["identifier"] == "https://doi.org/10.5555/tiny"
    ada, group = root["author"]
    assert (ada.id, ada.type, ada["name"]) == (
        "https://orcid.org/0000-0002-1825-0097",
        "Person",
        "Ada van Example",
    )
    assert (group.type, group["name"]) == ("Organization", "The group")
    assert root["isBasedOn"][0].id == "https://doi.org/10.5555/12345678"
    assert root["license"].id == "LICENSE"


def test_the_crate_tells_files_and_their_licences(folder: Path) -> None:
    crate = check_crate(folder)
    table = crate.get("report/data/reviews.csv")
    assert table["name"] == "Included reviews"
    assert table["encodingFormat"] == "text/csv"
    assert table["contentSize"] == str(len((folder / "report/data/reviews.csv").read_bytes()))
    assert (table["license"].id, table["license"]["name"]) == (
        "https://example.org/data-licence",
        "Free data",
    )
    assert crate.get("report/index.html")["license"].id == "https://example.org/text-licence"
    assert crate.get("software/")["license"].id == "https://spdx.org/licenses/MIT"
    assert crate.get("report/notebooks/01_first.ipynb")["name"] == "Notebook: The first"
    assert crate.get("figures/fig-flow.svg")["name"] == "Figure 1. How it <flows> & ends"


def test_every_file_is_in_the_crate_by_itself_or_in_its_folder(folder: Path) -> None:
    named = {entity.id for entity in check_crate(folder).data_entities}
    files = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    others = {name for name in files - named if not name.startswith("software/")}
    assert others == {"ro-crate-metadata.json", "SHA256SUMS"}


def test_files_that_a_crate_names_in_vain_are_found(folder: Path) -> None:
    text = (folder / "ro-crate-metadata.json").read_text(encoding="utf-8")
    files = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    assert missing_files(text, files) == []
    fewer = {name for name in files if not name.startswith("checklists/")} - {"LICENSE"}
    assert missing_files(text, fewer) == ["LICENSE", "checklists/", "checklists/tbl-checklist.csv"]


def test_what_is_not_known_is_not_said(small: Small) -> None:
    citation = small.root / "CITATION.cff"
    lines = [line for line in citation.read_text().splitlines() if "5555" not in line]
    kept = [line for line in lines if "orcid" not in line and "repository" not in line]
    citation.write_text("\n".join(kept) + "\n")
    files = small.pack()
    content = yaml.safe_load(files["codecheck.yml"])
    assert "reference" not in content["paper"]
    assert "repository" not in content
    assert content["paper"]["authors"][0] == {"name": "Ada van Example"}
    root = next(
        one for one in json.loads(files["ro-crate-metadata.json"])["@graph"] if one["@id"] == "./"
    )
    assert "identifier" not in root
    assert root["author"][0] == {"@id": "#author-1"}
