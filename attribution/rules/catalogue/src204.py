"""SRC204: how many sources?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Severity, Source, Span
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story
from attribution.rules.unnamed import (
    VAGUE_NUMBERS,
    descriptions,
    is_introduced,
    is_public,
    speaks_to_outlet,
    vague_basis,
)
from attribution.sources.mentions import Phrase

_SOURCE_NOUNS = frozenset({"source", "insider", "individual", "informant", "whistleblower", "whistle-blower"})


@dataclass(frozen=True)
class PluralSourceMismatch(Rule):
    """Unnamed sources in the plural, in no number, or now several and now one.

    What:
        "Sources said", "multiple security sources", "several diplomats": more than one, and no number.  Also a story
        that begins with "sources" and goes on with "the source", and a headline's "sources" of which the story has
        one.
    Why:
        A plural claims corroboration.  If it was one person, it misleads; if it was five, the number says more.
    Example:
        Sources said the bank would close.  The source added that staff had been told.
    Better:
        Two sources said the bank would close.  One of them added that staff had been told.
    Standards:
        Reuters (2008), Gannett (2017)
    False positives:
        "One of the sources" and another source beside the group are two referents.  Officials of a named body,
        publics and classes of people ("officials said") are left out.
    """

    code = "SRC204"
    name = "plural-source-mismatch"
    severity = Severity.WARNING
    default = True
    standards = ("REU-1", "GAN-1")
    question = "How many people said this, independently of one another?"

    def check(self, story: Story) -> Iterator[Remark]:
        mixed: set[str] = set()
        for one in story.unnamed_people:
            if (group := _taken_for_one(story, one)) is not None:
                mixed.add(group.id)
                here, there = story.mention(one), story.mention(group)
                yield Remark(
                    here,
                    f"How many? “{story.words(there)}”, then “{story.words(here)}”; give the number, and say “one of"
                    " them” where one is meant.",
                    source_id=group.id,
                    related=(there,),
                )
        if (shouted := _shouted(story)) is not None:
            headline, one = shouted
            here = next(span for span in _places(story, headline) if story.is_display(span))
            there = next(span for span in _places(story, one) if not story.is_display(span))
            yield Remark(
                here,
                f"How many? “{story.words(here)}” in the headline, “{story.words(there)}” in the story; the headline"
                " claims more than one source.",
                source_id=headline.id,
                related=(there,),
            )
        for source in story.unnamed_people:
            if source.id not in mixed and _is_uncounted(story, source):
                span = story.mention(source)
                yield Remark(
                    span,
                    f"How many? “{story.words(span)}” claims more than one source and gives no number.",
                    source_id=source.id,
                    related=story.other_mentions(source),
                )


def _shouted(story: Story) -> tuple[Source, Source] | None:
    """The plural sources of a headline, and the one unnamed person who is all that the story has of them."""
    headlines = [s for s in story.unnamed_people if any(_is_plural(story, span) for span in _displayed(story, s))]
    told = [s for s in story.unnamed_people if any(not story.is_display(span) for span in _places(story, s))]
    told = [s for s in told if not is_public(story, s) and is_introduced(story, s)]
    if not headlines or len(told) != 1:
        return None
    (one,) = told
    in_story = [p for span in _places(story, one) if not story.is_display(span) and (p := story.phrase(span))]
    is_single = one.member_of in (None, headlines[0].id) and in_story and not any(p.plural or p.count for p in in_story)
    return (headlines[0], one) if is_single and speaks_to_outlet(story, one) else None


def _places(story: Story, source: Source) -> tuple[Span, ...]:
    """Where a source is brought in, in text order."""
    return tuple(a.source[0] for a in story.attributions_of(source) if a.source)


def _displayed(story: Story, source: Source) -> tuple[Span, ...]:
    return tuple(span for span in _places(story, source) if story.is_display(span))


def _is_plural(story: Story, span: Span) -> bool:
    phrase = story.phrase(span)
    return phrase is not None and phrase.plural and phrase.noun.split()[-1] in _SOURCE_NOUNS


def _is_uncounted(story: Story, source: Source) -> bool:
    """A plural in no number that stands for people an outlet has spoken to."""
    if not source.collective or source.count != ">=2" or source.member_of is not None:
        return False
    if story.is_display(story.mention(source)) or is_public(story, source) or not speaks_to_outlet(story, source):
        return False
    phrases = descriptions(story, source)
    return not any(p.count for p in phrases) and any(
        p.plural and (p.noun.split()[-1] in _SOURCE_NOUNS or p.quantifier in VAGUE_NUMBERS or _people_who_know(p))
        for p in phrases
    )


def _people_who_know(phrase: Phrase) -> bool:
    return phrase.role is not None and phrase.role.kind == "masses" and vague_basis(phrase)


def _taken_for_one(story: Story, one: Source) -> Source | None:
    """The plural sources that "the source" seems to mean, where no single one has been brought in before."""
    back = story.phrase(story.mention(one))
    if one.collective or one.member_of is not None or back is None or back.determiner != "definite":
        return None
    if back.noun not in _SOURCE_NOUNS or back.of is not None or is_introduced(story, one):
        return None
    before = [s for s in story.unnamed_people if story.mention(s).end <= back.span.start]
    named_alike = [s for s in before if any(p.noun == back.noun for p in descriptions(story, s))]
    return named_alike[-1] if named_alike and all(s.collective for s in named_alike) else None
