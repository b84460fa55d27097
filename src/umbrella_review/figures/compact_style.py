"""The style of an element of an SVG, without what changes nothing."""

from __future__ import annotations

import re

_DOUBLED = re.compile(r"#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3(?![0-9a-f])")
_ZERO = re.compile(r"(?<![0-9])0\.(?=[0-9])")


def compact_style(style: str) -> str:
    """Return a style that looks the same.

    Parameters
    ----------
    style : str
        Declarations as an attribute ``style`` has them.

    Returns
    -------
    str
        Without those of a stroke that cannot be seen; an opacity becomes that of fill or stroke
        where there is one of the two alone, so that a group can say it for its members.
    """
    said = dict(part.split(":", 1) for part in style.split(";") if part)
    if said.get("stroke-opacity") == "0" or ("fill" in said and "stroke" not in said):
        said = {name: value for name, value in said.items() if not name.startswith("stroke")}
    filled, stroked = said.get("fill") != "none", "stroke" in said
    one = f"{'fill' if filled else 'stroke'}-opacity"
    if "opacity" in said and filled != stroked and one not in said:
        said[one] = said.pop("opacity")
    text = ";".join(f"{name}:{value}" for name, value in said.items())
    return _ZERO.sub(".", _DOUBLED.sub(r"#\1\2\3", text))
