"""What the reported agreement of screeners leaves open, as values to record."""

from __future__ import annotations

import pandas as pd

from umbrella_review.appraisal.raters import bounds_from_percent
from umbrella_review.counting import make_value
from umbrella_review.ledger import Value

_STAGES = ("agreement_title_abstract", "agreement_full_text")


def screening_values(flow: pd.DataFrame) -> list[Value]:
    """Return the bounds of kappa and AC1 that follow from each reported percent agreement.

    Parameters
    ----------
    flow : DataFrame
        The table `selection_flow`.

    Returns
    -------
    list of Value
        For each stage that reports an agreement the smallest and the largest kappa and AC1 of
        two screeners who take in or leave out, with the rows of the flow.
    """
    values = []
    for stage in _STAGES:
        rows = flow[(flow["item"] == stage) & flow["value"].notna()]
        for flow_id, text in zip(rows["flow_id"], rows["value"], strict=True):
            found = bounds_from_percent(float(text))
            for name, ends in (("kappa", found.kappa), ("ac1", found.ac1)):
                values += [
                    make_value(
                        f"selection.{name}_{end}_{stage.removeprefix('agreement_')}",
                        number,
                        rows={"selection_flow": [flow_id]},
                        decimals=2,
                    )
                    for end, number in zip(("min", "max"), ends, strict=True)
                ]
    return values
