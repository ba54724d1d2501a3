"""SRC303: "reportedly", "is alleged to", "it is understood": somebody says so, and nobody is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Attribution, Severity, Source, SourceType, Span
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story
from attribution.rules.vicinity import is_linked, is_quoted, same_paragraph, voices_around
from attribution.text import overlap

_CHARGING = frozenset({"accuse", "allege", "allegedly", "suspect"})
_HEARSAY = frozenset(
    {"believe", "claim", "purport", "purportedly", "report", "reportedly", "rumor", "rumour", "say", "think",
     "understand"}
)  # fmt: skip
_SUPPOSING = frozenset({"believe", "suspect", "think"})
"""What police do who are reported just before: "The man is believed to have left the area"."""
_FORMS = frozenset({"pattern:raising", "pattern:impersonal", "pattern:adverb", "pattern:accused"})
_CHARGE_BRINGERS = frozenset(
    {SourceType.GOVERNMENT, SourceType.SECURITY, SourceType.JUDICIAL, SourceType.DOCUMENT, SourceType.MEDIA}
)
_INVESTIGATORS = frozenset({SourceType.SECURITY, SourceType.JUDICIAL})
_REPORTERS = frozenset({SourceType.MEDIA, SourceType.DOCUMENT})
_LONG_AGO = re.compile(
    r"\b(?:1[0-8]\d\d|century|centuries|ancient|medieval|legend|folklore|historians?|archaeologists?|B\.?C\.?|BCE)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class AgentlessAttribution(Rule):
    """A claim that is said, believed or alleged, by nobody.

    What:
        "Is alleged to", "it is understood", "is believed to", "reportedly", "allegedly": the words say that
        somebody else stands behind the claim, and neither the sentence nor the ones beside it say who.
    Why:
        Readers get a claim without anyone who answers for it.  If nobody can be named, the outlet itself is
        asserting it.
    Example:
        He reportedly fled.
    Better:
        He fled, his lawyer told Coastal Wire.
    Standards:
        NPR, BBC
    False positives:
        A charge whose accuser was named earlier in the story.  Headlines, hedges before a noun ("the alleged fraud"),
        beliefs about the distant past and linked sentences are left alone.
    """

    code = "SRC303"
    name = "agentless-attribution"
    severity = Severity.WARNING
    default = True
    standards = ("NPR-1", "BBC-6")

    def check(self, story: Story) -> Iterator[Remark]:
        for attribution in story.attributions:
            source = story.source_of(attribution)
            if source is None or not attribution.cue or not _is_agentless(attribution, source):
                continue
            span = attribution.cue[0]
            lemmas = {t.lemma.lower() for t in story.tokens(attribution.cue)}
            if story.words(attribution.cue).lower() == "it was said":  # a saying, or what people used to say
                continue
            if not lemmas & (_CHARGING | _HEARSAY) or not _FORMS & set(attribution.evidence):
                continue
            if story.is_display(span) or is_quoted(story, span) or is_linked(story, span):
                continue
            if (
                _is_told_by_another(story, attribution)
                or _has_agent_beside(story, span, lemmas)
                or _is_old(story, span)
            ):
                continue
            yield Remark(
                span,
                f"Who says so? “{story.words(attribution.cue)}” has no source, so nobody answers for the claim.",
                source_id=source.id if source.count == "0" else None,
                claim_id=attribution.claim_id,
                evidence=("no source in this sentence or beside it",),
            )


def _is_agentless(attribution: Attribution, source: Source) -> bool:
    """Whether nobody says it; the subject of "they reportedly agreed to close it" is not who reports."""
    return source.count == "0" or "pattern:adverb" in attribution.evidence


def _is_told_by_another(story: Story, attribution: Attribution) -> bool:
    """Whether the claim is part of what somebody else is reported to say: "He reportedly fled, his lawyer said"."""
    return any(
        other.source and other.id != attribution.id and overlap(other.content, attribution.cue + attribution.content)
        for other in story.attributions
    )


def _has_agent_beside(story: Story, span: Span, lemmas: set[str]) -> bool:
    """Whether who charges, or what reports, speaks in the sentence before or after, in the same paragraph."""
    fitting = _CHARGE_BRINGERS if lemmas & _CHARGING else _REPORTERS
    if lemmas & _SUPPOSING:
        fitting |= _INVESTIGATORS
    return any(
        same_paragraph(story, span, a.source[0]) and (source := story.source_of(a)) is not None
        and source.type in fitting
        for a in voices_around(story, span, 2 if lemmas & _SUPPOSING else 1, 1)
    )  # fmt: skip


def _is_old(story: Story, span: Span) -> bool:
    """Whether the sentence, or the one before it in its paragraph, speaks of what nobody alive can answer for."""
    near = (s.span for s in story.sentences_around(span, 1, 0))
    return any(_LONG_AGO.search(story.words(s)) for s in near if same_paragraph(story, span, s))
