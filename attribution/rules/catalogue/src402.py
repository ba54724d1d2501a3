"""SRC402: "media reports", "local media": which?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Level, Severity, Source, SourceType, Span
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story
from attribution.rules.vicinity import is_linked, is_quoted, outlets_named_around, voices_around

_SOME = r"(?:(?:several|some|many|various|multiple|numerous|other|earlier|previous|recent|unconfirmed|initial|early) )*"
_REPORTS = "(?:reports?|outlets?|accounts?)"
_MEDIA = re.compile(
    rf"{_SOME}(?:reports|(?:(?P<kind>[\w-]+(?: [\w-]+)?) )?(?:media(?: {_REPORTS})?"
    rf"|(?:press|news|newspaper|tv|television|broadcast|wire) {_REPORTS}|news organi[sz]ations?|newspapers))",
    re.IGNORECASE,
)
_REPORTING = frozenset({"accord", "according", "claim", "indicate", "quote", "report", "say", "suggest", "write"})
_OF_STATE = frozenset({"state", "state-run", "state-owned", "official", "government", "government-run", "social"})
"""Media of one country's state are one voice; social media are rule SRC404's."""


@dataclass(frozen=True)
class UnspecifiedMediaPickup(Rule):
    """A claim taken from "media reports", "local media", "press reports", none of them named.

    What:
        Media in general are the source, and no outlet is named in that sentence or the next.
    Why:
        Readers cannot look it up, the outlet that did the work gets no credit, and one doubtful report may hide
        behind the plural.
    Example:
        A dam upstream is cracked, according to media reports.
    Better:
        A dam upstream is cracked, the newspaper Diario del Valle reported.
    Standards:
        NPR, AP (2010), The Guardian (2004)
    False positives:
        A review of the press, which goes on to name outlets further down.  Silent where an outlet is named in the
        sentence or the next, and where the sentence links to one.
    """

    code = "SRC402"
    name = "unspecified-media-pickup"
    severity = Severity.WARNING
    default = True
    standards = ("NPR-4", "AP-7", "GDN-3")

    def check(self, story: Story) -> Iterator[Remark]:
        for source in story.sources:
            span = story.mention(source)
            if source.level < Level.A4 or not _is_media(story, span) or not _reports(story, source):
                continue
            if story.is_display(span) or is_quoted(story, span) or is_linked(story, span):
                continue
            if _names_outlet(story, span):
                continue
            yield Remark(
                span,
                f"“{story.words(span)}” credits nobody and cannot be looked up; name the outlet, and link to it.",
                source_id=source.id,
                evidence=("no outlet named in this sentence or the next",),
                related=story.other_mentions(source),
            )


def _names_outlet(story: Story, span: Span) -> bool:
    """Whether the sentence or the next names an outlet, known or introduced as one."""
    if outlets_named_around(story, span, 0, 1):
        return True
    voices = (story.source_of(a) for a in voices_around(story, span, 0, 1))
    return any(v is not None and v.type is SourceType.MEDIA and v.level <= Level.A1 for v in voices)


def _reports(story: Story, source: Source) -> bool:
    """Whether it is what they report that counts, and not what they are said to think or do."""
    said = story.attributions_of(source)
    return any(a.parent is None and _REPORTING & {t.lemma.lower() for t in story.tokens(a.cue)} for a in said)


def _is_media(story: Story, span: Span) -> bool:
    found = _MEDIA.fullmatch(story.words(span))
    if found is None:
        return False
    kind = (found["kind"] or "").lower()
    return not set(kind.split()) & _OF_STATE
