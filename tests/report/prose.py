"""The manuscript's prose, without what may rightly hold digits."""

from __future__ import annotations

import re
from pathlib import Path

# Names of instruments, licences, questions and parts of the text: digits that are no results.
NAMES = ("AMSTAR 2", "PRISMA 2020", "CC BY 4.0", "GRADE", "RQ1", "RQ2", "RQ3")
_STRIPPED = (
    r"\A---\n.*?\n---\n",  # front matter
    r"(?s)<!--.*?-->",
    r"\{\{<.*?>\}\}",  # shortcodes
    r"(?m)^#+ .*$",  # headings
    r"(?m)^:::.*$",  # fences of divs
    r"\$[^$]+\$",  # formulas
    r"`[^`]+`",
    r"\[[^\]]*\]\(#[^)]*\)",  # links to parts of the text, such as an appendix
    r"\]\([^)]*\)",
    r"\[[^\]]*@[^\]]*\]",  # citations
    r"@[\w-]+",  # cross-references
)
_NUMBER = re.compile(
    r"\d[\d.,]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|hundred|dozen)\b",
    re.IGNORECASE,
)


def typed_numbers(text: str) -> list[str]:
    """Return each line of `text` that holds a typed number, cut down to its prose."""
    for pattern in _STRIPPED:
        # Line breaks stay, so that what follows on other lines is not joined to this one.
        text = re.sub(pattern, lambda hit: "\n" * hit.group().count("\n"), text)
    for name in NAMES:
        text = text.replace(name, "")
    return [line.strip() for line in text.splitlines() if _NUMBER.search(line)]


def result_sections(sections: Path) -> list[Path]:
    """Return the files of the manuscript that state results."""
    names = ("abstract", "dashboard", "discussion", "implications")
    named = [sections / f"_{name}.qmd" for name in names]
    found = sorted([*sections.glob("_results_*.qmd"), *sections.glob("_appendix_*.qmd")])
    return [*named, sections / "_coverage.qmd", sections / "_lived_experience.qmd", *found]
