"""SRC401: somebody tells what others saw or said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Attribution, Severity, Source, SourceType
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.rules.vicinity import is_quoted
from attribution.sources.vocabulary import bases, normal, roles

_RECORDS = frozenset({SourceType.DOCUMENT, SourceType.MEDIA, SourceType.OBSERVATION, SourceType.UNKNOWN})
"""Whoever relays others by trade, or does not speak; a report of a report is rule SRC403's."""


@dataclass(frozen=True)
class SecondHandSource(Rule):
    """A source who was not there and passes on what others saw or said.

    What:
        People "briefed on" a matter, "told of" it, who "heard" it from others; or a chain in which one person is said
        to have said that another said something, told by a third.
    Why:
        Every link can be wrong, and readers are not told what the first one really said.
    Example:
        An aide briefed on the call said the president had shouted.
    Better:
        An official who was on the call said the president had shouted.
    Standards:
        BBC, New York Times (2009), CBC
    False positives:
        Somebody briefed on a decision may be the one to carry it out.  Spokespeople and lawyers, whose role is to
        relay, and relatives who tell their own story are left alone.
    """

    depth: int = option(3, "Length of a chain of people from which it is second-hand.", least=2)

    code = "SRC401"
    name = "second-hand-source"
    severity = Severity.WARNING
    default = True
    standards = ("BBC-1", "NYT-5", "CBC-1")

    def check(self, story: Story) -> Iterator[Remark]:
        for source in story.sources:
            words = _was_told(story, source)
            if words is None or _relays_by_trade(story, source):
                continue
            span = story.mention(source)
            if not (story.is_display(span) or is_quoted(story, span)):
                yield Remark(
                    span,
                    f"This source was told (“{words}”), and was not there. Say so plainly, or find a direct source.",
                    source_id=source.id,
                    related=story.other_mentions(source),
                )
        for attribution in story.attributions:
            chain = [s for s in story.counted.chain(attribution) if s.type not in _RECORDS and s.count != "0"]
            if len(chain) >= self.depth and not is_quoted(story, story.place(attribution)):
                yield _chain(story, attribution, chain)


def _was_told(story: Story, source: Source) -> str | None:
    """The words by which the text says that a source knows from others ("briefed on")."""
    told = [words for words, basis in bases() if basis == "second-hand"]
    mentions = (m.span for m in source.mentions)
    for span in (*mentions, *(a.source[0] for a in story.attributions_of(source) if a.source)):
        printed = story.words(span)
        # Who heard a shot was there; who heard of one was not.
        heard = re.search(r"\bheard\b(?! (?:that|from|about|of)\b)", printed)
        found = next((words for words in told if f" {words} " in f" {printed.lower()} "), None)
        if heard is None and found is not None:
            return found
    return None


def _relays_by_trade(story: Story, source: Source) -> bool:
    """Whether it is their role to speak for others: spokespeople, lawyers for a client."""
    head = story.head(story.mention(source))
    role = roles().get(normal(head.lemma)) if head else None
    return role is not None and (role.kind == "voice" or role.noun in ("lawyer", "attorney", "solicitor", "counsel"))


def _chain(story: Story, attribution: Attribution, chain: list[Source]) -> Remark:
    names = ", who cites ".join(s.name for s in chain)
    return Remark(
        story.place(attribution),
        f"Told at third hand: {names}. Readers cannot tell whose words these are; go back to the first.",
        source_id=attribution.source_id,
        claim_id=attribution.claim_id,
    )
