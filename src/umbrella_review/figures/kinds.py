"""How kinds of findings are drawn: a colour and a shape each, the same in every figure."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from matplotlib.colors import to_rgb

from umbrella_review.figures.style import DIRECTION


@dataclass(frozen=True)
class Mark:
    """Colour and shape of one kind of finding.

    Parameters
    ----------
    colour : str
        Hexadecimal colour of the shape.
    shape : str
        Marker code of matplotlib; tells kinds apart without colour.
    hatch : str
        Hatch of bars; tells kinds apart without colour.
    """

    colour: str
    shape: str
    hatch: str = ""

    @property
    def tint(self) -> tuple[float, float, float]:
        """A light tone of the colour, on which dark text is easy to read."""
        red, green, blue = to_rgb(self.colour)
        return (0.78 + 0.22 * red, 0.78 + 0.22 * green, 0.78 + 0.22 * blue)


MARKS = MappingProxyType(
    {
        "facilitator": Mark(DIRECTION["favours_intervention"], "^"),
        "barrier": Mark(DIRECTION["favours_control"], "v", "////"),
        "neutral": Mark(DIRECTION["no_effect"], "o"),
        "benefit": Mark(DIRECTION["favours_intervention"], "^"),
        "challenge": Mark(DIRECTION["favours_control"], "v", "////"),
        "mixed": Mark(DIRECTION["mixed"], "D"),
    }
)
