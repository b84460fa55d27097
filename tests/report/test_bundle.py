"""The real report packed for an editor: everything that describes it can be followed."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pypdf
import pytest
import yaml

from tests.bundle.test_metadata import check_crate, check_meca
from tests.pdf_tags import fonts_of
from tests.report.conftest import Built
from umbrella_review.archive import unzipped

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("report")]

HREF = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def folder(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft, packed and unpacked."""
    place = tmp_path_factory.mktemp("bundle")
    done = built.umbrella("bundle", "--out", str(place / "a.zip"))
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(place / "a.zip") as archive:
        archive.extractall(place / "unpacked")
    return place / "unpacked"


def test_every_checksum_holds(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    assert files - {"SHA256SUMS"} == listed.keys()
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_the_crate_is_read_back(folder: Path) -> None:
    crate = check_crate(folder)
    assert (
        crate.name == yaml.safe_load((folder / "source/review.yml").read_bytes())["review"]["title"]
    )
    assert len(crate.data_entities) > 200


def test_the_package_for_submission_is_whole(folder: Path) -> None:
    package = unzipped((folder / "article.meca.zip").read_bytes())
    items = check_meca(package)
    figures = [item for item in items if item.get("item-type") == "figure"]
    graphics = [one.get(HREF, "") for one in ET.fromstring(package["article.xml"]).iter("graphic")]
    assert len(figures) == len(graphics) > 10
    assert set(graphics) <= package.keys()
    assert package["report.docx"] == (folder / "report" / "report.docx").read_bytes()


def test_codecheck_names_files_that_exist(folder: Path) -> None:
    entries = yaml.safe_load((folder / "codecheck.yml").read_bytes())["manifest"]
    assert len({one["file"] for one in entries}) == len(entries) > 50
    assert all(one["comment"] for one in entries)
    assert not [one["file"] for one in entries if not (folder / one["file"]).is_file()]


def test_each_figure_comes_in_four_formats(folder: Path) -> None:
    shown = {one.stem for one in (folder / "report" / "figures").glob("fig-*.svg")}
    assert len(shown) > 10
    names = {one.name for one in (folder / "figures").iterdir()}
    assert names == {f"{stem}.{end}" for stem in shown for end in ("pdf", "png", "svg", "tiff")}
    for stem in shown:
        [page] = pypdf.PdfReader(folder / "figures" / f"{stem}.pdf").pages
        fonts = fonts_of(page)
        assert "SourceSansPro-Regular" in [font.name for font in fonts], stem
        assert all(font.is_inside for font in fonts), stem
    [page] = pypdf.PdfReader(folder / "figures" / "fig-prisma.pdf").pages
    assert "Records screened" in page.extract_text()


def test_the_project_in_a_draft_can_be_checked(built: Built, folder: Path) -> None:
    data = folder / "source" / "data"
    data.mkdir(exist_ok=True)
    for path in (folder / "report" / "data").iterdir():
        (data / path.name).write_bytes(path.read_bytes())
    done = built.umbrella("--project", str(folder / "source"), "check")
    assert done.returncode == 0, done.stdout + done.stderr
