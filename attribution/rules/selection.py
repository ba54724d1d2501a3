"""Which rules run: codes and prefixes chosen and left out, the longest one deciding."""

from __future__ import annotations

from dataclasses import dataclass

ALL = "ALL"
"""Chooses every rule there is."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules run.  Codes may be whole ("SRC204"), prefixes ("SRC2") or ``ALL``.

    Attributes:
        select: replaces the default set; () leaves it.
        extend: adds to it.
        ignore: leaves out.  Where a rule is both chosen and left out, the longer code decides; at equal length it is
            left out.
    """

    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def chooses(self, code: str, *, default: bool) -> bool:
        """Whether a rule runs.

        Args:
            default: whether it is in the default set.
        """
        chosen = max((_match(c, code) for c in (*self.select, *self.extend)), default=-1)
        if chosen < 0 and default and not self.select:
            chosen = 0
        return chosen > max((_match(c, code) for c in self.ignore), default=-1)


def _match(chosen: str, code: str) -> int:
    """How closely a code or prefix fits: its length, 0 for ALL, -1 if it does not fit."""
    if chosen == ALL:
        return 0
    return len(chosen) if code.startswith(chosen) else -1
