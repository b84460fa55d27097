"""The Quarto engine, with a stand-in for Quarto that records how it is called."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pypdf
import pytest
import typst
import yaml
from sample import ROOT

from umbrella_review.errors import BuildError
from umbrella_review.paths import Project
from umbrella_review.render import render, resolve
from umbrella_review.render.manuscript import read_manuscript
from umbrella_review.render.quarto_frame import frame_article

SCRIPT = """#!{python}
import json, os, pathlib, sys
record = {{"argv": sys.argv[1:], "cwd": os.getcwd(), "path": os.environ.get("PATH")}}
record["called_by_us"] = os.environ.get("UMBRELLA_RENDERS")
record["python"] = os.environ.get("QUARTO_PYTHON")
record["profile"] = os.environ.get("QUARTO_PROFILE")
settings = pathlib.Path("_quarto-umbrella-stale.yml")
record["settings"] = settings.read_text(encoding="utf-8") if settings.is_file() else None
pathlib.Path({record!r}).write_text(json.dumps(record), encoding="utf-8")
print("[1/2] index.qmd")
print("a line of w\\u00f6rds", file=sys.stderr)
if {code}:
    print("ERROR: it went wrong")
    sys.exit({code})
out = pathlib.Path("build/quarto")
(out / "assets").mkdir(parents=True)
for name in {names!r}:
    (out / name).write_text("by quarto", encoding="utf-8")
