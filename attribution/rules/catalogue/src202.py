"""SRC202: one source for a whole story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Confidence, Severity, SourceType
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story


@dataclass(frozen=True)
class SingleSourceStory(Rule):
    """All that a story reports comes from one origin.

    What:
        A story of some length whose attributed statements all come from one person, body or document, or from several
        that speak for the same body.
    Why:
        Nothing in it has been held against another view or another piece of evidence.
    Example:
        A report of 300 words, all of it from one statement of one ministry.
    Better:
        The same with somebody affected, somebody opposed, or a record that bears the statement out.
    Standards:
        BBC, Reuters (2008), The Guardian (2004), AP (2009)
    False positives:
        Flashes, announcements, obituaries, interviews and court reports often need no more; genres switch it off for
        them.  A story with the outlet's own observation has a second source.
    """

    code = "SRC202"
    name = "single-source-story"
    severity = Severity.WARNING
    default = True
    standards = ("BBC-1", "REU-1", "GDN-6", "AP-3")
    question = "Who else knows about this, or sees it differently?"

    least_words: int = option(150, "The words a story must have at least, headline left out.", least=0)
    least_statements: int = option(2, "The statements it must attribute at least.", least=1)

    def check(self, story: Story) -> Iterator[Remark]:
        told = [a for a in story.attributions if (s := story.source_of(a)) is not None and s.count != "0"]
        if story.word_count < self.least_words or len(told) < self.least_statements:
            return
        speaking = [s for s in story.sources if s.count != "0"]
        if any(s.type is SourceType.OBSERVATION for s in speaking):
            return
        origins = story.counted.independence
        if origins.minimum != 1 or any(m.origin is None for m in origins.merged):
            return  # "an official" beside a ministry may be somebody else
        first = speaking[0]
        if len(speaking) == 1 and first.collective and not first.institutional:
            return  # more than one voice
        yield Remark(
            story.opening,
            f"All {len(told)} attributed statements come from one origin, “{first.name}”; nothing in the story checks"
            " or answers it.",
            source_id=first.id,
            evidence=tuple(m.why for m in origins.merged),
            related=tuple(story.mention(s) for s in speaking),
            confidence=Confidence.MEDIUM if any(a.source_id is None for a in story.attributions) else Confidence.HIGH,
        )
