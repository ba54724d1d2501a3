"""SRC603: readers wait too long for the speaker, or take the quotation for somebody else's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Attribution, BlockKind, Confidence, Quote, Severity, Span
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story

_DASHES = frozenset({"-", "--", "–", "—", "―"})


@dataclass(frozen=True)
class LateOrSwitchedSpeaker(Rule):
    """A quotation whose speaker comes late, or that follows another's without a word between them.

    What:
        Three sentences or more are quoted before the speaker is named; or a paragraph opens with a quotation of
        somebody other than the last who was quoted, and its first sentence does not say so.
    Why:
        Readers give the words to whoever spoke last, and have to read them again.
    Example:
        “It was dark. Nobody came. We waited until six,” Lopez said.
    Better:
        “It was dark,” Lopez said. “Nobody came. We waited until six.”
    Standards:
        Reuters, The Guardian (2004), AP (2010)
    False positives:
        Openings of features, which hold the speaker back on purpose.
    """

    sentences: int = option(3, "Quoted sentences before the speaker from which it is late.", least=2)

    code = "SRC603"
    name = "late-or-switched-speaker"
    severity = Severity.INFO
    standards = ("REU-3", "GDN-3", "AP-1")

    def check(self, story: Story) -> Iterator[Remark]:
        last: Attribution | None = None
        for attribution in story.attributions:
            if attribution.quote is not Quote.DIRECT or not attribution.source or attribution.parent is not None:
                continue
            opening, speaker = attribution.content[0], attribution.source[0]
            block = story.paragraph(opening)
            waited = _quoted_before(story, attribution)
            prose = block is not None and block.kind is BlockKind.PARAGRAPH
            if not prose or "quotation:signed" in attribution.evidence or _is_known(story, attribution):
                pass  # readers know who speaks
            elif waited >= self.sentences:
                yield Remark(
                    opening,
                    f"{waited} sentences pass before “{story.words(speaker)}” is named; introduce the speaker earlier.",
                    source_id=attribution.source_id,
                    claim_id=attribution.claim_id,
                    related=(speaker,),
                    confidence=Confidence.MEDIUM,
                )
            elif waited > 1 and last is not None and _switches(story, last, attribution):
                yield Remark(
                    opening,
                    f"Readers take this for “{story.words(story.place(last))}”, who was quoted last; name"
                    f" “{story.words(speaker)}” first.",
                    source_id=attribution.source_id,
                    claim_id=attribution.claim_id,
                    related=(story.place(last), speaker),
                    confidence=Confidence.MEDIUM,
                )
            last = attribution


def _quoted_before(story: Story, attribution: Attribution) -> int:
    """How many sentences of the quotation stand before its speaker, in one paragraph."""
    speaker = attribution.source[0]
    before = tuple(s for s in attribution.content if s.start < speaker.start)
    if not before or story.paragraph(before[0]) != story.paragraph(speaker):
        return 0
    if story.article.prose[before[-1].end : speaker.start].strip() in _DASHES:  # signed, as letters are
        return 0
    return len({t.sentence for t in story.tokens(before) if t.upos != "PUNCT"})


def _is_known(story: Story, attribution: Attribution) -> bool:
    """Whether the paragraph before speaks of the one who is quoted, or its last speaker goes on."""
    here = story.paragraph(attribution.content[0])
    source = story.source_of(attribution)
    if source is None or here not in story.paragraphs:
        return True
    at = story.paragraphs.index(here)
    before = story.paragraphs[at - 1].span if at else Span(0, 0)
    names = [t.text for t in story.tokens(attribution.source) if t.ner.endswith("PER")]
    if any(name in story.article.prose[before.start : before.end] for name in names):
        return True
    spoken_of = [m.span for m in source.mentions] + [a.source[0] for a in story.attributions_of(source) if a.source]
    return any(before.start <= s.start < before.end for s in spoken_of)


def _switches(story: Story, last: Attribution, now: Attribution) -> bool:
    """Whether a paragraph opens with the quotation of another speaker than the paragraph before ended with."""
    body = story.paragraphs
    before, here = story.paragraph(last.content[-1]), story.paragraph(now.content[0])
    if before not in body or here not in body or body.index(here) - body.index(before) != 1:
        return False
    opens = not story.article.prose[here.span.start : now.content[0].start].strip() if here else False
    named = all(any(t.ner == "B-PER" and t.text[:1].isupper() for t in story.tokens(a.source)) for a in (last, now))
    return opens and named and last.source_id != now.source_id
