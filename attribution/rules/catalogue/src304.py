"""SRC304: "this newspaper has learned": the outlet stands in front of its own source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Attribution, Level, Severity, SourceType
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story
from attribution.rules.vicinity import is_quoted, same_paragraph, voices_around
from attribution.sources.vocabulary import name_key, outlets
from attribution.text import join_spans

_KNOWING = re.compile("learn|underst|reveal|disclose|report", re.IGNORECASE)
_ITSELF = frozenset(
    {"broadcaster", "channel", "magazine", "newspaper", "outlet", "paper", "programme", "program", "publication",
     "site", "station", "website"}
)  # fmt: skip
"""What an outlet calls itself: "this newspaper has learned"."""


@dataclass(frozen=True)
class OutletHasLearned(Rule):
    """The outlet has learned, understands or can reveal something, and does not say from whom.

    What:
        "Coastal Wire has learned", "we understand", "this newspaper can reveal", with no source in that sentence or
        the next.
    Why:
        The phrase sounds like proof and hides its source altogether: readers are asked to trust the outlet's name.
    Example:
        Coastal Wire has learned that the plant will close.
    Better:
        The plant will close, according to a draft agreement seen by Coastal Wire.
    Standards:
        NPR
    False positives:
        Silent where the sentence or the next one names who or what the outlet learned it from.
    """

    code = "SRC304"
    name = "outlet-has-learned"
    severity = Severity.WARNING
    default = True
    standards = ("NPR-1",)

    def check(self, story: Story) -> Iterator[Remark]:
        own = _own_names(story)
        for attribution in story.analysis.attributions:  # "can reveal" reads as a possibility
            if not attribution.source or not _claims_to_know(story, attribution):
                continue
            span = attribution.source[0]
            if is_quoted(story, span) or story.is_display(span) or not _speaks_itself(story, attribution, own):
                continue
            if _says_from_whom(story, attribution):
                continue
            words = story.words(join_spans(attribution.source + attribution.cue, story.article.prose))
            yield Remark(
                span,
                f"“{words}” hides the source behind the outlet; say how it knows, if safe.",
                source_id=attribution.source_id,
                claim_id=attribution.claim_id,
                evidence=("no source in this sentence or the next",),
            )


def _own_names(story: Story) -> frozenset[str]:
    """What the outlet that publishes is called: as set, else as the article says."""
    return frozenset(map(name_key, story.outlets))


def _claims_to_know(story: Story, attribution: Attribution) -> bool:
    if not _KNOWING.search(story.words(attribution.cue)):
        return False
    cue = story.tokens(attribution.cue)
    said = {t.lemma.lower() for t in cue}
    if said & {"learn", "understand"}:
        return True
    able = any(story.syntax.lemma(a) == "can" for t in cue for a in story.syntax.children(t.index, "aux"))
    return able and bool(said & {"reveal", "disclose", "report"})


def _speaks_itself(story: Story, attribution: Attribution, own: frozenset[str]) -> bool:
    """Whether the words are the outlet's: by its name, "we", "this newspaper"; any agency's where none is known."""
    head = story.head(attribution.source)
    if head is None:
        return False
    words = name_key(story.words(attribution.source))
    known = outlets().get(words)
    if words in own or (known is not None and known.name in own):
        return True
    if known is not None and known.kind == "agency" and not own:
        return True
    if head.lemma.lower() in _ITSELF:
        return any(t.head == head.index and t.text.lower() in ("this", "our") for t in story.tokens(attribution.source))
    source = story.source_of(attribution)
    hidden = source is not None and source.type is SourceType.OBSERVATION and source.level is Level.A5
    return head.text.lower() == "we" and hidden


def _says_from_whom(story: Story, attribution: Attribution) -> bool:
    """Whether somebody or something else speaks in the sentence, or in the next one of the paragraph."""
    here = attribution.source[0]
    begin = story.sentence(here).span.start
    return any(
        other.source_id != attribution.source_id
        and other.source[0].start >= begin
        and same_paragraph(story, here, other.source[0])
        for other in voices_around(story, here, 0, 1)
    )
