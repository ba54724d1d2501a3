"""SRC802: one side says, the other claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from math import comb

from attribution.records import Severity, SourceType
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.voice import balance, side

_UNLIKELY = 0.05
"""An imbalance that chance would bring about more often than this is none."""


@dataclass(frozen=True)
class AsymmetricVerbs(Rule):
    """The statements of one side have doubting verbs, those of another have none.

    What:
        Of two kinds of sources, or two sources, one is mostly reported with verbs of doubt ("claimed", "alleged") and
        the other with none, more clearly than chance would make it.
    Why:
        It tells readers whom to believe, without saying why.
    Example:
        Police "said" and "confirmed" five times; protesters "claimed" four times.
    Better:
        Both said.
    Standards:
        Reuters (2008), Al Jazeera
    False positives:
        Small numbers, and statements that really are of different kinds.
    """

    code = "SRC802"
    name = "asymmetric-verbs"
    severity = Severity.WARNING
    standards = ("REU-1", "AJ-2")

    least: int = option(3, "So many statements of each side.", least=3)

    def check(self, story: Story) -> Iterator[Remark]:
        verbs = [v for v in story.voice.reporting_verbs if v.source.type is not SourceType.UNKNOWN]
        for sides in (side, lambda source: source.name):
            counts = balance(verbs, sides)
            if pair := self._clearest(counts):
                trusted, doubted = pair
                place = next(v for v in verbs if sides(v.source) == doubted and v.loaded == "doubt")
                yield Remark(
                    place.span,
                    f"{_table(trusted, counts[trusted])}; {_table(doubted, counts[doubted])}. Readers may take one side"
                    " for more believable.",
                    evidence=(f"{len(verbs)} reporting verbs",),
                    related=tuple(
                        v.span for v in verbs if v is not place and sides(v.source) == doubted and v.loaded == "doubt"
                    ),
                )
                return

    def _clearest(self, counts: Mapping[str, Counter[str]]) -> tuple[str, str] | None:
        """The two sides whose verbs differ most clearly: who is trusted, who is doubted."""
        found = [
            (chance, trusted, doubted)
            for trusted, doubted in permutations(counts, 2)
            if min(counts[trusted].total(), counts[doubted].total()) >= self.least
            and not counts[trusted]["doubt"]
            and 2 * counts[doubted]["doubt"] >= counts[doubted].total()
            and (chance := _chance(counts[trusted].total(), counts[doubted])) <= _UNLIKELY
        ]
        return min(found)[1:] if found else None


def _chance(trusted: int, doubted: Counter[str]) -> float:
    """How often all doubting verbs would fall to one side if they were dealt out blindly (Fisher's exact test)."""
    number = doubted["doubt"]
    return comb(doubted.total(), number) / comb(trusted + doubted.total(), number)


def _table(name: str, counts: Counter[str]) -> str:
    return f"{name}: " + ", ".join(f"{sort} {number}" for sort, number in counts.most_common())
