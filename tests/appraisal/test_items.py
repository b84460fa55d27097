from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from umbrella_review.appraisal.amstar2 import RATINGS, rating_from_flaws
from umbrella_review.appraisal.comparison import compare_ratings
from umbrella_review.appraisal.items import (
    MISSING_REASON,
    NO_META_ANALYSIS_REASON,
    PARTIAL_YES_REASON,
    appraise,
)
from umbrella_review.errors import DataError
from umbrella_review.instrument import ANSWERS, CRITICAL_ITEMS, ITEMS, N_ITEMS

OTHERS = tuple(item for item in ITEMS if item not in CRITICAL_ITEMS)
ALLOWED = {item: [name for name, items in ANSWERS.items() if item in items] for item in ITEMS}
ANSWER_SETS = st.fixed_dictionaries(
    {item: st.sampled_from([*names, None]) for item, names in ALLOWED.items()}
)
GOOD = {"no": 0, "partial_yes": 1, "yes": 1, "no_meta_analysis": 1}
FEWER = settings(max_examples=30)

# A published appraisal with all answers: table 2 of PMC9188066. One letter an item, in order:
# y yes, p partial yes, n no, m no meta-analysis; then the rating that is printed.
PUBLISHED = {
    "bachmann_2010": ("y n n p y n n y p n y y y y y y", "moderate"),
    "de_morton_2007": ("y n n y y y y p y y y n n y y y", "low"),
    "handoll_2011": ("y y n p y y y y y n m m y y n y", "moderate"),
    "heldmann_2019": ("y p n p y y n y y n m m n y m y", "low"),
    "machado_2020": ("y p n p y n n p y n y n y y n y", "moderate"),
    "martinez_velilla_2016": ("y n y p y n n y p n m m n n n y", "low"),
    "peck_2020": ("y n n n y n n y n n m m n n m y", "critically_low"),
    "peiris_2018": ("y y n p y y n y y n y y y y y y", "moderate"),
    "scrivener_2015": ("y y n p n y n y y n y y y y n y", "low"),
    "smith_2020a": ("y y n y y y y y y y y n y n n y", "moderate"),
    "smith_2020b": ("y y n p y y n y y n y n y y y y", "moderate"),
    "yasmeen_2020": ("y y n p y y n y y n m m y y m y", "moderate"),
}
WORDS = {"y": "yes", "p": "partial_yes", "n": "no", "m": "no_meta_analysis"}


def table(answers: dict[int, str | None], review_id: str = "a") -> pd.DataFrame:
    rows = [(review_id, item, answer) for item, answer in answers.items()]
    return pd.DataFrame(rows, columns=["review_id", "item", "answer"])


def possible(answers: dict[int, str | None], **options: object) -> set[str]:
    return set(appraise(table(answers), **options).ratings["possible_ratings"].item())


def with_flaws(critical: int, others: int) -> dict[int, str | None]:
    weak = (*CRITICAL_ITEMS[:critical], *OTHERS[:others])
    return {item: "no" if item in weak else "yes" for item in ITEMS}


@pytest.mark.parametrize(
    ("critical", "others"), list(itertools.product(range(len(CRITICAL_ITEMS) + 1), range(10)))
)
def test_every_number_of_weaknesses_gives_the_rating_of_the_rule(critical, others):
    assert possible(with_flaws(critical, others)) == {rating_from_flaws(critical, others)}


def test_every_set_of_weaknesses_is_rated_by_its_numbers_alone():
    codes = np.arange(2**N_ITEMS)[:, None] >> np.arange(N_ITEMS) & 1
    rng = np.random.default_rng(20260101)
    chosen = codes[rng.choice(len(codes), 2000, replace=False)]
    frame = pd.DataFrame(
        {
            "review_id": np.repeat([f"r{row}" for row in range(len(chosen))], N_ITEMS),
            "item": np.tile(list(ITEMS), len(chosen)),
            "answer": np.where(chosen.ravel() == 1, "no", "yes"),
        }
    )
    is_critical = np.isin(list(ITEMS), CRITICAL_ITEMS)
    expected = [
        rating_from_flaws(int(weak[is_critical].sum()), int(weak[~is_critical].sum()))
        for weak in chosen
    ]
    assert appraise(frame).ratings["rating"].tolist() == expected


