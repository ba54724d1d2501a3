"""SRC307: "the official said", where two officials have spoken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Attribution, Severity, Source, Span
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.rules.vicinity import is_quoted
from attribution.sources.vocabulary import normal, roles

_ANYBODY = frozenset({"source", "person", "insider", "informant"})
"""Nouns that take up anybody unnamed, whatever they were called before."""
_TAKING_UP = frozenset({"the", "this", "that"})


@dataclass(frozen=True)
class AmbiguousBackReference(Rule):
    """ "The official said", and more than one official can be meant.

    What:
        A speaker is taken up by a noun alone ("the source", "the official", "the spokesman"), and the paragraph that
        must say who is meant holds two or more unnamed speakers whom the noun fits.
    Why:
        Readers cannot tell which of them said it, so they cannot tell how many people stand behind the story.
    Example:
        One official said the talks had failed, a second that they had not begun.  The official said more would follow.
    Better:
        … The second official said more would follow.
    Standards:
        AP (2010)
    False positives:
        Somebody who is plainly meant, because only one of them could know.  Pronouns are left alone.
    """

    paragraphs: int = option(3, "Paragraphs back in which somebody who can be meant is looked for.", least=1)

    code = "SRC307"
    name = "ambiguous-back-reference"
    severity = Severity.WARNING
    default = True
    standards = ("AP-1",)

    def check(self, story: Story) -> Iterator[Remark]:
        for attribution in story.attributions:
            noun = _bare_noun(story, attribution)
            if noun is None:
                continue
            span = attribution.source[0]
            who = self._can_be_meant(story, span, noun)
            if len(who) > 1:
                described = ", ".join(f"“{story.words(place)}”" for _, place in who)
                yield Remark(
                    span,
                    f"Which one? “{story.words(span)}” can be {described}; tell them apart, if safe.",
                    source_id=attribution.source_id,
                    claim_id=attribution.claim_id,
                    related=tuple(place for _, place in who),
                )

    def _can_be_meant(self, story: Story, span: Span, noun: str) -> list[tuple[Source, Span]]:
        """The unnamed speakers whom the noun fits in the nearest paragraph before the words that holds any."""
        body = list(story.paragraphs)
        here = story.paragraph(span)
        if here not in body:
            return []
        at = body.index(here)
        for block in reversed(body[max(0, at - self.paragraphs) : at + 1]):
            found: dict[str, tuple[Source, Span]] = {}
            for source in story.sources:
                if not story.is_unnamed_person(source) or source.collective or source.count != "1":
                    continue
                for mention in source.mentions:
                    inside = block.span.start <= mention.span.start < min(block.span.end, span.start)
                    if inside and _fits(story, noun, mention.span):
                        found.setdefault(source.id, (source, mention.span))
            if found:
                return list(found.values())
        return []


def _bare_noun(story: Story, attribution: Attribution) -> str | None:
    """The noun of "the official", nothing else with it; None for other sources."""
    if not attribution.source or is_quoted(story, attribution.source[0]):
        return None
    tokens = story.tokens(attribution.source)
    if len(tokens) != 2 or tokens[0].text.lower() not in _TAKING_UP or "Number=Plur" in tokens[1].feats:
        return None
    noun = tokens[1].lemma.lower()
    role = roles().get(normal(noun))
    return noun if role is not None and role.kind not in ("office", "masses") else None


def _fits(story: Story, noun: str, mention: Span) -> bool:
    """Whether a mention introduces somebody whom the noun can take up; the bare noun itself introduces nobody."""
    tokens = story.tokens(mention)
    head = story.head(mention)
    if head is None or (len(tokens) == 2 and tokens[0].text.lower() in _TAKING_UP):
        return False
    if noun in _ANYBODY:
        role = roles().get(normal(head.lemma))
        return role is not None and role.kind != "voice"
    return head.lemma.lower() == noun
