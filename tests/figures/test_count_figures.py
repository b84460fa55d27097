"""Figures of counts: what they show, and that no text is clipped or covers other text."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest

from tests.figures.drawn import assert_readable, words
from umbrella_review.figures.count_matrix import count_matrix
from umbrella_review.figures.diverging_bars import diverging_bars
from umbrella_review.figures.empty import MESSAGE
from umbrella_review.figures.findings_frame import FindingNouns
from umbrella_review.figures.kinds import MARKS
from umbrella_review.narrative.findings import TOTAL

ROWS = {f"r{n}": name for n, name in enumerate(("Short", "A family name and another one 2021"))}
KINDS = {"facilitator": "Facilitator", "barrier": "Barrier", "neutral": "Neutral"}
SIDES = {"challenge": "Challenge", "benefit": "Benefit", "mixed": "Mixed"}
NOUNS = FindingNouns("review", "domain", "findings")
COLUMNS = ("Innovation", "Outer setting", "Individuals", "Implementation process", "Role")


def matrix_counts(columns: dict[str, str], number: int) -> pd.DataFrame:
    cells = product([*ROWS, TOTAL], [*columns, TOTAL], KINDS)
    frame = pd.DataFrame(list(cells), columns=["row", "column", "kind"])
    return frame.assign(n_findings=number)


@pytest.mark.parametrize("n_columns", [1, 3, 5])
@pytest.mark.parametrize("number", [1, 8, 23])
def test_matrix_is_readable(n_columns: int, number: int) -> None:
    columns = {f"c{n}": label for n, label in enumerate(COLUMNS[:n_columns])}
    figure = count_matrix(matrix_counts(columns, number), ROWS, columns, KINDS, NOUNS)
    assert_readable(figure)
    assert words(figure).count(str(number)) == (len(ROWS) + 1) * (n_columns + 1) * len(KINDS)


def test_matrix_leaves_zero_cells_empty() -> None:
    columns = {"c0": "Outer setting"}
    counts = matrix_counts(columns, 0)
    counts.loc[counts["kind"].eq("barrier"), "n_findings"] = 4
    shown = words(count_matrix(counts, ROWS, columns, KINDS, NOUNS))
    assert "0" not in shown
    assert shown.count("4") == 6


@pytest.mark.parametrize("numbers", [(17, 10, 3), (1, 0, 0), (0, 120, 0), (0, 0, 1)])
def test_bars_are_readable(numbers: tuple[int, int, int]) -> None:
    benefit, challenge, mixed = numbers
    groups = {"t": "What the role can bring", "u": "Organisational challenges and impact"}
    counts = pd.DataFrame(
        {"theme": ["t", "u"], "benefit": benefit, "challenge": [challenge, 0], "mixed": [0, mixed]}
    )
    assert_readable(diverging_bars(counts, "theme", groups, SIDES, NOUNS))


def test_bars_run_to_their_side() -> None:
    counts = pd.DataFrame({"theme": ["t"], "benefit": [5], "challenge": [3], "mixed": [1]})
    main, aside = diverging_bars(counts, "theme", {"t": "Theme"}, SIDES, NOUNS).axes
    assert [bar.get_width() for bar in main.patches] == [-3, 5]
    assert [bar.get_width() for bar in aside.patches] == [1]
    assert main.transData.transform((1, 0))[0] - main.transData.transform((0, 0))[0] > 0


def test_both_panels_share_one_scale() -> None:
    counts = pd.DataFrame({"theme": ["t"], "benefit": [5], "challenge": [3], "mixed": [4]})
    figure = diverging_bars(counts, "theme", {"t": "Theme"}, SIDES, NOUNS)
    figure.canvas.draw()
    steps = [
        axes.transData.transform((1, 0))[0] - axes.transData.transform((0, 0))[0]
        for axes in figure.axes
    ]
    assert steps[0] == pytest.approx(steps[1], rel=0.02)


def test_nothing_to_draw_is_said() -> None:
    empty = pd.DataFrame({"theme": [], "benefit": [], "challenge": [], "mixed": []})
    columns = {"c0": "Outer setting"}
    for figure in (
        count_matrix(matrix_counts(columns, 0), ROWS, columns, KINDS, NOUNS),
        diverging_bars(empty, "theme", {}, SIDES, NOUNS),
    ):
        assert MESSAGE in words(figure)


def test_kinds_differ_in_shape_as_well_as_colour() -> None:
    for kinds in (("facilitator", "barrier", "neutral"), ("benefit", "challenge", "mixed")):
        assert len({MARKS[kind].shape for kind in kinds}) == len(kinds)
        assert len({MARKS[kind].colour for kind in kinds}) == len(kinds)


def test_the_message_counts_each_finding_once() -> None:
    columns = {"c0": "Outer setting", "c1": "Individuals"}
    counts = matrix_counts(columns, 0)
    both = counts["row"].isin(["r0", TOTAL]) & counts["column"].isin(["c1", TOTAL])
    counts.loc[both & counts["kind"].eq("barrier"), "n_findings"] = 4
    said = count_matrix(counts, ROWS, columns, KINDS, NOUNS).get_label()
    assert said.startswith("4 of 4 findings are on individuals. Number of findings by review and")
    assert "n = 4 in 1 review: facilitator 0, barrier 4 and neutral 0." in said
    assert said.endswith("Individuals: facilitator 0, barrier 4 and neutral 0.")


def test_bars_say_where_more_speaks_for_than_against() -> None:
    counts = pd.DataFrame({"theme": ["t", "u"], "benefit": [5, 1], "challenge": 3, "mixed": 1})
    groups = {"t": "The role", "u": "The team"}
    said = diverging_bars(counts, "theme", groups, SIDES, NOUNS).get_label()
    assert said.startswith("Benefits outnumber challenges in 1 of 2 domains.")
    assert "The team: challenge 3, benefit 1 and mixed 1." in said


def test_columns_have_their_colour_below_the_head() -> None:
    columns = {"c0": "Outer setting", "c1": "Individuals"}
    colours = {"c0": "#332288", "c1": "#999933"}
    counts = matrix_counts(columns, 2)
    figure = count_matrix(counts, ROWS, columns, KINDS, NOUNS, colours=colours)
    drawn = [line.get_color() for line in figure.axes[0].lines if line.get_linewidth() == 3]
    assert drawn == list(colours.values())
