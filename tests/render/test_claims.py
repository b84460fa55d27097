"""Sentences that carry values, found in a tree of pandoc."""

from __future__ import annotations

from umbrella_review.ledger import Value
from umbrella_review.render import pandoc
from umbrella_review.render.trace.claims import find_claims, sentences, typed_digits


def value(value_id: str, text: str) -> str:
    one = Value(value_id, text, text)
    return f"[{text}]({one.address}){{.value}}"


def parsed(text: str) -> list[dict]:
    blocks, _ = pandoc.parse(text, {}, pandoc.PROSE)
    return blocks


def test_a_sentence_is_a_claim_with_its_values_and_its_wording() -> None:
    text = (
        f"# Results {{#sec-results}}\n\nNo number here. Of {value('a.n', '35')} reviews,\n"
        f"{value('a.k', '12')} *agree* [@smith_2020]. See Smith et al. for {value('a.k', '12')}."
    )
    first, second = find_claims(parsed(text), {"": "index.qmd, line 4"})
    assert first.text == "Of 35 reviews, 12 agree."
    assert first.wording == "Of {a.n} reviews, {a.k} agree."
    assert first.values == ("a.n", "a.k")
    assert (first.section, first.heading) == ("sec-results", "Results")
    assert first.where == "index.qmd, line 4"
    assert second.text == "See Smith et al. for 12."


def test_the_identity_of_a_claim_is_its_wording_not_its_values() -> None:
    def claim(text: str) -> str:
        return find_claims(parsed(text), {})[0].claim_id

    assert claim(f"We found {value('a.n', '35')}.") == claim(f"We found {value('a.n', '36')}.")
    assert claim(f"We found {value('a.n', '35')}.") != claim(f"We saw {value('a.n', '35')}.")


def test_two_sentences_of_one_wording_are_two_claims() -> None:
    text = f"It is {value('a.n', '1')}. It is {value('a.n', '1')}."
    first, second = find_claims(parsed(text), {})
    assert second.claim_id == f"{first.claim_id}-2"


def test_lists_quotations_notes_and_captions_are_read_and_tables_are_not() -> None:
    text = (
        f"- one of {value('a.n', '1')}\n- two of {value('a.m', '2')}\n\n> "
        f"Quoted {value('a.q', '3')}.\n\nWith a note.[^x]\n\n[^x]: Noted {value('a.f', '4')}.\n\n"
        f"::: {{.embed}}\nCaption {value('a.c', '5')}.\n\nTable {value('a.t', '6')}.\n:::\n"
    )
    values = [one for claim in find_claims(parsed(text), {}) for one in claim.values]
    assert values == ["a.n", "a.m", "a.q", "a.f", "a.c"]


def test_digits_that_no_value_carries_are_seen_but_not_those_of_names() -> None:
    def typed(text: str) -> list[bool]:
        return [typed_digits(one, ["AMSTAR 2"]) for _, _, one in sentences(parsed(text))]

    named = f"By AMSTAR 2, {value('a.n', '35')} are weak. In `x2` and $k = 2$."
    assert typed(named) == [False, False]
    assert typed(f"Of 36 reviews, {value('a.n', '35')} are weak.") == [True]