"""


class StandIn:
    """Writes an executable and tells how it was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record = folder / "record.json"

    def write(self, code: int = 0, names: tuple[str, ...] = ("index.html", "index.pdf")) -> Path:
        self.folder.mkdir(exist_ok=True)
        text = SCRIPT.format(python=sys.executable, record=str(self.record), code=code, names=names)
        script = self.folder / "quarto.py"
        script.write_text(text, encoding="utf-8")
        if os.name == "nt":
            program = self.folder / "quarto.cmd"
            program.write_text(f'@"{sys.executable}" "{script}" %*\n', encoding="utf-8")
            return program
        program = self.folder / "quarto"
        program.write_text(text, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return program

    @property
    def call(self) -> dict:
        return json.loads(self.record.read_text(encoding="utf-8"))


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    made = StandIn(tmp_path / "bin")
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setenv("PATH", str(made.folder))
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    return made


def test_auto_takes_quarto_where_it_is_found(stand_in: StandIn) -> None:
    assert resolve("auto") == "pandoc"
    stand_in.write()
    assert resolve("auto") == "quarto"
    assert resolve("pandoc") == "pandoc"


def test_auto_takes_quarto_from_its_own_variable(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = stand_in.write()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("QUARTO_PATH", str(program))
    assert resolve("auto") == "quarto"
    monkeypatch.setenv("QUARTO_PATH", str(program.with_name("gone")))
    assert resolve("auto") == "pandoc"


def test_quarto_is_called_once_in_the_project(
    stand_in: StandIn, project: Project, tmp_path: Path
) -> None:
    stand_in.write()
    old = project.root / "build/quarto/old.html"
    old.parent.mkdir(parents=True)
    old.write_text("from before", encoding="utf-8")
    said: list[str] = []
    render(project, "quarto", tmp_path / "report", said.append)
    assert stand_in.call["argv"] == ["render"]
    assert Path(stand_in.call["cwd"]).resolve() == project.root.resolve()
    assert stand_in.call["called_by_us"] == "1"  # its scripts have nothing to do
    assert stand_in.call["python"] == sys.executable  # and can import what tells them so
    assert stand_in.call["settings"] is None
    assert sorted(said)[1:] == ["[1/2] index.qmd", "a line of wörds"]
    assert sorted(said)[0].startswith("Ledger: ")
    report = tmp_path / "report"
    written = {path.relative_to(report).as_posix() for path in report.rglob("*") if path.is_file()}
    assert "old.html" not in written
    ours = {"notebooks/01_first.html", "ledger/index.html", "ledger/ledger.json"}
    assert written >= {"index.html", "index.pdf", "assets/report.css", *ours}
    assert (tmp_path / "report/index.html").read_text(encoding="utf-8") == "by quarto"


def test_its_failure_is_told_with_its_last_lines(
    stand_in: StandIn, project: Project, tmp_path: Path
) -> None:
    stand_in.write(code=3)
    with pytest.raises(BuildError, match=r"(?s)exit code 3.*ERROR: it went wrong"):
        render(project, "quarto", tmp_path / "report", print)
    assert not (tmp_path / "report").exists()


def test_a_missing_format_is_told(stand_in: StandIn, project: Project, tmp_path: Path) -> None:
    stand_in.write(names=("index.html",))
    with pytest.raises(BuildError, match=r"did not write index\.pdf into build/quarto"):
        render(project, "quarto", tmp_path / "report", print)


def test_without_quarto_the_message_says_what_to_do(
    stand_in: StandIn, project: Project, tmp_path: Path
) -> None:
    with pytest.raises(BuildError, match=r"Quarto was not found.*--engine pandoc"):
        render(project, "quarto", tmp_path / "report", print)


def test_word_and_jats_stand_where_the_embedded_engine_has_them(
    stand_in: StandIn, project: Project, tmp_path: Path
) -> None:
    stand_in.write(names=("index.html", "index.pdf", "index.docx", "index.xml", "fig-a.png"))
    output = project.root / "build" / "quarto"
    program = stand_in.folder / "quarto.py"
    article = '<graphic mimetype="image" xlink:href="fig-a.png" /><graphic xlink:href="../x.png" />'
    text = program.read_text(encoding="utf-8")
    program.write_text(
        f"{text}(out / 'index.xml').write_text({article!r}, encoding='utf-8')\n", encoding="utf-8"
    )
    if os.name != "nt":
        (stand_in.folder / "quarto").write_text(program.read_text(encoding="utf-8"), "utf-8")
    render(project, "quarto", tmp_path / "out", lambda line: None)
    assert (output / "index.docx").is_file()
    assert (tmp_path / "out" / "report.docx").read_text(encoding="utf-8") == "by quarto"
    found = [path.name for path in sorted((tmp_path / "out" / "jats").rglob("*"))]
    assert found == ["article.xml", "fig-a.png"]


@pytest.mark.parametrize("code", [0, 3])
def test_a_notice_is_a_profile_while_it_renders(
    stand_in: StandIn,
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
) -> None:
    stand_in.write(code=code)
    monkeypatch.setenv("QUARTO_PROFILE", "short")
    line = "02_second: data/findings.csv changed"
    with nullcontext() if not code else pytest.raises(BuildError):
        render(project, "quarto", tmp_path / "report", lambda line: None, [line])
    assert stand_in.call["profile"] == "umbrella-stale,short"
    assert line in stand_in.call["settings"]
    assert not list(project.root.glob("_quarto-*"))
    if not code:
        page = (tmp_path / "report/ledger/index.html").read_text(encoding="utf-8")
        assert line in page


def test_a_bare_rendering_gets_its_pages_by_the_script(project: Project) -> None:
    output = project.root / "build/quarto"
    output.mkdir(parents=True)
    plain = '<html><head></head><body class="x">\n<h1>By Quarto</h1>\n</body></html>\n'
    plain = plain.replace("</h1>", '</h1><div aria-describedby="c"><table></table></div>')
    (output / "index.html").write_text(plain, encoding="utf-8")
    (output / "index.pdf").write_bytes(b"")
    (project.data / "reviews.csv").write_text("review_id\nsmith_2020\n", encoding="utf-8")
    called = [sys.executable, str(ROOT / "tools/after_render.py")]
    environment = {**os.environ, "QUARTO_PROJECT_OUTPUT_DIR": "build/quarto"}
    ours = {**environment, "UMBRELLA_RENDERS": "1"}
    subprocess.run(called, cwd=project.root, env=ours, check=True)
    assert {path.name for path in output.iterdir()} == {"index.html", "index.pdf"}
    assert (output / "index.html").read_text(encoding="utf-8") == plain
    subprocess.run(called, cwd=project.root, env=environment, check=True)
    names = {path.relative_to(output).as_posix() for path in output.rglob("*")}
    assert names >= {
        "notebooks/01_first.html",
        "ledger/index.html",
        "ledger/ledger.json",
        "data/reviews.html",
        "data/reviews.csv",
        "assets/report.css",
        "manifest.json",
    }
    page = (output / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"#]+)"', page)
    assert {*links} >= {"ledger/index.html", "notebooks/01_first.html", "index.pdf"}
    assert all((output / link).is_file() for link in links)
    moved = '<div tabindex="0" role="region" aria-labelledby="c"><table></table></div>'
    assert re.search(rf"(?s)<main .*</nav>\n\n<h1>By Quarto</h1>{moved}\n</main>\n</body>", page)
    frame_article(project, read_manuscript(project), output)
    assert (output / "index.html").read_text(encoding="utf-8") == page  # framed once


def test_a_bare_rendering_of_a_broken_manuscript_is_told(project: Project) -> None:
    (project.root / "index.qmd").write_text("{{< var none.such >}}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/after_render.py")],
        cwd=project.root,
        env={**os.environ, "QUARTO_PROJECT_OUTPUT_DIR": "build/quarto"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "none.such" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_settings_name_the_scripts() -> None:
    settings = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))["project"]
    for key in ("pre-render", "post-render"):
        assert (ROOT / settings[key]).is_file()


def test_tables_of_quarto_begin_at_the_left_under_their_captions() -> None:
    header = (ROOT / "assets/header.typ").read_text(encoding="utf-8")
    body = (  # as Quarto writes a table with a note
        "= Place <place>\n#block[#figure([#block[#figure(align(center)[#table(columns: 2, "
        "table.header([head], [b]), [see #link(<place>)[Place]], [d])], kind: table)\n\nnote]], "
        'caption: figure.caption(position: top, [Words.]), kind: "quarto-float-tbl", '
        'supplement: "Table", numbering: "1")<tbl-a>]'
    )
    document = f"#set page(margin: 50pt)\n#set text(size: 10.5pt)\n{header}\n{body}"
    page = pypdf.PdfReader(io.BytesIO(typst.compile(document.encode()))).pages[0]
    found: list[tuple[str, float, float]] = []
    page.extract_text(
        visitor_text=lambda text, place, inner, font, size: found.append(
            (text.strip(), round(place[4] + inner[4]), round(size, 1))
        )
    )
    assert ("note", 50, 8.5) in found
    assert next(place for text, place, _ in found if text.startswith("Table")) == 50
    assert "see Place (p. 1)" in " ".join(page.extract_text().replace("\xa0", " ").split())
