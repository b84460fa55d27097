"""Figures are set in type that comes with packages, whatever fonts a machine has besides."""

from __future__ import annotations

import dataclasses
import io
import warnings
from pathlib import Path

import pytest
from matplotlib.font_manager import FontProperties, fontManager

from umbrella_review.figures import fonts
from umbrella_review.figures.style import new_figure


@pytest.mark.parametrize(
    ("weight", "style", "name"),
    [
        ("normal", "normal", "Regular"),
        ("normal", "italic", "It"),
        ("semibold", "normal", "Semibold"),
        ("bold", "normal", "Bold"),
    ],
)
def test_each_weight_is_the_file_of_the_package(weight: str, style: str, name: str) -> None:
    fonts.register()
    wanted = FontProperties(family=fonts.SANS, weight=weight, style=style)
    found = Path(fontManager.findfont(wanted, fallback_to_default=False))
    assert found == fonts.sans_folder() / f"SourceSansPro-{name}.ttf"


def test_fonts_of_the_machine_with_our_names_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts.register()
    foreign = [
        dataclasses.replace(entry, fname=str(tmp_path / Path(entry.fname).name))
        for entry in fontManager.ttflist
        if entry.name in fonts.FAMILIES
    ]
    assert len(foreign) > len(fonts.sans_files())
    monkeypatch.setattr(fontManager, "ttflist", [*foreign, *fontManager.ttflist])
    fonts.register.cache_clear()
    fonts.register()
    left = [Path(entry.fname) for entry in fontManager.ttflist if entry.name in fonts.FAMILIES]
    assert left
    assert not any(tmp_path in path.parents for path in left)


def test_every_sign_of_the_field_is_drawn() -> None:
    figure = new_figure(height=1.0)
    figure.text(0.1, 0.5, "τ² I² ≥ ≤ − × → ± ○ ● ✗ ⁻⁶ κ", weight="bold")
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a glyph that no font has
        figure.savefig(io.BytesIO(), format="svg")
