"""SRC601: a quotation that nobody speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Attribution, Block, BlockKind, Confidence, Quote, Severity, Span
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.text import word_count

_LABEL = re.compile(r"\W*[A-Z][A-Z.' -]{2,}:")
_SIGNED = re.compile(r"\s*(?:(?:[-–—―]|\()\s*\w|(?:So|Thus|That|Those|These|Such) \w)")
"""A signature after the quotation, or a sentence that takes it up: "So says a voice at the end"."""
_INTRODUCED = re.compile(r"[:”\"’]\s*$")
"""A colon, or another quotation that it goes on from."""
_MARKS = re.compile('[“”"]')
_REPEATED = 60


@dataclass(frozen=True)
class OrphanQuote(Rule):
    """A quotation that stands by itself, with nobody who says it.

    What:
        Four words or more in quotation marks fill their sentences, and no words there say who speaks.  Nobody speaks
        in the lines before; where more than one does, it is a warning.
    Why:
        Words that nobody answers for are worth nothing, and readers give them to whoever spoke last.
    Example:
        “We had no warning.”
    Better:
        “We had no warning,” Lopez said.
    Standards:
        Reuters, The Guardian (2004), AP (2010)
    False positives:
        A speaker whom the program did not find: the evidence lists whoever speaks beside it.  Pull quotes, block
        quotations, lists, signed quotations and dialogue with speakers' labels are left alone.
    """

    words: int = option(4, "Fewest words that need a speaker.", least=1)

    code = "SRC601"
    name = "orphan-quote"
    severity = Severity.ERROR
    default = True
    standards = ("REU-3", "GDN-3", "AP-1")

    def check(self, story: Story) -> Iterator[Remark]:
        for attribution in story.attributions:
            span = self._orphan(story, attribution)
            if span is None:
                continue
            before, after = _speakers_beside(story, span)
            if len(before) == 1 or (not before and (len(after) == 1 or _quotes_before(story, span))):
                continue  # readers take it for theirs, and are right
            names = ", ".join((before | after).values())
            yield Remark(
                span,
                f"Who said this? No speaker stands with the quotation, and {len(before) or 'nobody'}"
                f" {'speak' if before else 'speaks'} in the lines before it.",
                evidence=(f"speakers in the paragraphs beside it: {names or 'nobody'}",),
                confidence=Confidence.MEDIUM if before else Confidence.HIGH,
            )

    def _orphan(self, story: Story, attribution: Attribution) -> Span | None:
        """The quotation where nothing says who speaks, None where something may."""
        if attribution.source_id is not None or attribution.cue or attribution.quote is not Quote.DIRECT:
            return None
        span = Span(attribution.content[0].start, attribution.content[-1].end)
        block = story.paragraph(span)
        if block is None or block.kind is not BlockKind.PARAGRAPH or not _fills_its_sentences(story, span):
            return None
        words = story.article.prose[span.start : span.end]
        if word_count((span,), story.article.prose) < self.words or _LABEL.search(words):
            return None
        following = story.article.prose[span.end : span.end + 40]
        core = words.strip("“”\"'‘’., ")[:_REPEATED]
        pulled = story.article.prose.count(core) > 1
        introduced = _INTRODUCED.search(story.article.prose[: span.start])
        return None if pulled or introduced or _SIGNED.match(following) else span


def _fills_its_sentences(story: Story, span: Span) -> bool:
    """Whether no word of its sentences stands outside the quotation."""
    tokens = [t for s in story.analysis.parse.sentences if s.span.start < span.end and span.start < s.span.end
              for t in story.tokens(s.span)]  # fmt: skip
    outside = [t for t in tokens if t.span.end <= span.start or t.span.start >= span.end]
    return not any(c.isalnum() for t in outside for c in t.text)


def _speakers_beside(story: Story, span: Span) -> tuple[dict[str, str], dict[str, str]]:
    """Who speaks in the paragraph of the quotation or the one before, and who in the one after: names by id."""
    beside = _beside(story, span)
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for attribution in story.attributions:
        source = story.source_of(attribution)
        place = story.place(attribution)
        if source is not None and source.count != "0" and story.paragraph(place) in beside:
            (before if place.start < span.end else after)[source.id] = source.name
    return before, after


def _beside(story: Story, span: Span) -> tuple[Block, ...]:
    """The paragraph of the quotation with the one before and the one after."""
    here = story.paragraph(span)
    at = story.paragraphs.index(here) if here in story.paragraphs else 0
    return story.paragraphs[max(0, at - 1) : at + 2]


def _quotes_before(story: Story, span: Span) -> bool:
    """Whether the lines before hold a quotation: its speaker was missed, and this goes on from it."""
    return bool(_MARKS.search(story.article.prose[_beside(story, span)[0].span.start : span.start]))