@FEWER
@given(ANSWER_SETS, st.sampled_from(list(ITEMS)), st.data())
def test_a_better_answer_never_lowers_a_rating(answers, item, data):
    assume(answers[item] is not None)
    better = [name for name in ALLOWED[item] if GOOD[name] >= GOOD[answers[item]]]
    before = possible(answers)
    after = possible({**answers, item: data.draw(st.sampled_from(better))})
    for end in (min, max):
        assert end(map(RATINGS.index, after)) >= end(map(RATINGS.index, before))


@FEWER
@given(ANSWER_SETS, st.data())
def test_the_possible_ratings_are_those_of_all_completions(answers, data):
    unknown = [item for item, answer in answers.items() if answer is None]
    filled = {
        item: data.draw(st.sampled_from(ALLOWED[item])) if item in unknown else answer
        for item, answer in answers.items()
    }
    assert possible(filled) <= possible(answers)
    some = {
        **answers,
        **{item: filled[item] for item in unknown[: len(unknown) // 2]},
    }
    assert possible(filled) <= possible(some) <= possible(answers)


@FEWER
@given(
    st.dictionaries(st.sampled_from(list(ITEMS)), st.sampled_from(["yes", "no"])).filter(
        lambda known: len(known) >= N_ITEMS - 4
    )
)
def test_no_rating_is_called_possible_that_no_completion_has(known):
    unknown = [item for item in ITEMS if item not in known]
    guesses = list(itertools.product(["yes", "no"], repeat=len(unknown)))
    frame = pd.concat(
        table({**known, **dict(zip(unknown, guess, strict=True))}, f"r{place}")
        for place, guess in enumerate(guesses)
    )
    assert possible(known) == set(appraise(frame).ratings["rating"])


@FEWER
@given(ANSWER_SETS, st.randoms())
def test_the_order_of_the_answers_does_not_matter(answers, random):
    rows = [
        *table(answers).itertuples(index=False),
        *table(with_flaws(1, 1), "b").itertuples(index=False),
    ]
    shuffled = random.sample(rows, len(rows))
    one, other = (
        appraise(
            pd.DataFrame(list(chosen), columns=["review_id", "item", "answer"]),
            review_ids=["a", "b"],
        )
        for chosen in (rows, shuffled)
    )
    pd.testing.assert_frame_equal(one.ratings, other.ratings)
    pd.testing.assert_frame_equal(one.trail, other.trail)


@FEWER
@given(ANSWER_SETS)
def test_a_partial_yes_is_as_good_as_a_yes(answers):
    plain = {item: "yes" if word == "partial_yes" else word for item, word in answers.items()}
    assert possible(plain) == possible(answers)


@FEWER
@given(ANSWER_SETS, st.sets(st.sampled_from(list(ITEMS))), st.data())
def test_items_that_are_not_scored_never_count(answers, items, data):
    left_out = pd.DataFrame({"review_id": "a", "item": sorted(items), "reason": "by protocol"})
    changed = {
        item: data.draw(st.sampled_from([*ALLOWED[item], None])) if item in items else answer
        for item, answer in answers.items()
    }
    one, other = (
        appraise(table(given_answers), not_scored=left_out, review_ids=["a"])
        for given_answers in (answers, changed)
    )
    pd.testing.assert_frame_equal(one.ratings, other.ratings)
    marked = one.trail[one.trail["item"].isin(items)]
    assert set(marked["reason"]) <= {"by protocol", NO_META_ANALYSIS_REASON}
    assert not marked["weakness"].any()


def test_the_trail_says_why_an_answer_counts_as_it_does():
    answers = {**with_flaws(0, 0), 2: "partial_yes", 3: None, 7: "no", 11: "no_meta_analysis"}
    trail = appraise(table(answers)).tidy().set_index("item")
    assert trail.loc[[2, 3, 7, 11], "reason"].tolist() == [
        PARTIAL_YES_REASON,
        MISSING_REASON,
        "",
        NO_META_ANALYSIS_REASON,
    ]
    assert trail["counted"].tolist() == [item != 11 for item in ITEMS]
    assert trail["critical"].tolist() == [item in CRITICAL_ITEMS for item in ITEMS]
    assert trail.loc[7, "weakness"]
    assert pd.isna(trail.loc[3, "weakness"])
    assert set(trail["rating"]) == {"low"}
    assert set(trail["rule"]) == {"one critical weakness"}


def test_a_review_without_answers_keeps_every_rating():
    ratings = appraise(table({}), review_ids=["a"]).ratings.iloc[0]
    assert ratings["possible_ratings"] == ("high", "moderate", "low", "critically_low")
    assert ratings["rating"] is None
    assert ratings["n_missing"] == N_ITEMS
    assert ratings["rule"] == "open, since 16 answers are not known"


def test_nothing_at_all_gives_empty_tables():
    appraised = appraise(table({}))
    assert appraised.ratings.empty
    assert appraised.tidy().empty


def test_a_set_of_possible_ratings_may_have_a_gap():
    assert possible({**with_flaws(0, 0), 2: None}) == {"high", "low"}


def test_other_critical_items_give_other_ratings():
    answers = with_flaws(2, 0)
    assert possible(answers) == {"critically_low"}
    assert possible(answers, critical=[9, 13]) == {"moderate"}


def test_a_published_appraisal_recomputed():
    frame = pd.concat(
        table(dict(zip(ITEMS, (WORDS[mark] for mark in marks.split()), strict=True)), name)
        for name, (marks, _) in PUBLISHED.items()
    )
    ratings = appraise(frame).ratings
    assert ratings["rating"].tolist() == [
        "critically_low", "critically_low", "low", "critically_low", "critically_low",
        "critically_low", "critically_low", "low", "critically_low", "low", "low", "low",
    ]  # fmt: skip
    printed = pd.DataFrame(
        {
            "review_id": list(PUBLISHED),
            "rating": [rating for _, rating in PUBLISHED.values()],
            "possible_ratings": [(rating,) for _, rating in PUBLISHED.values()],
        }
    )
    compared = compare_ratings(ratings, printed)
    assert compared["verdict"].value_counts().to_dict() == {"differs": 11, "same": 1}
    assert compared["steps"].tolist() == [2, 1, 1, 1, 2, 1, 0, 1, 1, 1, 1, 1]


def test_all_wrong_answers_are_named_at_once():
    rows = [
        ("a", 1, "partial_yes"),
        ("a", 2, "Yes"),
        ("a", 3, "no_meta_analysis"),
        ("a", 17, "yes"),
        ("a", 4, "yes"),
        ("a", 4, "no"),
        (None, 5, "yes"),
    ]
    with pytest.raises(DataError) as caught:
        appraise(pd.DataFrame(rows, columns=["review_id", "item", "answer"]))
    found = [(problem.where, problem.found) for problem in caught.value.problems]
    assert found == [
        ("answers, row 1", "the answer 'partial_yes' to item 1"),
        ("answers, row 2", "the answer 'Yes' to item 2"),
        ("answers, row 3", "the answer 'no_meta_analysis' to item 3"),
        ("answers, row 4", "the item 17"),
        ("answers, row 6", "a second answer of a to item 4"),
        ("answers, row 7", "no review"),
    ]
    assert caught.value.problems[1].remedy == "Did you mean 'yes'?"


def test_a_missing_column_is_named():
    with pytest.raises(DataError, match="no column answer"):
        appraise(pd.DataFrame({"review_id": ["a"], "item": [1]}))
