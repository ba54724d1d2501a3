"""One colour and one pattern for each anonymity level, for pages and figures alike.

From accountable to hidden the scale runs from blue over pale to orange and rust, a diverging scale that people with
any of the usual colour-vision deficiencies can tell apart; the patterns grow denser the same way, so that it also
works in print.  Neither ever stands without the level's letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attribution.records import Level


@dataclass(frozen=True, slots=True)
class Paint:
    """How a level looks.

    Attributes:
        light, dark: its colour on a light and on a dark page, as "#rrggbb".
        ink: the colour of letters on ``light``; on ``dark`` they are always ``DARK_INK``.
        hatch: Matplotlib's code of its pattern; "" for a plain surface.
    """

    light: str
    dark: str
    ink: str
    hatch: str


DARK_INK = "#14161a"
LIGHT_INK = "#ffffff"

PALETTE: Mapping[Level, Paint] = {
    Level.A0: Paint("#2b5c8a", "#5b9bd5", LIGHT_INK, ""),
    Level.A1: Paint("#74a9cf", "#a6cbe8", DARK_INK, "--"),
    Level.A2: Paint("#a9bfcd", "#c2d0da", DARK_INK, ".."),
    Level.A3: Paint("#ebc46f", "#ecd08f", DARK_INK, "//"),
    Level.A4: Paint("#e2964f", "#e59a52", DARK_INK, "///"),
    Level.A5: Paint("#a33f27", "#e07a60", LIGHT_INK, "xx"),
}

NEUTRAL = Paint("#8b929a", "#8b929a", DARK_INK, "")
"""For what has no level: words whose speaker was not found, and bars by type."""
