"""What keeps the pages of thousands of entries small leaves all that a reader needs."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from umbrella_review.render.long_tables import beginnings
from umbrella_review.render.nodes import string, table
from umbrella_review.render.tight import tighten
from umbrella_review.render.trace.claims import Claim
from umbrella_review.render.trace.excerpts import excerpt
from umbrella_review.render.trace.row_links import linked_rows, listing, runs
from umbrella_review.render.tree import elements, text_of

LIST = (
    "<dl>\n<dt>One</dt>\n<dd>\n<p>1 <em>a</em></p>\n</dd>\n"
    "<dt>Two</dt>\n<dd>\n<p>2</p>\n<p>3</p>\n</dd>\n</dl>\n"
)
LINES = ('<span class="im">import</span> a', "", "a.b()")
CODE = "\n".join(
    f'<span id="cb1-{number}"><a href="#cb1-{number}" aria-hidden="true" tabindex="-1"></a>'
    f"{line}</span>"
    for number, line in enumerate(LINES, 1)
)


def test_a_list_keeps_its_terms_and_paragraphs():
    assert tighten(LIST) == (
        "<dl>\n<dt>One</dt><dd>1 <em>a</em></dd>\n<dt>Two</dt><dd><p>2</p>\n<p>3</p></dd>\n</dl>\n"
    )
    assert tighten(LIST, entries=True) == (
        "<dl>\n<dt>One<dd>1 <em>a</em>\n<dt>Two<dd><p>2</p>\n<p>3</p>\n</dl>\n"
    )


def test_code_keeps_its_lines_and_colours():
    opening = '<div class="sourceCode" id="cb1"><pre class="sourceCode python"><code>'
    tight = tighten(f"{opening}{CODE}</code></pre></div>")
    assert "cb1-1" not in tight
    read = BeautifulSoup(tight, "html.parser").code
    assert read.text == "import a\n\na.b()"
    assert read.select_one(".im").text == "import"
    plain = "<pre><code>a\n&lt;td&gt;\n&lt;/td&gt;</code></pre>"
    assert tighten(plain) == plain


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["ma003", "ma001", "ma002"], [("ma001", "ma003")]),
        (["ma001", "ma002"], [("ma001",), ("ma002",)]),
        (["ma009", "ma010", "ma011", "de012"], [("de012",), ("ma009", "ma011")]),
        (["roe_2020", "roe_2022", "elm"], [("elm",), ("roe_2020",), ("roe_2022",)]),
        ([], []),
    ],
)
def test_rows_that_follow_one_another_are_a_run(ids: list[str], expected: list[tuple[str, ...]]):
    assert runs(ids) == expected


def test_rows_of_a_run_are_counted_and_its_ends_are_links():
    behind = {"estimates": tuple(f"ma{number:03d}" for number in range(1, 31))}
    blocks = linked_rows(behind, "a", listing([("a", behind)]))
    assert text_of(blocks) == "30 rows of Pooled results of the reviews: ma001–ma030"
    targets = [one["c"][2][0] for one in elements(blocks) if one["t"] == "Link"]
    assert targets == ["../data/estimates.html#row-ma001", "../data/estimates.html#row-ma030"]


def claim(text: str, wording: str, *values: str) -> Claim:
    return Claim("c1", "s", "H", text, wording, values, values, "")


def test_an_excerpt_holds_the_value_and_the_words_around_it():
    words = "so many words that nobody wants to read them all again in the ledger"
    text = f"Of 35 reviews, {words}, 12 agree, {words}."
    one = claim(text, f"Of {{a.n}} reviews, {words}, {{a.k}} agree, {words}.", "a.n", "a.k")
    first, second = excerpt(one, "a.n"), excerpt(one, "a.k")
    assert first.startswith("Of 35 reviews, so many")
    assert first.endswith(" …")
    assert second.startswith("… ")
    assert ", 12 agree," in second
    assert second.strip("… ") in text
    assert len(second) < 110


def test_short_sentences_are_whole():
    assert excerpt(claim("We found 3.", "We found {a.n}.", "a.n"), "a.n") == "We found 3."


def test_long_tables_of_notebooks_begin_and_lead_to_their_file():
    rows = [[[string(f"row {number}")]] for number in range(30)]
    short, told = beginnings([table(["Head"], rows)], "../results/a.csv")
    assert len(short["c"][4][0][3]) == 10
    assert text_of([told]) == "The first 10 of 30 rows; all rows as CSV."
    assert "../results/a.csv" in str(told)
    whole = [table(["Head"], rows[:16])]
    assert beginnings(whole, "x.csv") == whole
