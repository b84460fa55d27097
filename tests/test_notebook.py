"""What a notebook's session loads, records and keeps."""

from __future__ import annotations

from pathlib import Path
from shutil import copy, copytree

import pandas as pd
import pytest

from umbrella_review import notebook
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.style import new_figure
from umbrella_review.ledger import read_values
from umbrella_review.notebook import Session
from umbrella_review.paths import PRINTED
from umbrella_review.qmd.cell_options import COMPUTED
from umbrella_review.tables import TableView

ROOT = Path(__file__).parents[1]


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    copytree(ROOT / "data", tmp_path / "data")
    copy(ROOT / "review.yml", tmp_path)
    monkeypatch.chdir(tmp_path / "data")
    return notebook.start("01_first")


def test_values_keep_the_rows_they_came_from(session: Session) -> None:
    reviews, flow = session.load("reviews", "selection_flow")
    session.record("a.n", len(reviews), rows={"reviews": reviews.head(2)}, unit="reviews")
    session.record("a.share", reviews["year"].mean(), decimals=1)
    values = session.results("01_first")
    assert values["a.n"].rows == {"reviews": tuple(reviews["review_id"].head(2))}
    assert (values["a.n"].text, values["a.n"].unit) == (str(len(reviews)), "reviews")
    assert values["a.share"].value == pytest.approx(reviews["year"].mean())
    assert not flow.empty


@pytest.mark.parametrize("bad", ["A.n", "n", "a..n", "a.n "])
def test_ids_are_dotted_words(session: Session, bad: str) -> None:
    with pytest.raises(ValueError, match="not a value id"):
        session.record(bad, 1)


def test_an_id_is_recorded_once(session: Session) -> None:
    session.record("a.n", 1)
    with pytest.raises(ValueError, match="before"):
        session.record("a.n", 2)


def test_empty_values_are_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="empty"):
        session.record("a.n", " ")


def test_a_new_run_forgets_the_old_one(session: Session) -> None:
    session.record("a.n", 1)
    session.table(TableView(pd.DataFrame({"a": [1]})), "tbl-a")
    notebook.start("01_first")
    assert read_values(session.folder / "values.json") == {}
    assert not list((session.folder / "tables").iterdir())


def test_figures_are_kept_with_their_data_and_the_same_every_time(session: Session) -> None:
    def draw() -> dict[str, bytes]:
        figure = new_figure(height=1)
        figure.add_subplot().plot([1, 2], [1, 2])
        shown = session.figure(figure, "fig-a", pd.DataFrame({"x": [1, 2]}))
        data, metadata = shown._repr_mimebundle_()
        assert (set(data), metadata) == ({"image/svg+xml", "text/plain"}, {})
        kept = [*(session.folder / "figures").iterdir(), *(session.folder / PRINTED).iterdir()]
        return {f"{path.parent.name}/{path.name}": path.read_bytes() for path in kept}

    first = draw()
    assert sorted(first) == ["figures/fig-a.csv", "figures/fig-a.svg", "print/fig-a.svg"]
    assert b"<text" not in first["figures/fig-a.svg"], "letters are outlines on pages"
    assert b"<text" in first["print/fig-a.svg"], "and letters in print"
    assert draw() == first


def test_what_a_figure_says_travels_with_it(session: Session) -> None:
    figure = new_figure(height=1)
    shown = session.figure(figure, "fig-a", finding="3 of 4 agree.")
    _, metadata = shown._repr_mimebundle_()
    assert metadata == {COMPUTED: {"fig-alt": "3 of 4 agree."}}


def test_words_of_the_frame_are_the_finding(session: Session) -> None:
    frame = Frame("3 of 4 agree", "Reviews, n = 4", told="The fourth does not")
    shown = session.figure(framed(new_figure(height=1), frame), "fig-a")
    _, metadata = shown._repr_mimebundle_()
    said = "3 of 4 agree. Reviews, n = 4. The fourth does not."
    assert metadata == {COMPUTED: {"fig-alt": said}}
