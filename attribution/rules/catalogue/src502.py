"""SRC502: all who speak stand on one side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.counted import NOT_HUMAN
from attribution.records import Severity, Source, SourceType
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story

_SIDES = {
    "officials": frozenset({SourceType.GOVERNMENT, SourceType.SECURITY, SourceType.JUDICIAL}),
    "business": frozenset({SourceType.BUSINESS}),
    "politicians": frozenset({SourceType.POLITICAL}),
    "civil society": frozenset({SourceType.CIVIL_SOCIETY}),
    "armed groups": frozenset({SourceType.ARMED}),
}


@dataclass(frozen=True)
class OneSidedSourcing(Rule):
    """Several sources, and all of one kind or of one body.

    What:
        At least four people and bodies speak, and all of them are officials (or of another kind that is asked
        about), or all belong to one body.
    Why:
        Many voices of one side read like many views. Somebody else may see the matter otherwise.
    Example:
        The ministry, its secretary, the regional prefect and the police all praised the plan.
    Better:
        The ministry and the prefect praised the plan; the bus drivers' union said it had not been asked.
    Standards:
        Reuters (2008), Washington Post, Al Jazeera
    False positives:
        Trials, technical notices, and settled facts, to which there is no other side.
    """

    code = "SRC502"
    name = "one-sided-sourcing"
    severity = Severity.INFO
    standards = ("REU-1", "WP-4", "AJ-1")
    question = "Who is affected, or sees it otherwise?"

    least: int = option(4, "So many sources make a side.", least=2)
    sides: tuple[str, ...] = option(("officials",), "Kinds of sources that count as one side.", choices=tuple(_SIDES))

    def check(self, story: Story) -> Iterator[Remark]:
        heard = [s for s in story.sources if s.count != "0" and s.type is not SourceType.OBSERVATION]
        people = [s for s in heard if s.type not in NOT_HUMAN]
        if len(people) < self.least:
            return
        if side := self._side(heard):
            yield self._remark(story, people, f"are {side}")
        elif body := self._body(story, heard):
            yield self._remark(story, people, f"belong to {body}")

    def _side(self, heard: list[Source]) -> str | None:
        return next((name for name in self.sides if all(s.type in _SIDES[name] for s in heard)), None)

    def _body(self, story: Story, heard: list[Source]) -> str | None:
        """The one body that every source speaks for."""
        bodies = (p for p in story.voice.parties.all if not p.person)
        return next((p.name for p in bodies if all(p.named_in(f"{s.name} {s.organisation}") for s in heard)), None)

    def _remark(self, story: Story, people: list[Source], what: str) -> Remark:
        return Remark(
            story.opening,
            f"All {len(people)} sources of this story {what}; nobody else is heard.",
            evidence=tuple(source.name for source in people),
            related=tuple(story.mention(source) for source in people),
        )
