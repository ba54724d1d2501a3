"""SRC604: one quotation out of many mouths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Attribution, Kind, Level, Quote, Severity, Source, SourceType, Span
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.sources.vocabulary import bodies
from attribution.text import overlap, word_count

_SPEAKING = frozenset(
    {"add", "agree", "argue", "ask", "complain", "explain", "insist", "recall", "reply", "respond", "say", "tell",
     "warn"}
)  # fmt: skip
"""What one does alone; a crowd can chant, shout and sign with one voice."""
_ONE_VOICE = frozenset({SourceType.DOCUMENT, SourceType.MEDIA, SourceType.OBSERVATION, SourceType.JUDICIAL})
"""Those who speak together in papers and filings."""


@dataclass(frozen=True)
class VerbatimFromGroup(Rule):
    """Words in quotation marks that several people are said to have spoken.

    What:
        A quotation of four words or more has a group of people as its source, and no chant, statement or letter in
        which they could have spoken together.
    Why:
        What stands in quotation marks is what one person said.  A chorus makes readers doubt the quotation, or
        believe that more people said so than did.
    Example:
        “We were betrayed by our own side,” the officers said.
    Better:
        “We were betrayed by our own side,” one of the officers said; two others agreed.
    Standards:
        New York Times
    False positives:
        A joint statement that the story does not call one.  Chants, letters, filings and institutions are left alone.
    """

    words: int = option(4, "Fewest words in quotation marks.", least=1)

    code = "SRC604"
    name = "verbatim-from-group"
    severity = Severity.WARNING
    standards = ("NYT-4",)

    def check(self, story: Story) -> Iterator[Remark]:
        for attribution in story.attributions:
            source = story.source_of(attribution)
            if source is None or not _could_differ(story, attribution) or not _is_crowd(story, attribution, source):
                continue
            quoted = [q for q in story.quotations if q.depth == 0 and overlap(attribution.content, (q.span,))]
            longest = max((word_count((q.inner,), story.article.prose) for q in quoted), default=0)
            place = story.place(attribution)
            if longest >= self.words and not story.is_display(place):
                yield Remark(
                    place,
                    f"“{_short(story, attribution)}” cannot have spoken these words together; quote one of them, if"
                    " safe, or report what they said.",
                    source_id=source.id,
                    claim_id=attribution.claim_id,
                    related=tuple(q.span for q in quoted),
                )


def _is_crowd(story: Story, attribution: Attribution, source: Source) -> bool:
    """Whether the words for the source are a plural of people, none of them named, who relay nobody else."""
    if not source.collective or source.level < Level.A3 or source.type in _ONE_VOICE:
        return False
    head = story.head(attribution.source) if attribution.source else None
    if head is None or head.xpos != "NNS" or head.lemma.lower() in bodies():
        return False
    return not any(other.parent == attribution.id for other in story.attributions)


def _short(story: Story, attribution: Attribution) -> str:
    """The words for the source up to their head: "several officials"."""
    head = story.head(attribution.source)
    begin, end = attribution.source[0]
    return story.words(Span(begin, head.span.end if head else end))


def _could_differ(story: Story, attribution: Attribution) -> bool:
    """Whether the words are spoken, and not chanted, written or issued together."""
    if attribution.kind is not Kind.SPEECH or attribution.quote is Quote.INDIRECT or attribution.channel == "statement":
        return False
    return bool(_SPEAKING & {t.lemma.lower() for t in story.tokens(attribution.cue)})
