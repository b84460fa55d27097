"""The citation style, on entries of every kind and on the real bibliography."""

from __future__ import annotations

import re
from pathlib import Path

from sample import ROOT

from umbrella_review.render import pandoc

STYLE = ROOT / "assets" / "numeric.csl"
ENTRIES = r"""
@article{journal, author={Roe, Jane Mary and Doe, John}, title={On things}, journaltitle={J Things},
  date={2020}, volume=3, number=2, pages={10--19}, doi={10.1000/x}}
@article{many, author={A, A and B, B and C, C and D, D and E, E and F, F and G, G}, title={Many},
  journaltitle={J}, date={2019}, volume=1}
@article{six, author={A, A and B, B and C, C and D, D and E, E and F, F}, title={Six},
  journaltitle={J}, date={2018}}
@book{book, author={Poe, Ann}, title={A book}, publisher={House}, location={Town},
  edition=2, date=2001}
@incollection{part, author={Poe, Ann}, title={A part}, booktitle={The whole}, publisher={House},
  pages={1--3}, date=2002}
@online{page, author={{A Group of People}}, title={A page}, date=2022, url={https://example.org/a}}
"""


def entries(source: str, folder: Path, bibliography: Path | None = None) -> list[str]:
    if bibliography is None:
        bibliography = folder / "r.bib"
        bibliography.write_text(ENTRIES, encoding="utf-8")
    arguments = ["-f", "markdown", "-t", "plain", "--wrap=none", "--citeproc"]
    arguments += [f"--bibliography={bibliography}", f"--csl={STYLE}", "-M", "lang=en-GB"]
    text = pandoc.run(arguments, f"{source}\n\n::: {{#refs}}\n:::\n")
    return [line for line in text.splitlines() if line.strip()]


def test_each_kind_of_entry(tmp_path: Path) -> None:
    text, *found = entries("[@journal; @many; @six] [@book] [@part; @page]", tmp_path)
    assert text == "[1–3] [4] [5, 6]"
    assert found == [
        "1. Roe JM, Doe J. On things. J Things. 2020;3(2):10–19. https://doi.org/10.1000/x",
        "2. A A, B B, C C, D D, E E, F F, et al. Many. J. 2019;1.",
        "3. A A, B B, C C, D D, E E, F F. Six. J. 2018.",
        "4. Poe A. A book. 2nd edn. Town: House; 2001.",
        "5. Poe A. A part. In: The whole. House; 2002. pp. 1–3.",
        "6. A Group of People. A page. 2022. https://example.org/a",
    ]


def test_numbers_follow_the_text(tmp_path: Path) -> None:
    text, first, second = entries("[@many] then [@journal, p. 3] and again [@many].", tmp_path)
    assert text == "[1] then [2, p. 3] and again [1]."
    assert first.startswith("1. A A")
    assert second.startswith("2. Roe")


def test_the_real_bibliography_has_no_holes(tmp_path: Path) -> None:
    source = ROOT / "data" / "references.bib"
    keys = re.findall(r"^@\w+\{([^,]+),", source.read_text(encoding="utf-8"), re.MULTILINE)
    _, *found = entries(" ".join(f"[@{key}]" for key in keys), tmp_path, source)
    assert len(found) == len(keys)
    for number, entry in enumerate(found, start=1):
        assert entry.startswith(f"{number}. ")
        assert not re.search(r"\.\.|\s[.,;:]|;:|\(\)|\?\?|,,|n\.d\.", entry), entry
