"""The words of a sentence around one of its values."""

from __future__ import annotations

import re

from umbrella_review.render.trace.claims import Claim

_AROUND = 40  # characters kept before and after, up to the end of a word
_VALUE = re.compile(r"\{([a-z0-9_.]+)\}")


def excerpt(claim: Claim, value_id: str) -> str:
    """Return what stands around a value in a sentence.

    Parameters
    ----------
    claim : Claim
        The sentence.
    value_id : str
        One of its values; of two of the same the first is taken.

    Returns
    -------
    str
        With an ellipsis where something is left out; all of a short sentence.
    """
    fixed = _VALUE.split(claim.wording)[::2]
    match = re.fullmatch("(.*?)".join(map(re.escape, fixed)), claim.text)
    if match is None:
        return claim.text
    start, end = match.span(claim.values.index(value_id) + 1)
    first = claim.text.rfind(" ", 0, max(0, start - _AROUND)) + 1
    last = claim.text.find(" ", end + _AROUND)
    before = "… " if first else ""
    return f"{before}{claim.text[first:]}" if last < 0 else f"{before}{claim.text[first:last]} …"
