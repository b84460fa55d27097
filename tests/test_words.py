"""Signs and forms of words in print."""

from __future__ import annotations

import pytest

from umbrella_review.words import agreeing, counted, with_true_signs, with_unit


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("SMD -0.24 (-0.40, -0.08)", "SMD −0.24 (−0.40, −0.08)"),
        ("-1 or less; =-2", "−1 or less; =−2"),
        ("3-6 months, aged 18-65, Tables 2-4.", "3–6 months, aged 18–65, Tables 2–4."),
        ("6-month follow-up of 2 co-led groups", "6-month follow-up of 2 co-led groups"),
        ("read on 2022-11-03", "read on 2022-11-03"),
        ("https://doi.org/10.1186/1471-2288-8-8", "https://doi.org/10.1186/1471-2288-8-8"),
        ("10.1186/1471-244X-14-39, PMC-12", "10.1186/1471-244X-14-39, PMC-12"),
        ("ISBN 978-1-61499-649-1", "ISBN 978-1-61499-649-1"),
    ],
)  # fmt: skip
def test_minus_signs_and_ranges(typed: str, shown: str) -> None:
    assert with_true_signs(typed) == shown


def test_words_agree_with_numbers() -> None:
    assert [counted(n, "review") for n in (0, 1, 2, 1200)] == [
        "0 reviews", "1 review", "2 reviews", "1,200 reviews",
    ]  # fmt: skip
    assert [agreeing(n, "is", "are") for n in (0, 1, 2)] == ["are", "is", "are"]


@pytest.mark.parametrize(
    ("text", "unit", "printed"),
    [
        ("3", "primary studies", "3 primary studies"),
        ("1", "primary studies", "1 primary study"),
        ("1", "findings of the theme", "1 finding of the theme"),
        ("1", "", "1"),
        ("1", "SMD", "1 SMD"),
        ("1.0", "percentage points", "1.0 percentage points"),
        ("12", "%", "12%"),
    ],
)
def test_a_unit_agrees_with_its_value(text: str, unit: str, printed: str) -> None:
    assert with_unit(text, unit) == printed
