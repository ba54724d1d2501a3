"""SRC107: a lead or a first quotation without a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Attribution, Quote, Severity
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.rules.unnamed import kept_unnamed


@dataclass(frozen=True)
class AnonymousLeadOrBlindQuote(Rule):
    """The lead, or the first quotation, rests on somebody without a name.

    What:
        All that the first sentence attributes, or the first direct quotation of the story, comes from people left
        unnamed.
    Why:
        The lead and the first quotation carry a story; readers should meet somebody who stands for it.
    Example:
        “It's over,” an aide said on Monday as the first results came in.
    Better:
        A lead in the writer's words, and a first quotation with a name.
    Standards:
        Washington Post, New York Times (2016)
    False positives:
        Reporting on conflicts, and stories about sources who must be protected.  Witnesses and other publics are left
        out.
    """

    code = "SRC107"
    name = "anonymous-lead-or-blind-quote"
    severity = Severity.WARNING
    standards = ("WP-5", "NYT-3")
    question = "Was the use of this anonymous quotation, or of this lead, approved?"

    blind_quotes: str = option("first", "Which direct quotations without a name are flagged.", choices=("first", "all"))

    def check(self, story: Story) -> Iterator[Remark]:
        unnamed = {s.id for s in kept_unnamed(story)}
        told = [a for a in story.attributions if not story.is_display(story.place(a))]
        in_lead = [a for a in told if self._stands_in_lead(story, a)]
        if in_lead and all(a.source_id in unnamed for a in in_lead):
            yield self._remark(story, in_lead[0], "The lead rests")
        quoted = [a for a in told if a.quote is Quote.DIRECT and a.content]
        quoted.sort(key=lambda a: a.content[0])
        for number, attribution in enumerate(quoted):
            if self.blind_quotes == "first" and number:
                break
            if attribution.source_id in unnamed:
                yield self._remark(
                    story, attribution, "This quotation rests" if number else "The first quotation rests"
                )

    @staticmethod
    def _stands_in_lead(story: Story, attribution: Attribution) -> bool:
        lead = story.lead
        if lead is None or not attribution.content:
            return False
        first = story.sentence(lead.span).span
        return first.start <= attribution.content[0].start < first.end

    @staticmethod
    def _remark(story: Story, attribution: Attribution, what: str) -> Remark:
        source = story.source_of(attribution)
        assert source is not None
        return Remark(
            attribution.content[0],
            f"{what} on {'unnamed sources' if source.collective else 'an unnamed source'}, “{source.name}”.",
            source_id=source.id,
            claim_id=attribution.claim_id,
            related=(story.place(attribution),),
        )
